package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;

/** Uncompressed pixel data (PS3.5 8.1.1): one frame is copied out, its planes interleaved. */
public final class NativeFrames {
  private final Bytes pixels;
  private final PixelFormat format;

  public NativeFrames(Bytes pixels, PixelFormat format) throws RejectedInputException {
    this.pixels = pixels;
    this.format = format;
    if (isSubsampled() && (format.samples() != 3 || format.bitsAllocated() != 8)) {
      throw new RejectedInputException(
          "The image claims subsampled colours, but has %d samples of %d bits."
              .formatted(format.samples(), format.bitsAllocated()));
    }
    long needed = (frameBits() * format.frames() + 7) / 8;
    if (pixels.length() < needed) {
      throw new RejectedInputException(
          "The pixel data end after %,d of %,d bytes.".formatted(pixels.length(), needed));
    }
  }

  private boolean isSubsampled() {
    return format.photometric().equals("YBR_FULL_422")
        || format.photometric().equals("YBR_PARTIAL_422");
  }

  /** Bits of a frame as stored; frames of one bit per pixel are not padded to bytes. */
  private long frameBits() {
    long values = isSubsampled() ? (long) format.rows() * format.columns() * 2 : frameValues();
    return values * format.bitsAllocated();
  }

  private long frameValues() {
    return format.frameValues();
  }

  /** The values of a frame (from 0), interleaved, little endian, colours as stored. */
  public byte[] frame(int index) {
    if (format.bitsAllocated() == 1) {
      return bits(pixels, index * frameBits(), (int) frameValues());
    }
    int length = (int) (frameBits() / 8);
    byte[] stored = new byte[length];
    long from = index * (long) length;
    // A big endian word may straddle two frames of odd length: copy whole words around it.
    if (pixels.isLittleEndian() || (from % 2 == 0 && length % 2 == 0)) {
      pixels.copy(from, stored, 0, length);
    } else {
      for (int i = 0; i < length; i++) {
        long at = from + i;
        boolean last = (at & ~1L) + 2 > pixels.length();
        stored[i] =
            (byte) (last ? pixels.unsignedByte(at) : pixels.word(at & ~1L) >>> (8 * (at & 1)));
      }
    }
    if (isSubsampled()) {
      return upsampled(stored);
    }
    return format.planar() ? interleaved(stored, format) : stored;
  }

  /** Spreads packed bits, lowest first, over bytes. */
  static byte[] bits(Bytes packed, long from, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < values.length; i++) {
      long bit = from + i;
      values[i] = (byte) (packed.unsignedByte(bit / 8) >>> (bit % 8) & 1);
    }
    return values;
  }

  /** Values of one bit packed, the first in the lowest bit; the last byte is filled with zeros. */
  static byte[] packed(byte[] values) {
    byte[] packed = new byte[(values.length + 7) / 8];
    for (int i = 0; i < values.length; i++) {
      packed[i / 8] |= (byte) ((values[i] & 1) << i % 8);
    }
    return packed;
  }

  /** Planes of samples turned into samples by pixel. */
  static byte[] interleaved(byte[] planes, PixelFormat format) {
    byte[] mixed = new byte[planes.length];
    int width = format.valueBytes();
    int pixelCount = format.rows() * format.columns();
    for (int sample = 0; sample < format.samples(); sample++) {
      for (int pixel = 0; pixel < pixelCount; pixel++) {
        int from = (sample * pixelCount + pixel) * width;
        int to = (pixel * format.samples() + sample) * width;
        for (int i = 0; i < width; i++) {
          mixed[to + i] = planes[from + i];
        }
      }
    }
    return mixed;
  }

  /** Two luminances, then the two colours that they share (PS3.3 C.7.6.3.1.2). */
  private byte[] upsampled(byte[] stored) {
    byte[] full = new byte[format.rows() * format.columns() * 3];
    for (int from = 0, to = 0; from + 4 <= stored.length; from += 4, to += 6) {
      for (int i = 0; i < 2; i++) {
        full[to + 3 * i] = stored[from + i];
        full[to + 3 * i + 1] = stored[from + 2];
        full[to + 3 * i + 2] = stored[from + 3];
      }
    }
    return full;
  }
}
