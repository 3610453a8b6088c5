package org.tessera.dicom.codec.child;

import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A mapped stream as FFmpeg reads it; FFmpeg itself opens no file and no address. */
final class VideoInput implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;

  private final MemorySegment stream;
  private final Reader reader = new Reader();
  private final Seeker seeker = new Seeker();
  private final AVIOContext context;

  /** Not called position, which callbacks inherit from Pointer. */
  private long next;

  VideoInput(MemorySegment stream) {
    this.stream = stream;
    BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER)).capacity(BUFFER);
    context = avformat.avio_alloc_context(buffer, BUFFER, 0, null, reader, null, seeker);
  }

  AVIOContext context() {
    return context;
  }

  @Override
  public void close() {
    // The buffer may have been replaced by a larger one meanwhile.
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
    reader.close();
    seeker.close();
  }

  private final class Reader extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer into, int size) {
      int count = (int) Math.min(size, stream.byteSize() - next);
      if (count <= 0) {
        return avutil.AVERROR_EOF;
      }
      MemorySegment target = MemorySegment.ofAddress(into.address()).reinterpret(count);
      MemorySegment.copy(stream, next, target, 0, count);
      next += count;
      return count;
    }
  }

  private final class Seeker extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      int origin = whence & ~avformat.AVSEEK_FORCE;
      if (origin == avformat.AVSEEK_SIZE) {
        return stream.byteSize();
      }
      long target =
          switch (origin) {
            case SEEK_SET -> offset;
            case SEEK_CUR -> next + offset;
            case SEEK_END -> stream.byteSize() + offset;
            default -> -1;
          };
      if (target < 0 || target > stream.byteSize()) {
        return avutil.AVERROR_EXTERNAL;
      }
      next = target;
      return target;
    }
  }
}
