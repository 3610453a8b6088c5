package org.tessera.dicom.image;

/** Which of the alternatives of a frame decides what of its values is shown (PS3.3 C.11.2). */
sealed interface VoiChoice {
  /** The first window, else the first VOI LUT, else the frame's own range. */
  VoiChoice FIRST = new First();

  /** The frame's own range. */
  VoiChoice RANGE = new Range();

  /** See {@link #FIRST}. */
  record First() implements VoiChoice {}

  /** See {@link #RANGE}. */
  record Range() implements VoiChoice {}

  /** A window of one's own. */
  record Own(Window window) implements VoiChoice {}

  /**
   * A table of the VOI LUT Sequence, if it is there.
   *
   * @param number from 1
   */
  record Table(int number) implements VoiChoice {}
}
