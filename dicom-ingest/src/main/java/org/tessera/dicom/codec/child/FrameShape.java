package org.tessera.dicom.codec.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.tessera.dicom.codec.PixelFormat;

/**
 * The shape that a decoded frame has to have; the child refuses a stream of any other.
 *
 * @param rows height, 1 to 65,535
 * @param columns width, 1 to 65,535
 * @param samples 1, 3 or 4 values per pixel
 * @param valueBytes 1, 2 or 4 per value
 * @param bitsStored bits that the data set says a value has
 * @param signed two's complement
 */
record FrameShape(
    int rows, int columns, int samples, int valueBytes, int bitsStored, boolean signed) {

  static FrameShape of(PixelFormat format) {
    return new FrameShape(
        format.rows(),
        format.columns(),
        format.samples(),
        format.valueBytes(),
        format.bitsStored(),
        format.signed());
  }

  /** Bytes of the decoded frame. */
  long bytes() {
    return values() * valueBytes;
  }

  long values() {
    return (long) rows * columns * samples;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(rows);
    out.writeInt(columns);
    out.writeInt(samples);
    out.writeInt(valueBytes);
    out.writeInt(bitsStored);
    out.writeBoolean(signed);
  }

  /** Reads a shape and checks every number, whoever sent it. */
  static FrameShape read(DataInputStream in) throws IOException {
    FrameShape shape =
        new FrameShape(
            Wire.between(in.readInt(), 1, 65_535),
            Wire.between(in.readInt(), 1, 65_535),
            Wire.between(in.readInt(), 1, 4),
            Wire.between(in.readInt(), 1, 4),
            Wire.between(in.readInt(), 1, 32),
            in.readBoolean());
    if (shape.bytes() > Wire.MOST_BYTES) {
      throw new IOException("A frame of " + shape.bytes() + " bytes");
    }
    return shape;
  }
}
