package org.tessera.dicom;

/** The value of a data element: bytes, items, or the fragments of compressed pixels. */
public sealed interface Value permits Bytes, Sequence, Fragments {}
