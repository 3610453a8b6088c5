package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Bytes in memory, or mapped. */
record MappedBytes(MemorySegment segment) implements FileBytes {
  // Constants: a layout kept in a field would cost a slow access for every number.
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public long size() {
    return segment.byteSize();
  }

  @Override
  public byte byteAt(long at) {
    return segment.get(ValueLayout.JAVA_BYTE, at);
  }

  @Override
  public short shortAt(long at) {
    return segment.get(SHORT, at);
  }

  @Override
  public int intAt(long at) {
    return segment.get(INT, at);
  }

  @Override
  public long longAt(long at) {
    return segment.get(LONG, at);
  }

  @Override
  public void copy(long from, byte[] target, int at, int count) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, target, at, count);
  }
}
