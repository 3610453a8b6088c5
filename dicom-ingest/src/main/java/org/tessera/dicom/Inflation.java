package org.tessera.dicom;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tessera.casemodel.RejectedInputException;

/** Inflates a deflated data set (PS3.5 A.5), within a cap. */
final class Inflation {
  private static final int CHUNK = 64 * 1024;

  private Inflation() {}

  /**
   * Inflates everything from a position on. It is done twice: once to count, so that a bomb costs
   * no memory, once into an array of the right size.
   */
  static MemorySegment inflate(MemorySegment source, long from, long limit)
      throws RejectedInputException {
    long length = run(source, from, limit, new byte[CHUNK], true);
    byte[] all = new byte[(int) length];
    run(source, from, limit, all, false);
    return MemorySegment.ofArray(all);
  }

  private static long run(
      MemorySegment source, long from, long limit, byte[] target, boolean counting)
      throws RejectedInputException {
    Inflater inflater = new Inflater(true);
    byte[] input = new byte[CHUNK];
    long at = from;
    long total = 0;
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int count = (int) Math.min(CHUNK, source.byteSize() - at);
          if (count == 0) {
            throw new RejectedInputException("The deflated data set is cut off.");
          }
          MemorySegment.copy(source, ValueLayout.JAVA_BYTE, at, input, 0, count);
          at += count;
          inflater.setInput(input, 0, count);
        }
        int got =
            counting
                ? inflater.inflate(target)
                : inflater.inflate(target, (int) total, target.length - (int) total);
        total += got;
        if (total > Math.min(limit, Integer.MAX_VALUE - 8)) {
          throw new RejectedInputException(
              "The deflated data set grows beyond the %,d bytes that are read.".formatted(limit));
        }
        if (!counting && total == target.length) {
          break;
        }
        if (got == 0 && inflater.needsDictionary()) {
          throw new RejectedInputException("The deflated data set is damaged.");
        }
      }
      return total;
    } catch (DataFormatException e) {
      throw new RejectedInputException("The deflated data set is damaged.", e);
    } finally {
      inflater.end();
    }
  }
}
