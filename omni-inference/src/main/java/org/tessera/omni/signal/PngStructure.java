package org.tessera.omni.signal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.RejectedInputException;

/** The chunks of a PNG file (PNG 3rd edition, 5.3), each with its checksum, up to IEND. */
final class PngStructure {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;

  private PngStructure() {}

  static boolean matches(byte[] bytes) {
    return bytes.length >= 8 && ByteBuffer.wrap(bytes).getLong() == SIGNATURE;
  }

  static RasterHeader header(byte[] bytes) throws RejectedInputException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(8);
    int width = 0;
    int height = 0;
    Orientation orientation = Orientation.UPRIGHT;
    while (true) {
      if (buffer.remaining() < 12) {
        throw cutOff();
      }
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining() - 8) {
        throw cutOff();
      }
      int start = buffer.position();
      int type = buffer.getInt();
      ByteBuffer data = buffer.slice(start + 4, length);
      buffer.position(start + 4 + length);
      checksum(bytes, start, length + 4, buffer.getInt());
      if (type == IHDR && length >= 8) {
        width = data.getInt();
        height = data.getInt();
      } else if (type == EXIF) {
        orientation = Ifd.orientation(data).orElse(orientation);
      } else if (type == IEND) {
        return new RasterHeader("png", width, height, 1, orientation);
      }
    }
  }

  private static void checksum(byte[] bytes, int start, int length, int expected)
      throws RejectedInputException {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, length);
    if ((int) crc.getValue() != expected) {
      throw new RejectedInputException("The PNG picture is damaged: a checksum does not match.");
    }
  }

  private static RejectedInputException cutOff() {
    return new RejectedInputException("The PNG picture is cut off: its end is missing.");
  }
}
