package org.tessera.dicom.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;

/**
 * The directories of a TIFF file (TIFF 6.0 section 2) or a BigTIFF file, in either byte order. Only
 * the chain of directories is read here.
 */
final class TiffFile {
  /** Directories of one file; slides have about ten. */
  static final int MOST_DIRECTORIES = 256;

  private static final int MOST_ENTRIES = 4096;
  private static final int BIG = 43;

  private final ByteSource source;
  private final ByteOrder order;
  private final boolean big;
  private final Set<Long> visited = new HashSet<>();

  private TiffFile(ByteSource source, ByteOrder order, boolean big) {
    this.source = source;
    this.order = order;
    this.big = big;
  }

  /**
   * Reads the directories, those of the main chain first, then those below the first one.
   *
   * @param order of the bytes of the file
   */
  record Directories(List<TiffDirectory> chain, List<TiffDirectory> below, ByteOrder order) {}

  static Directories read(ByteSource source) throws IOException, RejectedInputException {
    try {
      ByteBuffer head = ByteBuffer.wrap(source.read(0, 8));
      short mark = head.getShort(0);
      if (mark != 0x4949 && mark != 0x4D4D) {
        throw new RejectedInputException("The file is no TIFF file.");
      }
      ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      head.order(order);
      int version = head.getShort(2);
      if (version == BIG ? head.getShort(4) != 8 : version != 42) {
        throw new RejectedInputException("The file is no TIFF file.");
      }
      TiffFile file = new TiffFile(source, order, version == BIG);
      long first = version == BIG ? file.buffer(8, 8).getLong(0) : head.getInt(4) & 0xFFFFFFFFL;
      List<TiffDirectory> chain = file.chain(first);
      if (chain.isEmpty()) {
        throw new RejectedInputException("The TIFF file holds no image.");
      }
      List<TiffDirectory> below = new ArrayList<>();
      for (long offset :
          chain.getFirst().numbers(TiffDirectory.SUB_DIRECTORIES, MOST_DIRECTORIES)) {
        below.addAll(file.chain(offset));
      }
      return new Directories(chain, below, order);
    } catch (EOFException e) {
      throw new RejectedInputException(
          "The TIFF file is cut off or damaged: a directory leads outside of it.", e);
    }
  }

  private List<TiffDirectory> chain(long first) throws IOException, RejectedInputException {
    List<TiffDirectory> found = new ArrayList<>();
    long offset = first;
    while (offset != 0) {
      if (!visited.add(offset)) {
        throw new RejectedInputException("The directories of the TIFF file go in a circle.");
      }
      if (visited.size() > MOST_DIRECTORIES) {
        throw new RejectedInputException(
            "The TIFF file holds more than the %d images that are read."
                .formatted(MOST_DIRECTORIES));
      }
      long count =
          big ? buffer(offset, 8).getLong(0) : buffer(offset, 2).getShort(0) & 0xFFFFL;
      if (count < 0 || count > MOST_ENTRIES) {
        throw new RejectedInputException("A directory of the TIFF file is damaged.");
      }
      long at = offset + (big ? 8 : 2);
      int entryBytes = big ? 20 : 12;
      ByteBuffer entries = buffer(at, (int) count * entryBytes);
      Map<Integer, TiffDirectory.Entry> byTag = new HashMap<>();
      for (int i = 0; i < count; i++) {
        entry(entries, i * entryBytes, at, byTag);
      }
      found.add(new TiffDirectory(source, order, byTag));
      long next = at + count * entryBytes;
      offset = big ? buffer(next, 8).getLong(0) : buffer(next, 4).getInt(0) & 0xFFFFFFFFL;
    }
    return found;
  }

  private void entry(
      ByteBuffer entries, int place, long base, Map<Integer, TiffDirectory.Entry> byTag)
      throws RejectedInputException {
    int tag = entries.getShort(place) & 0xFFFF;
    int type = entries.getShort(place + 2) & 0xFFFF;
    long count = big ? entries.getLong(place + 4) : entries.getInt(place + 4) & 0xFFFFFFFFL;
    int value = place + (big ? 12 : 8);
    int room = big ? 8 : 4;
    int width = TiffDirectory.typeBytes(type);
    if (count < 0 || (width > 0 && count > source.size() / width)) {
      throw new RejectedInputException(
          "The TIFF file is cut off or damaged: a directory leads outside of it.");
    }
    long inside = base + value;
    long elsewhere = big ? entries.getLong(value) : entries.getInt(value) & 0xFFFFFFFFL;
    byTag.putIfAbsent(
        tag, new TiffDirectory.Entry(type, count, count * width <= room ? inside : elsewhere));
  }

  private ByteBuffer buffer(long offset, int length) throws IOException {
    return ByteBuffer.wrap(source.read(offset, length)).order(order);
  }
}
