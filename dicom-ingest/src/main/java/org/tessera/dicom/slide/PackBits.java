package org.tessera.dicom.slide;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/** PackBits (TIFF 6.0 section 9). */
final class PackBits {
  private PackBits() {}

  /**
   * Expands a strip or tile.
   *
   * @param length bytes that it must have; more are dropped
   */
  static byte[] expand(byte[] code, int length) throws RejectedInputException {
    byte[] target = new byte[length];
    int at = 0;
    int written = 0;
    while (written < length && at < code.length) {
      int head = code[at++];
      if (head == -128) {
        continue;
      }
      int count = head >= 0 ? head + 1 : 1 - head;
      int room = Math.min(count, length - written);
      if (at + (head >= 0 ? count : 1) > code.length) {
        break;
      }
      if (head >= 0) {
        System.arraycopy(code, at, target, written, room);
        at += count;
      } else {
        Arrays.fill(target, written, written + room, code[at++]);
      }
      written += room;
    }
    if (written < length) {
      throw new RejectedInputException("A tile of the slide is shorter than its size needs.");
    }
    return target;
  }
}
