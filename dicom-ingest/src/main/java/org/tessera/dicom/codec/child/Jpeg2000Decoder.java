package org.tessera.dicom.codec.child;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.codec.FrameDecoder;
import org.tessera.dicom.codec.PixelFormat;

/**
 * JPEG 2000 (ITU-T T.800, PS3.5 A.4.4), one frame per code stream of part 2 (T.801, PS3.5 A.4.5),
 * and HTJ2K (T.814, PS3.5 A.4.11), by OpenJPEG in a child process. The colour transforms RCT and
 * ICT belong to the code stream and are undone.
 */
public final class Jpeg2000Decoder implements FrameDecoder {
  /** A tenth of what one core decodes. */
  private static final long VALUES_PER_SECOND = 1_000_000;

  private final DecoderPool pool;
  private final Duration least;

  public Jpeg2000Decoder() {
    this(DecoderPool.SHARED, Duration.ofSeconds(8));
  }

  /** Decodes in a pool, within that time for the smallest frame. */
  Jpeg2000Decoder(DecoderPool pool, Duration least) {
    this.pool = pool;
    this.least = least;
  }

  @Override
  public byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException {
    FrameShape shape = FrameShape.of(format);
    if (format.valueBytes() > 4 || shape.bytes() > Wire.MOST_BYTES) {
      throw new RejectedInputException("A JPEG 2000 frame of this size is not decoded.");
    }
    Duration limit = least.plusSeconds(shape.values() / VALUES_PER_SECOND);
    byte[] values = pool.decode("JPEG 2000", limit, 0, new Request(code, shape));
    int above = format.highBit() + 1 - format.bitsStored();
    if (above > 0 && precision(code, shape) <= format.bitsStored()) {
      raise(values, format.valueBytes(), above);
    }
    return values;
  }

  private static int precision(byte[] code, FrameShape shape) throws RejectedInputException {
    return CodeStream.of(MemorySegment.ofArray(code), shape).components()[0].precision();
  }

  /**
   * Puts values into their place in the cells. A stream of no more bits than are stored holds them
   * without the unused bits below, a deeper one holds the whole cells (PS3.5 8.1.1, 8.2.4).
   */
  private static void raise(byte[] values, int width, int above) {
    for (int at = 0; at < values.length; at += width) {
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (values[at + i] & 0xFFL) << 8 * i;
      }
      value <<= above;
      for (int i = 0; i < width; i++) {
        values[at + i] = (byte) (value >> 8 * i);
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Request(byte[] code, FrameShape shape) implements DecoderPool.Exchange {
    @Override
    public void ask(ChildProcess child, DataOutputStream out) throws IOException {
      out.writeInt(Wire.MAGIC);
      out.writeByte(Wire.JPEG_2000);
      out.writeInt(child.processors);
      shape.write(out);
      out.writeLong(code.length);
      out.write(code);
    }

    @Override
    public long expected() {
      return shape.bytes();
    }
  }
}
