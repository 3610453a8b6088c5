package org.tessera.dicom.codec;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Deflated Image Frame Compression (PS3.5 A.4.13): each frame deflated by itself (RFC 1951). */
public final class DeflatedFrameEncoder implements FrameEncoder {
  @Override
  public byte[] encode(byte[] cells, PixelFormat format) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(format.bitsAllocated() == 1 ? NativeFrames.packed(cells) : cells);
      deflater.finish();
      byte[] code = new byte[cells.length / 2 + 64];
      int size = 0;
      while (!deflater.finished()) {
        if (size == code.length) {
          code = Arrays.copyOf(code, size + (size >> 1));
        }
        size += deflater.deflate(code, size, code.length - size);
      }
      return Arrays.copyOf(code, size + (size & 1));
    } finally {
      deflater.end();
    }
  }
}
