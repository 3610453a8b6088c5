package org.tessera.dicom.slide;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tessera.casemodel.RejectedInputException;

/** Deflate with the header of zlib (TIFF Technical Note 1; RFC 1950). */
final class Deflate {
  private Deflate() {}

  /**
   * Expands a strip or tile.
   *
   * @param length bytes that it must have; more are dropped
   */
  static byte[] expand(byte[] code, int length) throws RejectedInputException {
    byte[] target = new byte[length];
    int written = 0;
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(code);
      while (written < length) {
        int count = inflater.inflate(target, written, length - written);
        if (count == 0) {
          break;
        }
        written += count;
      }
    } catch (DataFormatException e) {
      throw new RejectedInputException("The deflated data of a tile are damaged.", e);
    }
    if (written < length) {
      throw new RejectedInputException("A tile of the slide is shorter than its size needs.");
    }
    return target;
  }
}
