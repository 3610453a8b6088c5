package org.tessera.omni.signal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.RejectedInputException;

/**
 * Content as FFmpeg reads it. FFmpeg itself opens nothing: a playlist in disguise cannot make it
 * fetch another file.
 */
final class ContentReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final long MOST_IN_MEMORY = 128L << 20;
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;

  private final SeekableByteChannel channel;
  private final Reader reader;
  private final Seeker seeker;
  private final AVIOContext context;

  ContentReader(Content content) throws IOException, RejectedInputException {
    Optional<Path> file = content.file();
    channel =
        file.isPresent()
            ? FileChannel.open(file.get())
            : new BytesChannel(content.readAll(MOST_IN_MEMORY));
    reader = new Reader(channel);
    seeker = new Seeker(channel);
    BytePointer buffer = new BytePointer(avutil.av_malloc(BUFFER)).capacity(BUFFER);
    context = avformat.avio_alloc_context(buffer, BUFFER, 0, null, reader, null, seeker);
  }

  AVIOContext context() {
    return context;
  }

  @Override
  public void close() throws IOException {
    // The buffer may have been replaced by a larger one meanwhile.
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
    reader.close();
    seeker.close();
    channel.close();
  }

  private static final class Reader extends Read_packet_Pointer_BytePointer_int {
    private final SeekableByteChannel channel;

    Reader(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int call(Pointer opaque, BytePointer into, int size) {
      try {
        byte[] bytes = new byte[size];
        int read = channel.read(ByteBuffer.wrap(bytes));
        if (read <= 0) {
          return avutil.AVERROR_EOF;
        }
        into.put(bytes, 0, read);
        return read;
      } catch (IOException | RuntimeException e) {
        return avutil.AVERROR_EXTERNAL;
      }
    }
  }

  private static final class Seeker extends Seek_Pointer_long_int {
    private final SeekableByteChannel channel;

    Seeker(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public long call(Pointer opaque, long offset, int whence) {
      try {
        int origin = whence & ~avformat.AVSEEK_FORCE;
        if (origin == avformat.AVSEEK_SIZE) {
          return channel.size();
        }
        long target =
            switch (origin) {
              case SEEK_SET -> offset;
              case SEEK_CUR -> channel.position() + offset;
              case SEEK_END -> channel.size() + offset;
              default -> -1;
            };
        if (target < 0) {
          return avutil.AVERROR_EXTERNAL;
        }
        channel.position(target);
        return target;
      } catch (IOException | RuntimeException e) {
        return avutil.AVERROR_EXTERNAL;
      }
    }
  }

  /** Bytes in memory as a channel; reading only. */
  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private long position;

    BytesChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), bytes.length - position);
      into.put(bytes, (int) position, count);
      position += count;
      return count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException("read only");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException("read only");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
