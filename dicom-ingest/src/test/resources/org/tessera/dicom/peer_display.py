"""Frames as pydicom's transformations and numpy show them, 8 bits per channel.

    peer_display.py LIST

LIST has one line per frame: the path of a DICOM file, the number of the frame from 1, the path to
write to, separated by tabs. What is written are bytes row by row, channels interleaved: grey by the
first window of the frame (PS3.3 C.11.2.1.2), else its first VOI LUT, else its own range, padding
black (C.7.5.1.1.2); palettes through their tables (C.7.9), supplemental ones above their first
value (C.7.6.19). For every frame one line: "ok" or "none reason". Not done: YBR, which is compared
as stored values already.
"""
import os
import sys
import warnings

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.pixel_data_handlers.util import (
    apply_color_lut, apply_modality_lut, apply_voi_lut, apply_windowing)

warnings.filterwarnings("ignore")


BIG_ENDIAN = "1.2.840.10008.1.2.2"


def swapped(dataset):
    """pydicom's older versions leave OW bytes of big endian files in pairs (PS3.5 7.3)."""
    if (dataset.file_meta.get("TransferSyntaxUID", "") == BIG_ENDIAN
            and dataset.BitsAllocated == 8 and dataset["PixelData"].VR == "OW"):
        dataset.PixelData = np.frombuffer(dataset.PixelData, "u2").byteswap().tobytes()
    return dataset


def cut_out(values, dataset):
    """The stored bits of each cell, with their sign (PS3.5 8.1.1)."""
    allocated, bits = dataset.BitsAllocated, dataset.get("BitsStored", dataset.BitsAllocated)
    if values.dtype.kind == "f" or allocated in (1, 64) or bits == allocated:
        return values
    values = (values.astype("i8") >> (dataset.HighBit + 1 - bits)) & ((1 << bits) - 1)
    if dataset.PixelRepresentation == 1:
        values = np.where(values >> (bits - 1), values - (1 << bits), values)
    return values


def holder(dataset, frame, macro, keyword):
    """The data set or functional group that holds an attribute for a frame."""
    groups = list(dataset.get("PerFrameFunctionalGroupsSequence", []))[frame - 1:frame]
    groups += list(dataset.get("SharedFunctionalGroupsSequence", []))
    for group in groups:
        for item in group.get(macro, []):
            if item.get(keyword) not in (None, ""):
                return item
    return dataset if dataset.get(keyword) not in (None, "") else None


def flat(dataset, frame):
    """What apply_modality_lut and apply_voi_lut ask for, whatever group it is in."""
    simple = Dataset()
    simple.is_little_endian = True
    simple.BitsStored, simple.PixelRepresentation = 16, 0
    for keyword in ("PixelRepresentation", "BitsStored", "BitsAllocated", "ModalityLUTSequence",
                    "PhotometricInterpretation"):
        if keyword in dataset:
            simple[keyword] = dataset[keyword]
    rescale = holder(dataset, frame, "PixelValueTransformationSequence", "RescaleSlope")
    if rescale is not None:
        simple.RescaleSlope = rescale.RescaleSlope
        simple.RescaleIntercept = rescale.get("RescaleIntercept", 0)
    window = holder(dataset, frame, "FrameVOILUTSequence", "WindowCenter")
    if window is not None and "WindowWidth" in window:
        for keyword in ("WindowCenter", "WindowWidth", "VOILUTFunction"):
            if keyword in window:
                simple[keyword] = window[keyword]
    table = holder(dataset, frame, "FrameVOILUTSequence", "VOILUTSequence")
    if table is not None:
        simple.VOILUTSequence = table.VOILUTSequence
    return simple


def window_range(simple):
    """The range that apply_windowing spreads a window over."""
    if simple.get("ModalityLUTSequence"):
        return 0, 2.0 ** simple.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    bits = simple.BitsStored
    low, high = (0, 2.0 ** bits - 1) if simple.PixelRepresentation == 0 else (
        -(2.0 ** (bits - 1)), 2.0 ** (bits - 1) - 1)
    slope, intercept = float(simple.get("RescaleSlope", 1)), float(simple.get("RescaleIntercept", 0))
    return low * slope + intercept, high * slope + intercept


def padding(dataset, values):
    prefix = {"f4": "Float", "f8": "DoubleFloat"}.get(values.dtype.str[1:], "")
    low = dataset.get(prefix + "PixelPaddingValue")
    if low is None:
        return np.isnan(values.astype("f8"))
    high = dataset.get(prefix + "PixelPaddingRangeLimit")
    high = low if high is None else high
    return (values >= min(low, high)) & (values <= max(low, high)) | np.isnan(values.astype("f8"))


def grey(dataset, values, frame):
    simple = flat(dataset, frame)
    padded = padding(dataset, values)
    modality = apply_modality_lut(values, simple)
    if "WindowCenter" in simple:
        # Windows of one value, and slopes below zero, are no matter for apply_windowing.
        low, high = window_range(simple)
        shown = (apply_windowing(modality, simple) - low) / (high - low)
    elif "VOILUTSequence" in simple:
        bits = simple.VOILUTSequence[0].LUTDescriptor[2]
        shown = apply_voi_lut(modality, simple) / (2.0 ** bits - 1)
    else:
        modality = modality.astype("f8")
        inside = modality[~padded]
        low, high = (inside.min(), inside.max()) if inside.size else (0, 1)
        shown = (modality - low) / (high - low) if high > low else np.full(modality.shape, 0.5)
    shape = dataset.get("PresentationLUTShape") or (
        "INVERSE" if dataset.PhotometricInterpretation == "MONOCHROME1" else "IDENTITY")
    if shape == "INVERSE":
        shown = 1 - shown
    return np.where(padded, 0, shown)


def tables(dataset):
    """The three tables of a palette, 0 to 1, with the first value that they map."""
    result = []
    for colour in ("Red", "Green", "Blue"):
        count, first, bits = dataset[colour + "PaletteColorLookupTableDescriptor"].value
        data = dataset[colour + "PaletteColorLookupTableData"].value
        result.append(np.frombuffer(data, "u1" if bits == 8 else "<u2")[:count or 65536]
                      / (2.0 ** bits - 1))
    return first, result


def shown(path, frame):
    dataset = swapped(pydicom.dcmread(path, force=True))
    photometric = dataset.PhotometricInterpretation
    if photometric.startswith("YBR"):
        raise ValueError("YBR")
    values = cut_out(dataset.pixel_array, dataset)
    if int(dataset.get("NumberOfFrames", None) or 1) > 1:
        values = values[frame - 1]
    if photometric == "PALETTE COLOR":
        colours = apply_color_lut(values, dataset)
        return colours / (255.0 if colours.dtype.itemsize == 1 else 65535.0)
    if photometric == "RGB":
        return values / (2.0 ** dataset.BitsStored - 1)
    light = grey(dataset, values, frame)
    if (dataset.get("PixelPresentation") in ("COLOR", "MIXED")
            and "RedPaletteColorLookupTableDescriptor" in dataset):
        first, palette = tables(dataset)
        places = np.clip(values.astype("i8") - first, 0, len(palette[0]) - 1)
        colours = np.stack([table[places] for table in palette], -1)
        return np.where((values >= first)[..., None], colours, light[..., None])
    return light


def answer(path, frame, target):
    try:
        levels = np.clip(np.floor(shown(path, int(frame)) * 255 + 0.5), 0, 255)
        with open(target, "wb") as out:
            out.write(levels.astype("u1").tobytes())
        print("ok", flush=True)
    except Exception as e:
        print("none", type(e).__name__, str(e).split("\n")[0][:80], flush=True)


def main():
    with open(sys.argv[1]) as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    for path, frame, target in lines:
        # A decoder that crashes costs its own frame only.
        child = os.fork()
        if child == 0:
            answer(path, frame, target)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            print("none crash", flush=True)


main()
