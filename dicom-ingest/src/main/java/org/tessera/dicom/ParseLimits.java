package org.tessera.dicom;

import java.time.Duration;

/**
 * What a file may ask of us. Whatever goes beyond is refused with one sentence.
 *
 * @param maxDepth nesting of sequences
 * @param maxElements data elements of one file, all sequences together
 * @param maxFragments fragments of encapsulated pixel data
 * @param maxInflatedBytes size of a deflated data set once inflated
 * @param maxInlineBytes a value written into DICOM JSON; larger ones are counted only
 * @param maxFrameBytes one decoded frame
 * @param maxFrames frames of one object
 * @param maxSpooledBytes content that is not a file and has to be kept in a temporary file
 */
public record ParseLimits(
    int maxDepth,
    int maxElements,
    int maxFragments,
    long maxInflatedBytes,
    int maxInlineBytes,
    long maxFrameBytes,
    int maxFrames,
    long maxSpooledBytes) {

  /** Bytes of a text value, at most a 64th of the heap; a longer one is as good as absent. */
  static final long LONGEST_TEXT = Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 64);

  /** Values of one text element; with more it is as good as absent. */
  static final int MOST_VALUES = 1 << 18;

  /** Bytes of the name of a private creator, which are 64 characters (PS3.5 7.8.1). */
  static final int LONGEST_CREATOR = 256;

  /** Bytes of Specific Character Set; all its terms together have about 300. */
  static final int LONGEST_TERMS = 1024;

  /** One file may take that long to have all its frames exported. */
  public static final Duration LONGEST_EXPORT = Duration.ofMinutes(15);

  /** Bytes looked at for the first number of a text value; one has 16 (PS3.5 6.2). */
  static final int LONGEST_NUMBER = 256;

  /** Numbers read of one value. */
  static final int MOST_NUMBERS = 65_536;

  /**
   * Places that elements out of order may be moved by, in one data set: a file made of nothing else
   * would take minutes.
   */
  static final long MOST_DISPLACED = 20_000_000;

  /** Frames that an offset table is read for. */
  public static final int MOST_OFFSETS = 1 << 20;

  /** Components of a File ID in a DICOMDIR (PS3.10 8.2.1). */
  static final int MOST_FILE_ID_COMPONENTS = 8;

  private static final long MEBIBYTE = 1 << 20;

  /**
   * The limits used unless told otherwise. All of them also fit the heap: an element costs about
   * 100 bytes, a fragment 60, so that several files at once are read or refused.
   */
  public static ParseLimits standard() {
    long heap = Runtime.getRuntime().maxMemory();
    return new ParseLimits(
        64,
        (int) Math.min(1_000_000, heap / 1000),
        (int) Math.min(1_000_000, heap / 600),
        Math.min(512 * MEBIBYTE, heap / 4),
        (int) (4 * MEBIBYTE),
        Math.min(512 * MEBIBYTE, heap / 6),
        1_000_000,
        4096 * MEBIBYTE);
  }

  /** The same limits with another one for deflated data sets. */
  public ParseLimits withMaxInflatedBytes(long bytes) {
    return new ParseLimits(
        maxDepth,
        maxElements,
        maxFragments,
        bytes,
        maxInlineBytes,
        maxFrameBytes,
        maxFrames,
        maxSpooledBytes);
  }
}
