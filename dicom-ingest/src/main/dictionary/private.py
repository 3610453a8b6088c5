"""Writes private-dictionary.txt from the private dictionary of the Python package pydicom.

Source: pydicom 3.0.2 (MIT licence), whose private dictionary comes from the project GDCM (BSD
licence). Run from this folder, with that version importable: python3 private.py

An element is known by its creator, its group and the last byte of its number: the block in between
is wherever the creator reserved it (PS3.5 7.8.1).
"""
import re

import pydicom
from pydicom._private_dict import private_dictionaries

RESOURCE = "../resources/org/tessera/dicom/private-dictionary.txt"

with open(RESOURCE, "w", encoding="utf-8") as out:
    out.write("# =creator, then: group, last byte, VR, VM, name; x stands for any digit. "
              "Origin: pydicom %s (MIT licence),\n# from GDCM's dictionary (BSD licence).\n"
              % pydicom.__version__)
    for creator, elements in sorted(private_dictionaries.items()):
        chosen = {}
        # Elements given without a block come first, so that those with "xx" replace them.
        for tag in sorted(elements, key=lambda key: "xx" in key[4:6].lower()):
            if not re.fullmatch("[0-9A-Fa-f]{2}[0-9A-Fa-fx]{4}[0-9A-Fa-f]{2}", tag):
                continue
            vr, vm, name = elements[tag][:3]
            group = tag[:4].upper().replace("X", "x")
            if "x" not in group and int(group, 16) % 2 == 0:
                continue
            vr = {"OB_OW": "OB"}.get(vr, vr.replace(" or ", "/"))
            name = re.sub(r"\s+", " ", name).strip()
            chosen[group + tag[6:].upper()] = "%s %s %s" % (vr, vm.replace(" ", "") or "1", name)
        if chosen:
            out.write("=%s\n" % creator)
            out.writelines("%s %s\n" % entry for entry in sorted(chosen.items()))
