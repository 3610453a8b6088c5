"""The process of pydicom: see ToolkitWorker, which it answers like."""
import sys
import time
import warnings

import numpy
import pydicom
from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.pixel_data_handlers.util import convert_color_space

warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
files = open(sys.argv[1], encoding="utf-8").read().splitlines()
folder = sys.argv[2]


def count(dataset):
    """Elements, those of sequences too. Values that are no sequence stay unconverted."""
    elements = 0
    for tag, element in list(dataset._dict.items()):
        elements += 1 if tag & 0xFFFF else 0
        vr = element.VR
        if vr is None and dictionary_has_tag(tag):
            vr = dictionary_VR(tag)
        if vr == "SQ":
            for item in dataset[tag].value or ():
                elements += count(item)
    return elements


def parse(file):
    return count(pydicom.dcmread(file, force=True))


def decode(file):
    dataset = pydicom.dcmread(file, force=True)
    array = dataset.pixel_array
    photometric = dataset.PhotometricInterpretation
    if photometric.startswith("YBR") and not photometric.startswith(("YBR_RCT", "YBR_ICT")):
        array = convert_color_space(array, photometric, "RGB", per_frame=True)
    return numpy.ascontiguousarray(array)


def done(request, task):
    file = files[task // 2]
    parsing = task % 2 == 0
    try:
        if request == "answer" and parsing:
            return parse(file)
        if request == "answer":
            name = f"{folder}/pydicom{task}"
            array = decode(file)
            array.astype(array.dtype.newbyteorder("<"), copy=False).tofile(name)
            return name
        before = time.perf_counter_ns()
        (parse if parsing else decode)(file)
        return time.perf_counter_ns() - before
    except Exception:
        return ""


print("ready pydicom", pydicom.__version__, flush=True)
for line in sys.stdin:
    request, task = line.split()
    print(done(request, int(task)), flush=True)
