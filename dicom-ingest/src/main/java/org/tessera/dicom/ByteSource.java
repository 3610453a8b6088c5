package org.tessera.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes with random access, safe for several threads. A file is read by position and not mapped: a
 * slide that is streamed through would otherwise count as resident memory as a whole, and one that
 * is cut short meanwhile would end the process instead of the read.
 */
public interface ByteSource {

  /** Number of bytes. */
  long size();

  /**
   * Reads bytes.
   *
   * @throws EOFException if they are not all there
   */
  byte[] read(long offset, int length) throws IOException;

  /** The same bytes in arrays. */
  static ByteSource of(FileBytes bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > bytes.size() - length) {
          throw new EOFException();
        }
        byte[] part = new byte[length];
        bytes.copy(offset, part, 0, length);
        return part;
      }
    };
  }

  /** What a channel has, for as long as it is open. */
  static ByteSource of(FileChannel channel) throws IOException {
    long size = channel.size();
    return new ByteSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        return FileSource.read(channel, offset, length);
      }
    };
  }

  /** A file; its channel is closed when nobody holds the source any more. */
  static ByteSource of(Path file) throws IOException {
    return new FileSource(file);
  }

  /** A file read by position. */
  final class FileSource implements ByteSource {
    private final Path file;
    private final long size;
    private volatile FileChannel channel;

    private FileSource(Path file) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(file, StandardOpenOption.READ);
      this.size = channel.size();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      if (offset < 0 || length < 0 || offset > size - length) {
        throw new EOFException();
      }
      FileChannel used = channel;
      try {
        return read(used, offset, length);
      } catch (ClosedChannelException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // Another thread was interrupted in a read, which closes the channel for all.
        return read(reopened(used), offset, length);
      }
    }

    private synchronized FileChannel reopened(FileChannel closed) throws IOException {
      if (channel == closed) {
        channel = FileChannel.open(file, StandardOpenOption.READ);
      }
      return channel;
    }

    private static byte[] read(FileChannel from, long offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (from.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException();
        }
      }
      return buffer.array();
    }
  }
}
