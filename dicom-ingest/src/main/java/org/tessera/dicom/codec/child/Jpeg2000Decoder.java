package org.tessera.dicom.codec.child;

import java.io.DataOutputStream;
import java.io.IOException;
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
    return pool.decode("JPEG 2000", limit, 0, new Request(code, shape));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Request(byte[] code, FrameShape shape) implements DecoderPool.Exchange {
    @Override
    public void ask(ChildProcess child, DataOutputStream out) throws IOException {
      out.writeInt(Wire.MAGIC);
      out.writeByte(Wire.JPEG_2000);
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
