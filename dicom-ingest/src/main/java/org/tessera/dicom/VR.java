package org.tessera.dicom;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Value representations (PS3.5 6.2). */
public enum VR {
  AE(Kind.ASCII, 1, false),
  AS(Kind.ASCII, 1, false),
  AT(Kind.INTEGER, 4, false, 2),
  CS(Kind.ASCII, 1, false),
  DA(Kind.ASCII, 1, false),
  DS(Kind.ASCII, 1, false),
  DT(Kind.ASCII, 1, false),
  FD(Kind.REAL, 8, false),
  FL(Kind.REAL, 4, false),
  IS(Kind.ASCII, 1, false),
  LO(Kind.TEXT, 1, false),
  LT(Kind.LONG_TEXT, 1, false),
  OB(Kind.BULK, 1, true),
  OD(Kind.BULK, 8, true),
  OF(Kind.BULK, 4, true),
  OL(Kind.BULK, 4, true),
  OV(Kind.BULK, 8, true),
  OW(Kind.BULK, 2, true),
  PN(Kind.TEXT, 1, false),
  SH(Kind.TEXT, 1, false),
  SL(Kind.INTEGER, 4, false),
  SQ(Kind.SEQUENCE, 1, true),
  SS(Kind.INTEGER, 2, false),
  ST(Kind.LONG_TEXT, 1, false),
  SV(Kind.INTEGER, 8, true),
  TM(Kind.ASCII, 1, false),
  UC(Kind.TEXT, 1, true),
  UI(Kind.ASCII, 1, false),
  UL(Kind.INTEGER, 4, false),
  UN(Kind.BULK, 1, true),
  UR(Kind.LONG_TEXT, 1, true),
  US(Kind.INTEGER, 2, false),
  UT(Kind.LONG_TEXT, 1, true),
  UV(Kind.INTEGER, 8, true);

  /** What the bytes of a value are. */
  public enum Kind {
    /** Text of the default repertoire, values separated by backslash. */
    ASCII,
    /** Text in the specific character set, values separated by backslash. */
    TEXT,
    /** Text in the specific character set (UR: ASCII), a single value. */
    LONG_TEXT,
    /** Integers. */
    INTEGER,
    /** Floating point numbers. */
    REAL,
    /** Bytes or words whose meaning other elements give. */
    BULK,
    /** Items. */
    SEQUENCE
  }

  private static final @Nullable VR[] BY_CODE = new @Nullable VR[26 * 26];

  static {
    for (VR vr : values()) {
      BY_CODE[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
    }
  }

  private final Kind kind;
  private final int width;
  private final int wordWidth;
  private final boolean longHeader;
  private final int letters;

  VR(Kind kind, int width, boolean longHeader) {
    this(kind, width, longHeader, width);
  }

  VR(Kind kind, int width, boolean longHeader, int wordWidth) {
    this.kind = kind;
    this.width = width;
    this.longHeader = longHeader;
    this.letters = name().charAt(0) << 8 | name().charAt(1);
    this.wordWidth = wordWidth;
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes of one value: 1 for text and bytes, 2, 4 or 8 for numbers. */
  public int width() {
    return width;
  }

  /** Bytes that are swapped together between the byte orders; 2 for AT (two 16-bit words). */
  int wordWidth() {
    return wordWidth;
  }

  /** True if an explicit header has two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
  public boolean longHeader() {
    return longHeader;
  }

  /** The two bytes that an explicit header has for it, the first in the high byte. */
  int letters() {
    return letters;
  }

  /** True if the value is text of any kind. */
  public boolean isText() {
    return kind == Kind.ASCII || kind == Kind.TEXT || kind == Kind.LONG_TEXT;
  }

  /** The byte that makes a value even: space for text, NUL for UI and bytes (PS3.5 6.2). */
  byte padding() {
    return (byte) (isText() && this != UI ? ' ' : 0);
  }

  /** True if the specific character set of the data set applies (PS3.5 6.1.2.3). */
  boolean usesCharacterSet() {
    return kind == Kind.TEXT || (kind == Kind.LONG_TEXT && this != UR);
  }

  /** The VR of two letters, if they are one. */
  public static Optional<VR> of(int first, int second) {
    return Optional.ofNullable(known(first, second));
  }

  /** The same for the reader, which asks for every element. */
  static @Nullable VR known(int first, int second) {
    return first < 'A' || first > 'Z' || second < 'A' || second > 'Z'
        ? null
        : BY_CODE[(first - 'A') * 26 + second - 'A'];
  }
}
