"""Compares DICOM JSON with the JSON model of pydicom, element by element.

compare.py FOLDER-OF-FILES FOLDER-OF-JSON: a line per file, "same NAME" or "kinds NAME KIND...", and
a line per difference that no documented kind explains: "different NAME PATH: pydicom | ours".
The kinds are those of docs/dicom-json.md; each is recognized as narrowly as possible.
"""
import base64
import io
import json
import os
import sys
import warnings

import pydicom
from pydicom.errors import InvalidDicomError

warnings.simplefilter("ignore")
PIXELS = ("7FE00008", "7FE00009", "7FE00010")
# PS3.5 6.2: VRs whose trailing spaces are padding and not significant.
PADDED = ("AE", "CS", "DS", "IS", "LO", "PN", "SH", "UC", "LT", "ST", "UT", "TM", "DT", "DA", "AS")


def peer(dataset):
    model = {}
    for tag in dataset.keys():
        key = "%08X" % tag
        try:
            element = dataset[tag]
            if element.VR == "SQ":
                model[key] = {"vr": "SQ", "Value": [peer(item) for item in element.value]}
            else:
                model[key] = element.to_json_dict(None, 1024)
                model[key]["vr"] = str(getattr(element.VR, "value", element.VR))
        except (ValueError, TypeError, OverflowError, AttributeError) as e:
            model[key] = {"error": str(e)}
    return model


def fragment_bytes(encoded):
    """Bytes of all fragments behind the offset table; the headers of items do not count."""
    total, at, items = 0, 0, 0
    while at + 8 <= len(encoded) and encoded[at:at + 4] == b"\xfe\xff\x00\xe0":
        length = int.from_bytes(encoded[at + 4:at + 8], "little")
        total += min(length, len(encoded) - at - 8) if items else 0
        items += 1
        at += 8 + length
    return total


def same_value(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return float(a) == float(b)
    return a == b


def same(a, b):
    if set(a) != set(b) or a["vr"] != b["vr"] or a.get("InlineBinary") != b.get("InlineBinary"):
        return False
    x, y = a.get("Value", []), b.get("Value", [])
    return len(x) == len(y) and all(map(same_value, x, y))


def value_kind(a, b):
    """The kind of a difference between two single values; "" if they are the same, None if odd."""
    if same_value(a, b):
        return ""
    if a == "" and b is None:
        return "null"
    if isinstance(a, str) and isinstance(b, str) and a.rstrip(" ") == b:
        return "padding"
    return None


def kind(key, a, b):
    """The documented kind that explains a difference, or None."""
    if b is None:
        return "group-length" if key.endswith("0000") else None
    if a is None:
        return "cut-off" if key in PIXELS and set(b) == {"vr", "byteCount"} else None
    if key in PIXELS and "byteCount" in b and "InlineBinary" in a and a["vr"] == b["vr"]:
        raw = base64.b64decode(a["InlineBinary"])
        return "byte-count" if b["byteCount"] in (len(raw), fragment_bytes(raw)) else None
    if "error" in a:
        values = b.get("Value", [])
        return "no-number" if b["vr"] in ("IS", "DS") and any(
            isinstance(value, str) for value in values) else None
    if key == "0040A170" and a == {"vr": "SQ", "Value": [{}]} and b["vr"] == "UN":
        raw = base64.b64decode(b["InlineBinary"])
        return "no-sequence" if raw.isascii() and raw.decode().strip().isprintable() else None
    if a["vr"] == "UN" and b["vr"] != "UN" and int(key[:4], 16) % 2 == 1:
        return "private" if private_value(a, b) else None
    if a["vr"] != b["vr"] or a["vr"] not in PADDED:
        return None
    x, y = a.get("Value", []), b.get("Value", [])
    if len(x) != len(y):
        return None
    kinds = set(map(value_kind, x, y)) - {""}
    return kinds.pop() if len(kinds) == 1 else None


def private_value(a, b):
    """True if our typed value of a private element has the bytes that pydicom left untyped."""
    raw = base64.b64decode(a.get("InlineBinary", ""))
    if "InlineBinary" in b:
        return a.get("InlineBinary") == b["InlineBinary"]
    values = b.get("Value", [])
    widths = {"US": (2, False), "SS": (2, True), "UL": (4, False), "SL": (4, True)}
    if b["vr"] in widths:
        width, signed = widths[b["vr"]]
        return [int.from_bytes(raw[i:i + width], "little", signed=signed)
                for i in range(0, len(raw), width)] == values
    if b["vr"] in ("DS", "IS"):
        return [float(part) for part in raw.decode().strip(" \0").split("\\") if part.strip()] == [
            float(value) for value in values if value is not None]
    if b["vr"] in ("LO", "SH", "CS", "LT", "ST", "UT", "DA", "TM", "DT", "UI", "AE"):
        return raw.decode("latin-1").rstrip(" \0") == "\\".join(v or "" for v in values)
    return False


def compare(a, b, path, kinds, odd):
    for key in sorted(set(a) | set(b)):
        x, y = a.get(key), b.get(key)
        if x and y and x.get("vr") == "SQ" and y.get("vr") == "SQ":
            u, v = x.get("Value", []), y.get("Value", [])
            if len(u) == len(v):
                for i, (p, q) in enumerate(zip(u, v)):
                    compare(p, q, "%s%s[%d]." % (path, key, i), kinds, odd)
                continue
        if x is not None and y is not None and "error" not in x and same(x, y):
            continue
        found = kind(key, x, y)
        if found:
            kinds.add(found)
        else:
            odd.append("%s%s: %.150s | %.150s" % (path, key, x, y))


def main(files, jsons):
    for name in sorted(os.listdir(files)):
        path = os.path.join(files, name)
        if name.endswith(".csv") or not os.path.isfile(path):
            continue
        try:
            dataset = pydicom.dcmread(path)
        except InvalidDicomError:
            dataset = pydicom.dcmread(path, force=True)
        with io.open(os.path.join(jsons, name + ".json"), encoding="utf-8") as ours:
            model = json.load(ours)
        with open(path, "rb") as raw:
            head = raw.read(132)
        if head[128:] == b"DICM" and head[:4] == b"\x08\x00\x05\x00":
            # A data set without preamble, in whose text the four letters happen to stand there.
            print("kinds", name, "no-preamble")
            continue
        kinds, odd = set(), []
        compare(peer(dataset), model, "", kinds, odd)
        for line in odd:
            print("different", name, line)
        print("kinds" if kinds else "same", name, *sorted(kinds))


main(*sys.argv[1:])
