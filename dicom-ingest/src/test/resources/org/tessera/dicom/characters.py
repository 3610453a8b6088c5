"""Decodes or encodes text as pydicom does, a line each: d|e, VR, terms, bytes in hexadecimal."""

import sys
import warnings

from pydicom import values
from pydicom.charset import convert_encodings, encode_string
from pydicom.valuerep import PersonName

warnings.simplefilter("ignore")


def decoded(vr, data, encodings):
    if vr == "PN":
        read = values.convert_PN(data, encodings)
    elif vr == "LT":
        read = values.convert_single_string(data, encodings)
    else:
        read = values.convert_text(data, encodings)
    return str(read) if isinstance(read, (str, PersonName)) else "\\".join(map(str, read))


def encoded(vr, text, encodings):
    if vr == "PN":
        return PersonName(text).encode(encodings)
    return encode_string(text, encodings)


for line in sys.stdin:
    what, vr, terms, data = line.rstrip("\n").split("|")
    encodings = convert_encodings(terms.split("\\"))
    data = bytes.fromhex(data)
    if what == "d":
        print(decoded(vr, data, encodings).encode("utf-8", "replace").hex())
    else:
        print(encoded(vr, data.decode("utf-8"), encodings).hex())
