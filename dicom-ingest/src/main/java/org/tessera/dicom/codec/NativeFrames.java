package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;

/** Uncompressed pixel data (PS3.5 8.1.1): one frame is copied out, its planes interleaved. */
public final class NativeFrames {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    return frame(index, new FrameMemory());
  }

  /** The same, in memory of an earlier frame if the values only have to be copied. */
  public byte[] frame(int index, FrameMemory memory) {
    if (format.bitsAllocated() == 1) {
      return bits(pixels, index * frameBits(), (int) frameValues());
    }
    int length = (int) (frameBits() / 8);
    byte[] stored = stored(index * (long) length, length, memory);
    if (isSubsampled()) {
      return upsampled(stored);
    }
    return format.planar() ? interleaved(stored, format) : stored;
  }

  private byte[] stored(long from, int length, FrameMemory memory) {
    if (pixels.isLittleEndian() || (from % 2 == 0 && length % 2 == 0)) {
      byte[] stored = memory.array(length);
      pixels.copy(from, stored, 0, length);
      return stored;
    }
    // A big endian word may straddle two frames of odd length: copy the whole words around it.
    long first = from & ~1L;
    long end = Math.min(from + length + 1 & ~1L, pixels.length());
    byte[] words = new byte[(int) (end - first)];
    pixels.copy(first, words, 0, words.length);
    int lead = (int) (from - first);
    return Arrays.copyOfRange(words, lead, lead + length);
  }

  /** Spreads packed bits, lowest first, over bytes. */
  static byte[] bits(Bytes packed, long from, int count) {
    byte[] values = new byte[count];
    int shift = (int) (from % 8);
    int whole = count & -8;
    for (int i = 0; i < whole; i += 8) {
      long at = (from + i) / 8;
      int eight = packed.unsignedByte(at) >>> shift;
      if (shift > 0) {
        eight |= packed.unsignedByte(at + 1) << 8 - shift & 0xFF;
      }
      EIGHT.set(values, i, spread(eight));
    }
    for (int i = whole; i < count; i++) {
      long bit = from + i;
      values[i] = (byte) (packed.unsignedByte(bit / 8) >>> (bit % 8) & 1);
    }
    return values;
  }

  /** Eight bits as eight bytes: each byte keeps its own bit, which is then carried to bit 7. */
  private static long spread(int eight) {
    long own = eight * 0x0101010101010101L & 0x8040201008040201L;
    return own + 0x7F7F7F7F7F7F7F7FL >>> 7 & 0x0101010101010101L;
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
    if (width == 1) {
      int samples = format.samples();
      for (int sample = 0; sample < samples; sample++) {
        int plane = sample * pixelCount;
        for (int from = plane, to = sample; from < plane + pixelCount; from++, to += samples) {
          mixed[to] = planes[from];
        }
      }
      return mixed;
    }
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
