package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** Compresses one frame. Stateless and safe for several threads. */
public interface FrameEncoder {

  /**
   * Compresses a frame.
   *
   * @param cells interleaved cells of {@code format.valueBytes()} bytes, little endian, with all
   *     their bits, {@code rows * columns * samples} of them; one byte per value if one bit is
   *     allocated
   * @param format their shape
   * @return the bytes of the frame, of even length
   * @throws RejectedInputException with one sentence, if frames of that shape are not encoded
   */
  byte[] encode(byte[] cells, PixelFormat format) throws RejectedInputException;
}
