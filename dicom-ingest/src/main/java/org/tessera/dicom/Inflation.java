package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tessera.casemodel.RejectedInputException;

/** Inflates a deflated data set (PS3.5 A.5), within a cap. */
final class Inflation implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  /** Images are seldom deflated to less than this part; what grows further is copied once more. */
  private static final int USUAL_GROWTH = 6;

  private static final long MOST_AT_FIRST = 4 << 20;

  /** This part of the limit is kept while nobody knows how much will come. */
  private static final int KEPT_PART = 8;

  private final FileBytes source;
  private final Inflater inflater = new Inflater(true);
  private final byte[] input = new byte[CHUNK];
  private long at;

  private Inflation(FileBytes source, long from) {
    this.source = source;
    this.at = from;
  }

  /**
   * Inflates everything from a position on. What grows beyond an eighth of the limit is inflated
   * twice: once to count, so that a bomb costs little memory, once into an array of the right size.
   */
  static FileBytes inflate(FileBytes source, long from, long limit)
      throws RejectedInputException {
    long most = Math.min(limit / KEPT_PART, 1 << 28);
    long usual = Math.clamp(USUAL_GROWTH * (source.size() - from), CHUNK, MOST_AT_FIRST);
    byte[] kept = new byte[(int) Math.max(CHUNK, Math.min(usual, most))];
    long total = 0;
    try (Inflation inflation = new Inflation(source, from)) {
      while (!inflation.inflater.finished()) {
        if (total == kept.length) {
          if (kept.length > most) {
            break;
          }
          kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        total = checked(total + inflation.next(kept, (int) total), limit);
      }
      if (inflation.inflater.finished()) {
        return whole(kept, (int) total);
      }
      byte[] counted = new byte[CHUNK];
      while (!inflation.inflater.finished()) {
        total = checked(total + inflation.next(counted, 0), limit);
      }
    }
    return again(source, from, (int) total);
  }

  /** What has been filled of an array; the array itself, unless half of it would be wasted. */
  private static FileBytes whole(byte[] kept, int total) {
    return total < kept.length / 2
        ? FileBytes.of(Arrays.copyOf(kept, total))
        : FileBytes.of(MemorySegment.ofArray(kept).asSlice(0, total));
  }

  private static FileBytes again(FileBytes source, long from, int length)
      throws RejectedInputException {
    byte[] all = new byte[length];
    try (Inflation inflation = new Inflation(source, from)) {
      for (int done = 0; done < length; ) {
        done += inflation.next(all, done);
      }
    }
    return FileBytes.of(all);
  }

  private static long checked(long total, long limit) throws RejectedInputException {
    if (total > Math.min(limit, Integer.MAX_VALUE - 8)) {
      throw new RejectedInputException(
          "The deflated data set grows beyond the %,d bytes that are read.".formatted(limit));
    }
    return total;
  }

  /**
   * Inflates into the rest of an array; returns how many bytes came, 0 included. More input is
   * brought only when nothing comes: bytes may still be due when all input has been taken.
   */
  private int next(byte[] target, int from) throws RejectedInputException {
    try {
      int got = inflater.inflate(target, from, target.length - from);
      if (got == 0 && inflater.needsDictionary()) {
        throw new RejectedInputException("The deflated data set is damaged.");
      }
      if (got == 0 && inflater.needsInput() && !inflater.finished()) {
        feed();
      }
      return got;
    } catch (DataFormatException e) {
      throw new RejectedInputException("The deflated data set is damaged.", e);
    }
  }

  /** Hands over the next part of the source. */
  private void feed() throws RejectedInputException {
    int count = (int) Math.min(input.length, source.size() - at);
    if (count == 0) {
      throw new RejectedInputException("The deflated data set is cut off.");
    }
    source.copy(at, input, 0, count);
    at += count;
    inflater.setInput(input, 0, count);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
