package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a JPEG image, written as soon as the lines that they come from have been decoded: the
 * components of a scan are brought to full size and interleaved. For one thread.
 */
final class InterleavedRows {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<JpegComponent> components;
  private final Upsampling[] sources;
  private final int[] places;
  private final int samples;
  private final int width;
  private final int height;
  private final int valueBytes;
  private final Optional<YbrColours> colours;
  private final byte[] target;

  /** How many rows there are of even or odd samples of a component: 2 if these come apart. */
  private final int phases;

  /** Three bytes each, as the phases have them; empty where values are stored one by one. */
  private final int[][] pixels;

  private int next;

  /**
   * The rows of a scan.
   *
   * @param components of the scan
   * @param lines of each of them
   * @param together these are all components of the image
   * @param target takes the values, row by row
   */
  InterleavedRows(
      DctImage image,
      List<JpegComponent> components,
      List<ComponentRows> lines,
      boolean together,
      byte[] target) {
    JpegHeader header = image.header();
    this.components = components;
    this.samples = header.components.size();
    this.width = header.width;
    this.height = image.height();
    this.valueBytes = image.valueBytes();
    this.colours = together ? image.colours() : Optional.empty();
    this.target = target;
    this.sources = new Upsampling[components.size()];
    this.places = new int[components.size()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Upsampling(header, components.get(i), lines.get(i));
      places[i] = header.components.indexOf(components.get(i));
    }
    this.phases = JpegHeader.widest(header.components) == 2 ? 2 : 1;
    boolean packed = together && samples == 3 && valueBytes == 1;
    this.pixels = new int[packed ? phases : 0][width];
  }

  /**
   * Writes what can be written.
   *
   * @param units rows of MCUs that have been decoded
   */
  void write(int units) {
    while (next < height && isThere(next, units)) {
      for (Upsampling source : sources) {
        source.row(next);
      }
      int from = next * width * samples * valueBytes;
      if (pixels.length > 0) {
        storePixels(from);
      } else {
        storeValues(from);
      }
      next++;
    }
  }

  private boolean isThere(int y, int units) {
    for (int i = 0; i < sources.length; i++) {
      // An MCU of a single component is one block (T.81 A.2.2).
      int lines = 8 * units * (sources.length == 1 ? 1 : components.get(i).vertical);
      if (sources[i].needed(y) > lines) {
        return false;
      }
    }
    return true;
  }

  /** Samples of a row that are even, or odd. */
  private int count(int phase) {
    return (width + phases - 1 - phase) / phases;
  }

  private void storePixels(int from) {
    for (int phase = 0; phase < phases; phase++) {
      int[][] rows = new int[3][];
      for (int i = 0; i < 3; i++) {
        rows[places[i]] = phase == 0 ? sources[i].even() : sources[i].odd();
      }
      if (colours.isPresent()) {
        colours.get().pack(rows[0], rows[1], rows[2], count(phase), pixels[phase]);
      } else {
        pack(rows[0], rows[1], rows[2], count(phase), pixels[phase]);
      }
    }
    // Two pixels at a time; what is too much of a long is overwritten by those that follow.
    int most = Math.max(0, (target.length - from - 2) / 6);
    int pairs = Math.min(width / 2, most);
    if (phases == 2) {
      storePairs(pixels[0], pixels[1], pairs, from);
    } else {
      storePairs(pixels[0], pairs, from);
    }
    for (int x = 2 * pairs, at = from + 3 * x; x < width; x++, at += 3) {
      int pixel = pixels[x % phases][x / phases];
      target[at] = (byte) pixel;
      target[at + 1] = (byte) (pixel >> 8);
      target[at + 2] = (byte) (pixel >> 16);
    }
  }

  private void storePairs(int[] evens, int[] odds, int pairs, int from) {
    for (int i = 0, at = from; i < pairs; i++, at += 6) {
      LONG.set(target, at, evens[i] | (long) odds[i] << 24);
    }
  }

  private void storePairs(int[] row, int pairs, int from) {
    for (int i = 0, at = from; i < pairs; i++, at += 6) {
      LONG.set(target, at, row[2 * i] | (long) row[2 * i + 1] << 24);
    }
  }

  private static void pack(int[] first, int[] second, int[] third, int count, int[] pixels) {
    for (int x = 0; x < count; x++) {
      pixels[x] = first[x] | second[x] << 8 | third[x] << 16;
    }
  }

  private void storeValues(int from) {
    int step = phases * samples * valueBytes;
    for (int i = 0; i < sources.length; i++) {
      for (int phase = 0; phase < phases; phase++) {
        int[] row = phase == 0 ? sources[i].even() : sources[i].odd();
        int at = from + (phase * samples + places[i]) * valueBytes;
        if (valueBytes == 2) {
          storeWords(row, count(phase), at, step);
        } else {
          storeBytes(row, count(phase), at, step);
        }
      }
    }
  }

  private void storeBytes(int[] row, int count, int from, int step) {
    for (int x = 0, at = from; x < count; x++, at += step) {
      target[at] = (byte) row[x];
    }
  }

  private void storeWords(int[] row, int count, int from, int step) {
    for (int x = 0, at = from; x < count; x++, at += step) {
      SHORT.set(target, at, (short) row[x]);
    }
  }
}
