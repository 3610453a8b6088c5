"""Compares exported frames with what independent decoders make of the same files.

Peers: pydicom with each of its decoders (NumPy, its own RLE, GDCM, Pillow), DCMTK's dcmdjpeg,
dcmdjpls, dcmdrle and dcmconv. Values are compared as stored, before any lookup table; bits outside the
stored ones are cut off on both sides; YBR is turned into RGB on both sides.

Prints a line per file: "SYNTAX|VERDICT|NAME|peer=difference ...", VERDICT one of equal (exact
wherever the syntax is lossless), close (lossy, at most 1 level, 2 after a colour conversion),
different, refused (nobody decodes it), ours-only, missed (a peer decodes it and we do not).
"""
import json
import os
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import pydicom
from pydicom.pixel_data_handlers import util

warnings.filterwarnings("ignore")
source, folder = sys.argv[1:]
LOSSY = {"1.2.840.10008.1.2.4." + end
         for end in ("50", "51", "81", "91", "93", "203", "111", "112")}
TOOLS = {"dcmdjpeg": ("4.50", "4.51", "4.57", "4.70"), "dcmdjpls": ("4.80", "4.81"),
         "dcmdrle": ("5",), "dcmconv": ("2",)}


def stored(dataset, values, signed):
    """The stored bits of values, with their sign."""
    if values.dtype.kind == "f" or dataset.BitsStored >= dataset.BitsAllocated:
        return values
    bits = dataset.BitsStored
    low = (values.astype("i8") >> (dataset.HighBit + 1 - bits)) & ((1 << bits) - 1)
    return np.where(low >> (bits - 1), low - (1 << bits), low) if signed else low


def as_rgb(dataset, values):
    if str(dataset.get("PhotometricInterpretation")).startswith("YBR_FULL"):
        return util.convert_color_space(values, "YBR_FULL", "RGB")
    return values


def with_pydicom(path, handler):
    dataset = pydicom.dcmread(path, force=True)
    if "PhotometricInterpretation" not in dataset:
        return None
    coded = dataset.PhotometricInterpretation
    dataset.convert_pixel_data(handler)
    values = dataset._pixel_array
    if dataset.PhotometricInterpretation == coded and coded.startswith("YBR_FULL"):
        values = as_rgb(dataset, values)
    return dataset, values


def with_dcmtk(path, tool):
    with tempfile.TemporaryDirectory() as scratch:
        plain = os.path.join(scratch, "plain.dcm")
        options = {"dcmdjpeg": ["+cn"], "dcmconv": ["+te"]}.get(tool, [])
        done = subprocess.run([tool, *options, path, plain], capture_output=True)
        if done.returncode != 0:
            return None
        dataset = pydicom.dcmread(plain)
        return dataset, as_rgb(dataset, dataset.pixel_array)


def peers(path, syntax):
    for handler in ("numpy", "gdcm", "pillow", "rle"):
        try:
            found = with_pydicom(path, handler)
        except Exception:
            continue
        if found is not None:
            yield handler, *found
    for tool, ends in TOOLS.items():
        if syntax in ["1.2.840.10008.1.2." + end for end in ends]:
            try:
                found = with_dcmtk(path, tool)
            except Exception:
                continue
            if found is not None:
                yield tool, *found


def exported(name, shape):
    kind = "f" if shape["real"] else "i" if shape["signed"] else "u"
    return np.concatenate([
        np.fromfile(os.path.join(folder, "%s.%d.raw" % (name, frame + 1)),
                    dtype="<%s%d" % (kind, shape["bits"] // 8))
        for frame in range(shape["frames"])])


def compare(name):
    path = os.path.join(source, name)
    try:
        syntax = str(pydicom.dcmread(path, force=True, stop_before_pixels=True)
                     .file_meta.get("TransferSyntaxUID", "none"))
    except Exception:
        syntax = "none"
    shape = None
    if os.path.exists(os.path.join(folder, name + ".json")):
        with open(os.path.join(folder, name + ".json")) as file:
            shape = json.load(file)
    notes, worst, best, seen = [], None, None, 0
    for peer, dataset, values in peers(path, syntax):
        seen += 1
        if shape is None:
            notes.append(peer)
            continue
        ours = exported(name, shape)
        theirs = stored(dataset, values.ravel(), shape["signed"])
        if ours.size != theirs.size:
            notes.append("%s=%d values for %d" % (peer, theirs.size, ours.size))
            continue
        both = (ours.astype("f8"), theirs.astype("f8"))
        gap = float(np.nanmax(np.abs(both[0] - both[1]))) if ours.size else 0.0
        notes.append("%s=%g" % (peer, gap))
        best = gap if best is None else min(best, gap)
    if shape is None:
        verdict = "missed" if seen else "refused"
    elif seen == 0:
        verdict = "ours-only"
    else:
        coloured = shape["samples"] == 3
        bound = 0 if syntax not in LOSSY and not coloured else 2 if coloured else 1
        verdict = ("different" if best is None or best > bound
                   else "equal" if best == 0 else "close")
    print("%s|%s|%s|%s" % (syntax, verdict, name, " ".join(notes)))


for name in sorted(os.listdir(source)):
    if name != "manifest.csv":
        # In a process of its own: a peer may crash.
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            compare(name)
            sys.stdout.flush()
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            print("?|crashed|%s|a peer crashed" % name)
