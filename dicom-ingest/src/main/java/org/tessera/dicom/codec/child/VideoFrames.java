package org.tessera.dicom.codec.child;

import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.codec.PixelFormat;

/**
 * The frames of a video (MPEG-2, H.264, HEVC: PS3.5 A.4.6 to A.4.10), whose fragments are one
 * stream, by FFmpeg in a child process. The child keeps the stream, so that frames asked for in
 * order are decoded once. Values are RGB, or grey where there is one sample per pixel.
 */
public final class VideoFrames {
  private static final long VALUES_PER_SECOND = 20_000_000;
  private static final long BYTES_PER_SECOND = 20_000_000;
  private static final int CHUNK = 1 << 16;
  private static final AtomicLong NEXT = new AtomicLong(1);

  private final DecoderPool pool;
  private final long id = NEXT.getAndIncrement();
  private final List<Bytes> parts;
  private final FrameShape shape;
  private final long length;

  /**
   * A video.
   *
   * @param parts the fragments
   * @throws RejectedInputException if they are cut off or too large
   */
  public VideoFrames(List<Bytes> parts, PixelFormat format) throws RejectedInputException {
    this(DecoderPool.SHARED, parts, format);
  }

  VideoFrames(DecoderPool pool, List<Bytes> parts, PixelFormat format)
      throws RejectedInputException {
    this.pool = pool;
    this.parts = parts;
    this.shape = FrameShape.of(format);
    long sum = 0;
    for (Bytes part : parts) {
      if (part.isTruncated()) {
        throw new RejectedInputException("The file is cut off inside the video.");
      }
      sum += part.length();
    }
    if (sum > Wire.MOST_VIDEO_BYTES || shape.bytes() > Wire.MOST_BYTES) {
      throw new RejectedInputException(
          "The video has %,d bytes; at most %,d are decoded."
              .formatted(sum, Wire.MOST_VIDEO_BYTES));
    }
    this.length = sum;
  }

  /** The values of a frame (from 0), interleaved, little endian. */
  public byte[] frame(int index) throws RejectedInputException {
    long work = (index + 1L) * shape.values() / VALUES_PER_SECOND + length / BYTES_PER_SECOND;
    return pool.decode("video", Duration.ofSeconds(8 + work), id, new Request(index));
  }

  private final class Request implements DecoderPool.Exchange {
    private final int index;

    Request(int index) {
      this.index = index;
    }

    @Override
    public void ask(ChildProcess child, DataOutputStream out) throws IOException {
      if (child.video != id) {
        child.video = id;
        out.writeInt(Wire.MAGIC);
        out.writeByte(Wire.VIDEO);
        out.writeLong(length);
        byte[] chunk = new byte[CHUNK];
        for (Bytes part : parts) {
          for (long at = 0; at < part.length(); at += CHUNK) {
            int count = (int) Math.min(CHUNK, part.length() - at);
            part.copy(at, chunk, 0, count);
            out.write(chunk, 0, count);
          }
        }
      }
      out.writeInt(Wire.MAGIC);
      out.writeByte(Wire.VIDEO_FRAME);
      out.writeInt(index);
      shape.write(out);
    }

    @Override
    public long expected() {
      return shape.bytes();
    }
  }
}
