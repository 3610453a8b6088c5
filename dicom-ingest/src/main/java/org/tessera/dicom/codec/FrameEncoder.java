package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** Compresses one frame. Stateless and safe for several threads. */
public interface FrameEncoder {

  /**
   * Compresses a frame.
   *
   * @param values interleaved, little endian, {@code format.frameBytes()} long
   * @param format their shape
   * @throws RejectedInputException with one sentence, if the coding cannot hold such values
   */
  byte[] encode(byte[] values, PixelFormat format) throws RejectedInputException;
}
