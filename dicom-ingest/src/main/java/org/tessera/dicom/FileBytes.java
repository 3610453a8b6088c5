package org.tessera.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file with random access, however they are kept: mapped where the file system can,
 * else a page at a time. Numbers are little endian. Positions and lengths are the caller's to
 * check; beyond the end there is an {@link IndexOutOfBoundsException}. What cannot be read any more
 * is an {@link UncheckedIOException}. Safe for several threads.
 */
public sealed interface FileBytes permits MappedBytes, PagedBytes {
  /** Up to here a file is read sooner than it is mapped; its elements take as much memory. */
  int SMALL = 32 * 1024;

  /** How many bytes there are. */
  long size();

  /** The byte at a position. */
  byte byteAt(long at);

  /** 16 bits from a position on. */
  short shortAt(long at);

  /** 32 bits from a position on. */
  int intAt(long at);

  /** 64 bits from a position on. */
  long longAt(long at);

  /** Copies bytes out. */
  void copy(long from, byte[] target, int at, int count);

  /** Bytes in memory of any kind; they must not change any more. */
  static FileBytes of(MemorySegment bytes) {
    return new MappedBytes(bytes);
  }

  /** Bytes of an array, which is not copied and must not change any more. */
  static FileBytes of(byte[] bytes) {
    return of(MemorySegment.ofArray(bytes));
  }

  /** A file that does not change any more; it is let go when nobody holds its bytes. */
  static FileBytes of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() <= SMALL) {
        return whole(channel);
      }
      if (file.getFileSystem() == FileSystems.getDefault()) {
        return of(
            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
      }
    }
    return new PagedBytes(ByteSource.of(file));
  }

  /**
   * What a channel has, for as long as it is open.
   *
   * @param arena how long a mapping is needed
   */
  static FileBytes of(FileChannel channel, Arena arena) throws IOException {
    try {
      return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (UnsupportedOperationException e) {
      return new PagedBytes(ByteSource.of(channel));
    }
  }

  private static FileBytes whole(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return of(MemorySegment.ofArray(bytes.array()).asSlice(0, bytes.position()));
  }
}
