package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/** The components of a decoded JPEG image, brought to full size and interleaved. */
final class InterleavedRows {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final JpegHeader header;
  private final int samples;
  private final int width;
  private final Upsampling upsampling;
  private final int[] pixels;

  private InterleavedRows(JpegHeader header) {
    this.header = header;
    this.samples = header.components.size();
    this.width = header.width;
    this.upsampling = new Upsampling(header);
    this.pixels = new int[width];
  }

  /**
   * Writes the first rows of an image.
   *
   * @param colours turn three samples of 8 bits into RGB; if empty, they stay
   * @param valueBytes 1 or 2 for each value, little endian
   * @param target {@code width * height * components * valueBytes} long
   */
  static void write(
      JpegHeader header, int height, Optional<YbrColours> colours, int valueBytes, byte[] target) {
    InterleavedRows image = new InterleavedRows(header);
    int[][] rows = new int[image.samples][image.width];
    int rowBytes = image.width * image.samples * valueBytes;
    for (int y = 0; y < height; y++) {
      image.read(y, rows);
      int at = y * rowBytes;
      if (valueBytes == 2) {
        image.storeWords(rows, target, at);
      } else if (image.samples == 3) {
        image.storePixels(rows, colours, target, at);
      } else {
        image.storeBytes(rows, target, at);
      }
    }
  }

  private void read(int y, int[][] rows) {
    for (int place = 0; place < samples; place++) {
      upsampling.fullRow(header.components.get(place), y, rows[place]);
    }
  }

  /** Three bytes for each pixel: the fourth of an int is overwritten by the next one. */
  private void storePixels(
      int[][] rows, Optional<YbrColours> colours, byte[] target, int from) {
    if (colours.isPresent()) {
      colours.get().pack(rows[0], rows[1], rows[2], width, pixels);
    } else {
      pack(rows[0], rows[1], rows[2]);
    }
    int at = from;
    for (int x = 0; x < width - 1; x++, at += 3) {
      INT.set(target, at, pixels[x]);
    }
    int last = pixels[width - 1];
    target[at] = (byte) last;
    target[at + 1] = (byte) (last >> 8);
    target[at + 2] = (byte) (last >> 16);
  }

  private void pack(int[] first, int[] second, int[] third) {
    for (int x = 0; x < width; x++) {
      pixels[x] = first[x] & 0xFF | (second[x] & 0xFF) << 8 | third[x] << 16;
    }
  }

  private void storeBytes(int[][] rows, byte[] target, int from) {
    if (samples == 1) {
      int[] row = rows[0];
      for (int x = 0; x < width; x++) {
        target[from + x] = (byte) row[x];
      }
      return;
    }
    for (int place = 0; place < samples; place++) {
      int[] row = rows[place];
      for (int x = 0, at = from + place; x < width; x++, at += samples) {
        target[at] = (byte) row[x];
      }
    }
  }

  private void storeWords(int[][] rows, byte[] target, int from) {
    for (int place = 0; place < samples; place++) {
      int[] row = rows[place];
      for (int x = 0, at = from + 2 * place; x < width; x++, at += 2 * samples) {
        SHORT.set(target, at, (short) row[x]);
      }
    }
  }
}
