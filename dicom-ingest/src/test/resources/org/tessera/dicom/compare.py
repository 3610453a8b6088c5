"""Compares exported raw frames with pydicom's own decoding of native and RLE files.

Prints "equal NAME" or "different NAME: why" for every file that both decode. YBR is left to the
comparison with DCMTK, since pydicom's versions differ in whether they convert it; so are bytes of
big endian words and bits outside the stored ones, which older versions leave as they are.
"""
import json
import os
import sys
import warnings

import numpy as np
import pydicom

warnings.filterwarnings("ignore")
source, folder = sys.argv[1:]
NATIVE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99",
          "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5")

for name in sorted(os.listdir(source)):
    try:
        with open(os.path.join(folder, name + ".json")) as file:
            shape = json.load(file)
        dataset = pydicom.dcmread(os.path.join(source, name), force=True)
        syntax = dataset.file_meta.get("TransferSyntaxUID", "")
        if syntax not in NATIVE or dataset.PhotometricInterpretation.startswith("YBR"):
            continue
        if syntax == "1.2.840.10008.1.2.2" and shape["bits"] == 8:
            continue
        theirs = dataset.pixel_array.ravel()
    except Exception:
        continue
    kind = "f" if shape["real"] else "i" if shape["signed"] else "u"
    ours = np.concatenate([
        np.fromfile(os.path.join(folder, "%s.%d.raw" % (name, frame + 1)),
                    dtype="<%s%d" % (kind, shape["bits"] // 8))
        for frame in range(shape["frames"])])
    if not shape["real"] and dataset.BitsStored < shape["bits"] and dataset.BitsAllocated > 1:
        bits = dataset.BitsStored
        mask = (1 << bits) - 1
        theirs = (theirs.astype("i8") >> (dataset.HighBit + 1 - bits)) & mask
        if shape["signed"]:
            theirs = np.where(theirs >> (bits - 1), theirs - (1 << bits), theirs)
    if ours.size != theirs.size:
        print("different %s: %d values, %d" % (name, ours.size, theirs.size))
    elif not np.array_equal(ours, theirs):
        print("different %s: values" % name)
    else:
        print("equal %s" % name)
