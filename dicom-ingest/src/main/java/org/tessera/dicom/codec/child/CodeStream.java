package org.tessera.dicom.codec.child;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/**
 * The JPEG 2000 code stream (ITU-T T.800 A) of a frame, checked before native code sees it. PS3.5
 * A.4.4 demands a bare one; some writers put a JP2 file (T.800 I) there, of which nothing but the
 * code stream counts: its palette and its colour space are not DICOM's.
 *
 * @param bytes from the marker SOC on
 * @param components of each sample: precision in bits, and whether it is signed
 */
record CodeStream(MemorySegment bytes, Component[] components) {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Markers SOC and SIZ (T.800 A.4.1, A.5.1). */
  private static final int BEGINNING = 0xFF4FFF51;

  private static final int SIGNATURE = 0x6A502020;
  private static final int CONTENTS = 0x6A703263;
  private static final int MOST_TILES = 65_535;

  /** How one component is stored. */
  record Component(int precision, boolean signed) {}

  /**
   * Finds the code stream and holds it against the shape that the data set promises.
   *
   * @throws RejectedInputException if it is not one, or of another shape
   */
  static CodeStream of(MemorySegment frame, FrameShape shape) throws RejectedInputException {
    MemorySegment bytes = bare(frame);
    // T.800 A.5.1; offsets count from SOC.
    long size = bytes.byteSize();
    int samples = size < 42 ? 0 : bytes.get(SHORT, 40) & 0xFFFF;
    if (samples == 0 || size < 42 + 3L * samples) {
      throw new RejectedInputException("The JPEG 2000 stream is cut off.");
    }
    long right = unsigned(bytes, 8);
    long bottom = unsigned(bytes, 12);
    long width = right - unsigned(bytes, 16);
    long height = bottom - unsigned(bytes, 20);
    if (width != shape.columns() || height != shape.rows() || samples != shape.samples()) {
      throw new RejectedInputException(
          ("The JPEG 2000 stream has %d x %d pixels of %d samples, the data set promises %d x %d"
                  + " of %d.")
              .formatted(
                  width, height, samples, shape.columns(), shape.rows(), shape.samples()));
    }
    requireTiles(bytes, right, bottom);
    Component[] components = new Component[samples];
    for (int i = 0; i < samples; i++) {
      components[i] = component(bytes, 42 + 3L * i, shape);
    }
    return new CodeStream(bytes, components);
  }

  private static MemorySegment bare(MemorySegment frame) throws RejectedInputException {
    long size = frame.byteSize();
    if (size >= 4 && frame.get(INT, 0) == BEGINNING) {
      return frame;
    }
    if (size >= 12 && frame.get(INT, 4) == SIGNATURE) {
      long at = 0;
      while (at <= size - 8) {
        long length = unsigned(frame, at);
        int header = 8;
        if (length == 1 && at <= size - 16) {
          length = frame.get(LONG, at + 8);
          header = 16;
        } else if (length == 0) {
          length = size - at;
        }
        if (length < header || length > size - at) {
          break;
        }
        if (frame.get(INT, at + 4) == CONTENTS && length >= header + 4
            && frame.get(INT, at + header) == BEGINNING) {
          return frame.asSlice(at + header, length - header);
        }
        at += length;
      }
    }
    throw new RejectedInputException("The pixel data are not a JPEG 2000 stream.");
  }

  private static long unsigned(MemorySegment bytes, long at) {
    return bytes.get(INT, at) & 0xFFFFFFFFL;
  }

  /** Each tile costs memory before the first one is decoded. */
  private static void requireTiles(MemorySegment bytes, long right, long bottom)
      throws RejectedInputException {
    long tileWidth = unsigned(bytes, 24);
    long tileHeight = unsigned(bytes, 28);
    if (tileWidth == 0 || tileHeight == 0) {
      throw new RejectedInputException("The JPEG 2000 stream is damaged.");
    }
    long across = Math.ceilDiv(right - unsigned(bytes, 32), tileWidth);
    long down = Math.ceilDiv(bottom - unsigned(bytes, 36), tileHeight);
    if (across < 1 || down < 1 || across > MOST_TILES || across * down > MOST_TILES) {
      throw new RejectedInputException("The JPEG 2000 stream is damaged.");
    }
  }

  private static Component component(MemorySegment bytes, long at, FrameShape shape)
      throws RejectedInputException {
    int depth = bytes.get(ValueLayout.JAVA_BYTE, at);
    int precision = (depth & 0x7F) + 1;
    if (bytes.get(SHORT, at + 1) != 0x0101) {
      throw new RejectedInputException(
          "The JPEG 2000 stream has samples of different sizes, which DICOM does not allow.");
    }
    if (precision > 8 * shape.valueBytes()) {
      throw new RejectedInputException(
          "The JPEG 2000 stream has %d bits per sample, the data set has room for %d."
              .formatted(precision, 8 * shape.valueBytes()));
    }
    return new Component(precision, depth < 0);
  }
}
