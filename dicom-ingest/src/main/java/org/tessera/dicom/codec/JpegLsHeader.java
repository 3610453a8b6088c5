package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** The marker segments of a JPEG-LS stream (ITU-T T.87 C) up to a scan. */
final class JpegLsHeader {
  private static final int START_OF_FRAME = 0xF7;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int PARAMETERS = 0xF8;
  private static final int RESTART_INTERVAL = 0xDD;

  private final byte[] code;
  private int[] stated = new int[5];
  private int[] identifiers = new int[0];
  int precision;
  int rows;
  int columns;
  int restartInterval;

  JpegLsHeader(byte[] code) {
    this.code = code;
  }

  /**
   * A scan.
   *
   * @param components indices of its components
   * @param near largest error
   * @param interleave 0 one component, 1 by line, 2 by sample
   * @param preset coding parameters
   * @param dataAt where its bits begin
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Scan(int[] components, int near, int interleave, JpegLsPreset preset, int dataAt) {}

  int components() {
    return identifiers.length;
  }

  /** Reads segments up to the next scan. */
  Scan nextScan(int from) throws RejectedInputException {
    int at = from;
    while (true) {
      while (at + 1 < code.length && (code[at] != (byte) 0xFF || code[at + 1] == (byte) 0xFF)) {
        if (code[at] != (byte) 0xFF) {
          throw damaged();
        }
        at++;
      }
      int marker = at + 1 < code.length ? code[at + 1] & 0xFF : END_OF_IMAGE;
      if (marker == END_OF_IMAGE || at + 4 > code.length) {
        throw new RejectedInputException("The JPEG-LS stream is cut off.");
      }
      int length = word(at + 2);
      int start = at + 4;
      int end = at + 2 + length;
      if (length < 2 || end > code.length) {
        throw new RejectedInputException("The JPEG-LS stream is cut off.");
      }
      switch (marker) {
        case START_OF_FRAME -> frame(start, end);
        case PARAMETERS -> parameters(start, end);
        case RESTART_INTERVAL -> restartInterval(start, end);
        case START_OF_SCAN -> {
          return scan(start, end);
        }
        default -> skip(marker);
      }
      at = end;
    }
  }

  /** Comments and application data say nothing about samples; other frames are no JPEG-LS. */
  private static void skip(int marker) throws RejectedInputException {
    if (marker != 0xFE && (marker < 0xE0 || marker > 0xEF)) {
      throw new RejectedInputException(
          "The pixel data are not a JPEG-LS stream (marker FF%02X).".formatted(marker));
    }
  }

  private void frame(int at, int end) throws RejectedInputException {
    if (identifiers.length > 0 || end - at < 6) {
      throw damaged();
    }
    precision = code[at] & 0xFF;
    rows = word(at + 1);
    columns = word(at + 3);
    int count = code[at + 5] & 0xFF;
    if (precision < 2 || precision > 16 || rows == 0 || columns == 0 || count < 1 || count > 4
        || end - at < 6 + 3 * count) {
      throw damaged();
    }
    identifiers = new int[count];
    for (int i = 0; i < count; i++) {
      identifiers[i] = code[at + 6 + 3 * i] & 0xFF;
      if (code[at + 7 + 3 * i] != 0x11) {
        throw new RejectedInputException("Subsampled JPEG-LS is not read.");
      }
    }
  }

  private void parameters(int at, int end) throws RejectedInputException {
    if (end - at < 1) {
      throw damaged();
    }
    if (code[at] != 1) {
      throw new RejectedInputException("JPEG-LS with mapping tables is not read.");
    }
    if (end - at < 11) {
      throw damaged();
    }
    int[] values = new int[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = word(at + 1 + 2 * i);
    }
    stated = values;
  }

  private void restartInterval(int at, int end) throws RejectedInputException {
    int interval = 0;
    if (end - at < 2 || end - at > 4) {
      throw damaged();
    }
    for (int i = at; i < end; i++) {
      interval = interval << 8 | code[i] & 0xFF;
    }
    restartInterval = Math.max(0, interval);
  }

  private Scan scan(int at, int end) throws RejectedInputException {
    int count = end > at ? code[at] & 0xFF : 0;
    if (identifiers.length == 0 || count < 1 || count > identifiers.length
        || end - at < 4 + 2 * count) {
      throw damaged();
    }
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = index(code[at + 1 + 2 * i] & 0xFF);
      if (code[at + 2 + 2 * i] != 0) {
        throw new RejectedInputException("JPEG-LS with mapping tables is not read.");
      }
    }
    int near = code[at + 1 + 2 * count] & 0xFF;
    int interleave = code[at + 2 + 2 * count] & 0xFF;
    if (interleave > 2 || interleave == 0 && count > 1
        || code[at + 3 + 2 * count] != 0) {
      throw damaged();
    }
    JpegLsPreset preset = JpegLsPreset.of((1 << precision) - 1, near, stated);
    return new Scan(chosen, near, interleave, preset, end);
  }

  private int index(int identifier) throws RejectedInputException {
    for (int i = 0; i < identifiers.length; i++) {
      if (identifiers[i] == identifier) {
        return i;
      }
    }
    throw damaged();
  }

  private int word(int at) {
    return (code[at] & 0xFF) << 8 | code[at + 1] & 0xFF;
  }

  private static RejectedInputException damaged() {
    return new RejectedInputException("The JPEG-LS stream is damaged.");
  }
}
