"""Stored values of DICOM files as pydicom, GDCM and DCMTK decode them, against ours.

    peer_pixels.py SOURCE EXPORTED

SOURCE holds DICOM files; EXPORTED what `tessera dicom pixels` wrote of them. For every file one
line of tab-separated columns: name, transfer syntax, our outcome ("ok" or "refused"), then for
each peer that decodes the file PEER=LARGEST, the largest difference of a value from ours ("-" if
we refused, "shape" if the arrays are not alike). The values compared are those of PS3.5 8.1.1:
the stored bits of each cell with their sign, samples interleaved, YBR turned into RGB (PS3.3
C.7.6.3.1.2), palettes left as indices. A peer that crashes or takes over a minute has not decoded.
"""
import copy
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import pydicom
import pydicom.config
from pydicom.pixel_data_handlers import gdcm_handler, numpy_handler, pillow_handler, rle_handler

warnings.filterwarnings("ignore")

HANDLERS = {"pydicom": numpy_handler, "pydicom-rle": rle_handler,
            "pydicom-pillow": pillow_handler, "pydicom-gdcm": gdcm_handler}
JPEG = {"1.2.840.10008.1.2.4.%d" % n for n in (50, 51, 53, 55, 57, 70)}
JPEG_LS = {"1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"}
RLE = {"1.2.840.10008.1.2.5"}
BIG_ENDIAN = "1.2.840.10008.1.2.2"


def stored(dataset, handler):
    """(frames, rows, columns, samples) by one handler of pydicom; None if it does not decode."""
    try:
        if not handler.is_available() or not handler.supports_transfer_syntax(
                dataset.file_meta.TransferSyntaxUID):
            return None
        dataset.convert_pixel_data(handler_name=handler.__name__.split(".")[-1].split("_")[0])
        values = dataset._pixel_array
    except Exception:
        return None
    frames = int(dataset.get("NumberOfFrames", None) or 1)
    shape = (frames, dataset.Rows, dataset.Columns, dataset.SamplesPerPixel)
    if values.size != np.prod(shape):
        return None
    values = values.reshape(shape)
    photometric = dataset.PhotometricInterpretation
    if photometric.startswith("YBR_FULL") and shape[3] == 3:
        return to_rgb(values)
    return cut_out(values, dataset)


def to_rgb(values):
    y, blue, red = np.moveaxis(values.astype("f8"), -1, 0)
    blue, red = blue - 128, red - 128
    rgb = np.stack([y + 1.402 * red, y - 0.344136 * blue - 0.714136 * red, y + 1.772 * blue], -1)
    return np.clip(np.floor(rgb + 0.5), 0, 255)


def cut_out(values, dataset):
    allocated, bits = dataset.BitsAllocated, dataset.get("BitsStored", dataset.BitsAllocated)
    if values.dtype.kind == "f" or allocated in (1, 64) or bits == allocated:
        return values
    values = (values.astype("i8") >> (dataset.HighBit + 1 - bits)) & ((1 << bits) - 1)
    if dataset.PixelRepresentation == 1:
        values = np.where(values >> (bits - 1), values - (1 << bits), values)
    return values


def swapped(dataset):
    """pydicom's older versions leave OW bytes of big endian files in pairs (PS3.5 7.3)."""
    if (dataset.file_meta.get("TransferSyntaxUID", "") == BIG_ENDIAN
            and dataset.get("BitsAllocated", 0) == 8 and "PixelData" in dataset
            and dataset["PixelData"].VR == "OW"):
        dataset.PixelData = np.frombuffer(dataset.PixelData, "u2").byteswap().tobytes()
    return dataset


def bound():
    """GDCM fills what a cut-off file lacks, whatever the header claims."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def converted(command, path, folder):
    """What a command line tool wrote, read as uncompressed."""
    target = os.path.join(folder, "converted.dcm")
    if os.path.exists(target):
        os.remove(target)
    done = subprocess.run(command + [path, target], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, timeout=50, preexec_fn=bound)
    if done.returncode != 0 or not os.path.exists(target):
        return None
    return stored(swapped(pydicom.dcmread(target, force=True)), numpy_handler)


def decodings(path, folder):
    """Pairs of a peer and what it makes of the file; the one that may crash Python comes last."""
    dataset = pydicom.dcmread(path, force=True)
    syntax = dataset.file_meta.get("TransferSyntaxUID", "")
    yield "syntax", str(syntax) or "none"
    if not any(name in dataset for name in ("PixelData", "FloatPixelData",
                                            "DoubleFloatPixelData")):
        return
    tools = [("dcmdjpeg", JPEG), ("dcmdjpls", JPEG_LS), ("dcmdrle", RLE)]
    yield "gdcmconv", converted(["gdcmconv", "--raw"], path, folder)
    for tool in [tool for tool, syntaxes in tools if syntax in syntaxes] or ["dcmconv"]:
        yield tool, converted([tool, "-q"] + (["+te"] if tool == "dcmconv" else []), path, folder)
    for name, handler in HANDLERS.items():
        yield name, stored(swapped(copy.deepcopy(dataset)), handler)


def exported(folder, name):
    try:
        with open(os.path.join(folder, name + ".json")) as file:
            shape = json.load(file)
    except FileNotFoundError:
        return None
    kind = "f" if shape.get("real") else "i" if shape["signed"] else "u"
    frames = [np.fromfile(os.path.join(folder, "%s.%d.raw" % (name, number + 1)),
                          "<%s%d" % (kind, shape["bits"] // 8))
              for number in range(shape["frames"])]
    return np.stack(frames).reshape(
        shape["frames"], shape["rows"], shape["columns"], shape["samples"])


def difference(ours, theirs):
    if ours is None:
        return "-"
    if ours.shape != theirs.shape:
        return "shape"
    return "%.9g" % np.max(np.abs(np.nan_to_num(ours.astype("f8"))
                                  - np.nan_to_num(theirs.astype("f8"))))


def compare(source, folder, name, line):
    ours = exported(folder, name)
    with tempfile.TemporaryDirectory() as scratch:
        for peer, theirs in decodings(os.path.join(source, name), scratch):
            if peer == "syntax":
                line.send(theirs)
                line.send("refused" if ours is None else "ok")
            elif theirs is not None:
                line.send(peer + "=" + difference(ours, theirs))


def main(source, folder):
    for name in sorted(os.listdir(source)):
        if name.endswith(".csv"):
            continue
        receiver, sender = multiprocessing.Pipe(False)
        worker = multiprocessing.Process(target=compare, args=(source, folder, name, sender))
        worker.start()
        sender.close()
        columns = [name]
        try:
            while receiver.poll(60):
                columns.append(receiver.recv())
        except EOFError:
            pass
        worker.kill()
        worker.join()
        print("\t".join(columns), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
