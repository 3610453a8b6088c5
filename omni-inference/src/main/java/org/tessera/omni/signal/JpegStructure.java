package org.tessera.omni.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.RejectedInputException;

/**
 * The markers of a JPEG file (ITU-T T.81 B.1), walked from the start of the image to its end, so
 * that a file that was cut off is noticed: decoders fill the rest with grey and say nothing.
 */
final class JpegStructure {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int MAX_SCANS = 100;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final String CUT_OFF = "The JPEG picture is cut off: its end is missing.";

  private final ByteBuffer bytes;
  private int width;
  private int height;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegStructure(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).position(2);
  }

  static boolean matches(byte[] bytes) {
    return bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == SOI;
  }

  static RasterHeader header(byte[] bytes) throws RejectedInputException {
    JpegStructure structure = new JpegStructure(bytes);
    structure.walk();
    return new RasterHeader(
        "jpeg", structure.width, structure.height, 1, structure.orientation);
  }

  private void walk() throws RejectedInputException {
    int scans = 0;
    while (true) {
      int marker = nextMarker();
      if (marker == EOI) {
        if (scans == 0) {
          throw new RejectedInputException("The JPEG file holds no picture.");
        }
        return;
      }
      if (isStandalone(marker)) {
        continue;
      }
      ByteBuffer segment = segment();
      if (isFrame(marker)) {
        frame(marker, segment);
      } else if (marker == APP1) {
        exif(segment);
      } else if (marker == SOS) {
        scans++;
      }
      if (scans > MAX_SCANS) {
        throw new RejectedInputException("The JPEG picture is damaged: it has too many scans.");
      }
    }
  }

  /** Skips entropy-coded data and fill bytes; within such data FF 00 stands for FF (B.1.1.5). */
  private int nextMarker() throws RejectedInputException {
    while (bytes.remaining() >= 2) {
      if ((bytes.get() & 0xFF) == 0xFF) {
        int code = bytes.get(bytes.position()) & 0xFF;
        if (code != 0 && code != 0xFF) {
          bytes.get();
          return code;
        }
      }
    }
    throw new RejectedInputException(CUT_OFF);
  }

  private ByteBuffer segment() throws RejectedInputException {
    if (bytes.remaining() < 2) {
      throw new RejectedInputException(CUT_OFF);
    }
    int length = (bytes.getShort() & 0xFFFF) - 2;
    if (length < 0 || length > bytes.remaining()) {
      throw new RejectedInputException(CUT_OFF);
    }
    ByteBuffer segment = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return segment;
  }

  private static boolean isStandalone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= SOI);
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC (table B.1). */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void frame(int marker, ByteBuffer segment) throws RejectedInputException {
    if (segment.remaining() < 6) {
      throw new RejectedInputException("The JPEG picture is damaged: its frame header is short.");
    }
    int precision = segment.get() & 0xFF;
    height = segment.getShort() & 0xFFFF;
    width = segment.getShort() & 0xFFFF;
    int components = segment.get() & 0xFF;
    if (marker > 0xC2 || precision != 8) {
      throw new RejectedInputException(
          "The JPEG picture is of a kind that is read only inside DICOM files"
              + " (lossless, arithmetic or 12-bit).");
    }
    if (components != 1 && components != 3) {
      throw new RejectedInputException(
          "The JPEG picture has %d colour components (print colours); grey or RGB is needed."
              .formatted(components));
    }
  }

  private void exif(ByteBuffer segment) {
    if (segment.remaining() > EXIF.length
        && segment.slice(0, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
      orientation =
          Ifd.orientation(segment.slice(EXIF.length, segment.remaining() - EXIF.length))
              .orElse(orientation);
    }
  }
}
