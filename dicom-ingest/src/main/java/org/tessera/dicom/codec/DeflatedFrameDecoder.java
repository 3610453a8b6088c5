package org.tessera.dicom.codec;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;

/** Deflated Image Frame Compression (PS3.5 A.4.13): each frame deflated by itself (RFC 1951). */
public final class DeflatedFrameDecoder implements FrameDecoder {
  @Override
  public byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException {
    Inflater inflater = new Inflater(true);
    try {
      boolean packed = format.bitsAllocated() == 1;
      byte[] frame =
          new byte[(int) (packed ? (format.frameValues() + 7) / 8 : format.frameBytes())];
      inflater.setInput(code);
      int done = 0;
      while (done < frame.length) {
        int got = inflater.inflate(frame, done, frame.length - done);
        if (got == 0) {
          throw new RejectedInputException("A deflated frame is cut off.");
        }
        done += got;
      }
      if (packed) {
        return NativeFrames.bits(Bytes.of(frame), 0, (int) format.frameValues());
      }
      return format.planar() ? NativeFrames.interleaved(frame, format) : frame;
    } catch (DataFormatException e) {
      throw new RejectedInputException("A deflated frame is damaged.", e);
    } finally {
      inflater.end();
    }
  }
}
