package org.tessera.dicom;

/**
 * A data element.
 *
 * @param tag group in the high, element in the low 16 bits
 * @param vr as encoded; UN stays UN
 * @param value its value
 * @param header how its header was written, if not as its VR and the transfer syntax demand
 */
public record Element(int tag, VR vr, Value value, WrittenHeader header) {

  /** An element whose header is written as the standard demands. */
  public Element(int tag, VR vr, Value value) {
    this(tag, vr, value, WrittenHeader.REGULAR);
  }

  /** Group number. */
  public int group() {
    return tag >>> 16;
  }

  /** True if it names the owner of a block of private elements (PS3.5 7.8.1). */
  boolean isPrivateCreator() {
    int number = tag & 0xFFFF;
    return ElementDictionary.isPrivate(tag) && number >= 0x10 && number <= 0xFF;
  }

  /**
   * The VR, or the dictionary's one where a writer did not know it (PS3.5 6.2.2): the public one,
   * or that of the creator of a private block.
   *
   * @param owner the data set or item that holds the element
   */
  public VR effectiveVr(Attributes owner) {
    if (vr != VR.UN || !(value instanceof Bytes bytes)) {
      return vr;
    }
    if (isPrivateCreator()) {
      return VR.LO;
    }
    return owner
        .entry(tag)
        .filter(entry -> entry.vrs().size() == 1 && entry.vr() != VR.SQ)
        .map(ElementDictionary.Entry::vr)
        .filter(known -> bytes.length() % known.width() == 0)
        .orElse(vr);
  }
}
