package org.tessera.dicom;

import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 A.4).
 *
 * @param offsetTable the basic offset table, perhaps empty
 * @param parts the fragments that follow it
 * @param form which items were there when it was read
 */
public record Fragments(Bytes offsetTable, List<Bytes> parts, Form form) implements Value {

  /** Which of the items that should be there are. */
  public enum Form {
    WHOLE,
    /** The file ends without a sequence delimiter. */
    WITHOUT_DELIMITER,
    /** Not even an offset table. */
    WITHOUT_TABLE,
    /** Neither. */
    EMPTY
  }

  public Fragments {
    parts = List.copyOf(parts);
  }

  /** Fragments with all that belongs to them. */
  public Fragments(Bytes offsetTable, List<Bytes> parts) {
    this(offsetTable, parts, Form.WHOLE);
  }

  static Fragments read(List<Bytes> items, boolean delimited) {
    if (items.isEmpty()) {
      Bytes none = Bytes.of(new byte[0]);
      return new Fragments(none, items, delimited ? Form.WITHOUT_TABLE : Form.EMPTY);
    }
    return new Fragments(
        items.getFirst(),
        items.subList(1, items.size()),
        delimited ? Form.WHOLE : Form.WITHOUT_DELIMITER);
  }

  boolean hasTable() {
    return form == Form.WHOLE || form == Form.WITHOUT_DELIMITER;
  }

  boolean isDelimited() {
    return form == Form.WHOLE || form == Form.WITHOUT_TABLE;
  }

  /** Bytes of all fragments, without their headers. */
  public long length() {
    long sum = 0;
    for (Bytes part : parts) {
      sum += part.length();
    }
    return sum;
  }
}
