package org.tessera.dicom;

/** How many bytes elements take when written, for sequences and items with a length. */
final class EncodedLength {
  private static final int ITEM_HEADER = 8;
  private static final int SHORT_HEADER = 8;
  private static final int LONG_HEADER = 12;

  private EncodedLength() {}

  /** All elements of a data set, without a header of its own. */
  static long of(Attributes dataset, boolean implicit) {
    long sum = 0;
    for (Element element : dataset) {
      if ((element.tag() & 0xFFFF) != 0 || element.group() == 2) {
        sum += of(element, implicit);
      }
    }
    return sum;
  }

  /** All items of a sequence with their headers and delimiters, without those of the sequence. */
  static long of(Sequence sequence, boolean implicit) {
    long sum = 0;
    for (Attributes item : sequence) {
      sum += ITEM_HEADER + of(item, implicit) + (item.undefinedLength() ? ITEM_HEADER : 0);
    }
    return sum;
  }

  private static long of(Element element, boolean implicit) {
    return switch (element.value()) {
      case Bytes bytes -> {
        long padded = bytes.length() + (bytes.length() & 1);
        boolean wide = !implicit && DicomOutputStream.isLong(element.vr(), padded);
        yield (wide ? LONG_HEADER : SHORT_HEADER) + padded;
      }
      case Sequence sequence ->
          (implicit ? SHORT_HEADER : LONG_HEADER)
              + of(sequence, implicit)
              + (sequence.undefinedLength() ? ITEM_HEADER : 0);
      case Fragments fragments -> {
        long sum = LONG_HEADER + 2L * ITEM_HEADER + padded(fragments.offsetTable());
        for (Bytes part : fragments.parts()) {
          sum += ITEM_HEADER + padded(part);
        }
        yield sum;
      }
    };
  }

  private static long padded(Bytes bytes) {
    return bytes.length() + (bytes.length() & 1);
  }
}
