package org.tessera.dicom;

/**
 * A data element.
 *
 * @param tag group in the high, element in the low 16 bits
 * @param vr as encoded; UN stays UN
 * @param value its value
 */
public record Element(int tag, VR vr, Value value) {

  /** Group number. */
  public int group() {
    return tag >>> 16;
  }

  /** The VR, or the dictionary's one where a writer did not know it (PS3.5 6.2.2). */
  public VR effectiveVr() {
    if (vr != VR.UN || !(value instanceof Bytes)) {
      return vr;
    }
    return ElementDictionary.entry(tag)
        .filter(entry -> entry.vrs().size() == 1 && entry.vr() != VR.SQ)
        .map(ElementDictionary.Entry::vr)
        .orElse(vr);
  }
}
