package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** Decompresses one frame. Stateless and safe for several threads. */
public interface FrameDecoder {

  /**
   * Decompresses a frame.
   *
   * @param code the bytes of the frame's fragments, joined
   * @param format the shape that the data set promises
   * @return interleaved values, little endian, {@code format.frameBytes()} long, colours as coded
   * @throws RejectedInputException with one sentence, if the bytes are damaged or of another shape
   */
  byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException;
}
