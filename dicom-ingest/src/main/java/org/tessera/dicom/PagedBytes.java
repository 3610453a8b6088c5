package org.tessera.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bytes that are read a page at a time, because their file cannot be mapped. Pages are kept for all
 * files together: {@value #PAGES} of 64 KiB, 16 MiB, whatever the number and the size of the files.
 */
final class PagedBytes implements FileBytes {
  private static final int PAGE = 1 << 16;
  private static final int PAGES = 256;
  private static final int SPREAD = 0x9E3779B9;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static final AtomicReferenceArray<Page> KEPT = new AtomicReferenceArray<>(PAGES);

  private record Page(PagedBytes owner, long number, byte[] bytes) {}

  private final ByteSource source;
  private final long size;

  PagedBytes(ByteSource source) throws IOException {
    this.source = source;
    this.size = source.size();
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte byteAt(long at) {
    return page(at, 1)[(int) (at % PAGE)];
  }

  @Override
  public short shortAt(long at) {
    return (short) SHORT.get(page(at, Short.BYTES), start(at, Short.BYTES));
  }

  @Override
  public int intAt(long at) {
    return (int) INT.get(page(at, Integer.BYTES), start(at, Integer.BYTES));
  }

  @Override
  public long longAt(long at) {
    return (long) LONG.get(page(at, Long.BYTES), start(at, Long.BYTES));
  }

  /** Where a number is in what {@link #page} gave. */
  private static int start(long at, int width) {
    int start = (int) (at % PAGE);
    return start > PAGE - width ? 0 : start;
  }

  /** The page that has the bytes; where they are on two, an array of nothing but them. */
  private byte[] page(long at, int width) {
    Objects.checkFromIndexSize(at, width, size);
    if (at % PAGE > PAGE - width) {
      byte[] bytes = new byte[width];
      copy(at, bytes, 0, width);
      return bytes;
    }
    return page(at / PAGE);
  }

  private byte[] page(long number) {
    int slot = Math.floorMod((hashCode() + (int) number) * SPREAD >>> 16, PAGES);
    Page kept = KEPT.get(slot);
    if (kept != null && kept.owner == this && kept.number == number) {
      return kept.bytes;
    }
    byte[] bytes = read(number * PAGE, (int) Math.min(PAGE, size - number * PAGE));
    KEPT.set(slot, new Page(this, number, bytes));
    return bytes;
  }

  private byte[] read(long from, int count) {
    try {
      return source.read(from, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void copy(long from, byte[] target, int at, int count) {
    Objects.checkFromIndexSize(from, count, size);
    Objects.checkFromIndexSize(at, count, target.length);
    int done = 0;
    while (done < count) {
      int start = (int) ((from + done) % PAGE);
      int now = Math.min(count - done, PAGE - start);
      // A whole page comes once: it is not kept.
      byte[] page = now == PAGE ? read(from + done, PAGE) : page((from + done) / PAGE);
      System.arraycopy(page, start, target, at + done, now);
      done += now;
    }
  }
}
