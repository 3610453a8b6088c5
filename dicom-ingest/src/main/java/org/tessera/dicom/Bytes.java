package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/**
 * A value that lies somewhere in a file or an array, and is read when asked for. Always seen little
 * endian, however it is stored. Safe for use by several threads.
 */
public final class Bytes implements Value {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout BIG_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout BIG_INT = INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout BIG_LONG = LONG.withOrder(ByteOrder.BIG_ENDIAN);

  private final FileBytes source;
  private final long offset;
  private final long length;
  private final long claimedLength;
  private final int swappedWord;

  /**
   * A value of a file.
   *
   * @param source the file
   * @param offset where the value begins
   * @param length how many bytes of it are there
   * @param claimedLength how many bytes its header claims; more than {@code length} if the file is
   *     cut off
   * @param swappedWord bytes per word if the words are stored big endian, else 1
   */
  Bytes(FileBytes source, long offset, long length, long claimedLength, int swappedWord) {
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.claimedLength = claimedLength;
    this.swappedWord = swappedWord;
  }

  /** A value in memory; the array is not copied and must not change any more. */
  public static Bytes of(byte[] bytes) {
    return new Bytes(FileBytes.of(bytes), 0, bytes.length, bytes.length, 1);
  }

  /** A value in memory of any kind, for example a mapped file; it must not change any more. */
  public static Bytes of(MemorySegment bytes) {
    return of(FileBytes.of(bytes));
  }

  /** A whole file. */
  public static Bytes of(FileBytes bytes) {
    return new Bytes(bytes, 0, bytes.size(), bytes.size(), 1);
  }

  /** Bytes that are there. */
  public long length() {
    return length;
  }

  /** Bytes that the header claims: more than {@link #length()} if the file is cut off. */
  public long claimedLength() {
    return claimedLength;
  }

  /** True if the file ends before the value does. */
  public boolean isTruncated() {
    return claimedLength > length;
  }

  /** Where the value begins in its file. */
  long offset() {
    return offset;
  }

  /** The same bytes, stored big endian in words of that many bytes. */
  public Bytes asBigEndian(int word) {
    return new Bytes(source, offset, length, claimedLength, word);
  }

  /** True if the value needs no swapping and may be copied as it is. */
  public boolean isLittleEndian() {
    return swappedWord == 1;
  }

  /** A part of this value, in the same byte order. */
  public Bytes slice(long from, long count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IndexOutOfBoundsException("%d + %d of %d".formatted(from, count, length));
    }
    return new Bytes(source, offset + from, count, count, swappedWord);
  }

  /** Copies bytes out, little endian; {@code from} and {@code count} are whole words. */
  public void copy(long from, byte[] target, int at, int count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IndexOutOfBoundsException("%d + %d of %d".formatted(from, count, length));
    }
    source.copy(offset + from, target, at, count);
    switch (swappedWord) {
      case 2 -> swap(BIG_SHORT, SHORT, target, at, count);
      case 4 -> swap(BIG_INT, INT, target, at, count);
      case 8 -> swap(BIG_LONG, LONG, target, at, count);
      default -> {}
    }
  }

  /** Whole words are swapped where they are; what is left of one at the end stays. */
  private void swap(ValueLayout stored, ValueLayout wanted, byte[] target, int at, int count) {
    MemorySegment bytes = MemorySegment.ofArray(target);
    MemorySegment.copy(bytes, stored, at, bytes, wanted, at, count / swappedWord);
  }

  /** Copies bytes out as they are stored, in whatever byte order. */
  void copyStored(long from, byte[] target, int count) {
    source.copy(offset + from, target, 0, count);
  }

  /**
   * All bytes, little endian.
   *
   * @param limit how many are brought into memory at most
   * @throws RejectedInputException if there are more
   */
  public byte[] toArray(long limit) throws RejectedInputException {
    if (length > limit) {
      throw new RejectedInputException(
          "A value of the DICOM file has %,d bytes; at most %,d are read."
              .formatted(length, limit));
    }
    return toArray();
  }

  /** All bytes, little endian, for values whose size is known to be small. */
  public byte[] toArray() {
    byte[] bytes = new byte[(int) length];
    copy(0, bytes, 0, bytes.length);
    return bytes;
  }

  public int unsignedByte(long at) {
    return source.byteAt(offset + check(at, 1)) & 0xFF;
  }

  public short word(long at) {
    short value = source.shortAt(offset + check(at, 2));
    return swappedWord > 1 ? Short.reverseBytes(value) : value;
  }

  public int doubleWord(long at) {
    int value = source.intAt(offset + check(at, 4));
    return switch (swappedWord) {
      case 1 -> value;
      case 2 -> Integer.rotateLeft(Integer.reverseBytes(value), 16);
      default -> Integer.reverseBytes(value);
    };
  }

  public long quadWord(long at) {
    long value = source.longAt(offset + check(at, 8));
    return swappedWord > 1 ? Long.reverseBytes(value) : value;
  }

  private long check(long at, int width) {
    if (at < 0 || at > length - width) {
      throw new IndexOutOfBoundsException("%d + %d of %d".formatted(at, width, length));
    }
    return at;
  }
}
