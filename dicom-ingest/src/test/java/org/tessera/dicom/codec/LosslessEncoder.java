package org.tessera.dicom.codec;

import java.io.ByteArrayOutputStream;

/** A plain encoder of JPEG lossless (ITU-T T.81 H), for tests: every category has a 5-bit code. */
final class LosslessEncoder {
  private static final int CATEGORIES = 17;

  private final int rows;
  private final int columns;
  private final int samples;
  private final int bits;
  private final int predictor;
  private final int restartRows;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int window;
  private int count;

  LosslessEncoder(int rows, int columns, int samples, int bits, int predictor, int restartRows) {
    this.rows = rows;
    this.columns = columns;
    this.samples = samples;
    this.bits = bits;
    this.predictor = predictor;
    this.restartRows = restartRows;
  }

  byte[] encode(int[] values) {
    header();
    for (int y = 0; y < rows; y++) {
      boolean first = y == 0;
      if (restartRows > 0 && y > 0 && y % restartRows == 0) {
        flush();
        write(0xFF, 0xD0 + (y / restartRows - 1) % 8);
        first = true;
      }
      for (int x = 0; x < columns; x++) {
        for (int c = 0; c < samples; c++) {
          int difference = value(values, y, x, c) - prediction(values, y, x, c, first);
          difference(difference & 0xFFFF);
        }
      }
    }
    flush();
    write(0xFF, 0xD9);
    return out.toByteArray();
  }

  private void header() {
    write(0xFF, 0xD8, 0xFF, 0xC3, 0, 8 + 3 * samples, bits);
    write(rows >> 8, rows, columns >> 8, columns, samples);
    for (int c = 0; c < samples; c++) {
      write(c + 1, 0x11, 0);
    }
    write(0xFF, 0xC4, 0, 19 + CATEGORIES, 0);
    for (int length = 1; length <= 16; length++) {
      write(length == 5 ? CATEGORIES : 0);
    }
    for (int category = 0; category < CATEGORIES; category++) {
      write(category);
    }
    if (restartRows > 0) {
      int interval = restartRows * columns;
      write(0xFF, 0xDD, 0, 4, interval >> 8, interval);
    }
    write(0xFF, 0xDA, 0, 6 + 2 * samples, samples);
    for (int c = 0; c < samples; c++) {
      write(c + 1, 0);
    }
    write(predictor, 0, 0);
  }

  private int value(int[] values, int y, int x, int c) {
    return values[(y * columns + x) * samples + c];
  }

  private int prediction(int[] values, int y, int x, int c, boolean first) {
    if (first) {
      return x == 0 ? 1 << (bits - 1) : value(values, y, x - 1, c);
    }
    if (x == 0) {
      return value(values, y - 1, 0, c);
    }
    int a = value(values, y, x - 1, c);
    int b = value(values, y - 1, x, c);
    int d = value(values, y - 1, x - 1, c);
    int[] table = {0, a, b, d, a + b - d, a + ((b - d) >> 1), b + ((a - d) >> 1), (a + b) >> 1};
    return table[predictor];
  }

  private void difference(int modulo) {
    int signed = modulo >= 32_768 ? modulo - 65_536 : modulo;
    if (signed == -32_768) {
      put(16, 5);
      return;
    }
    int category = 32 - Integer.numberOfLeadingZeros(Math.abs(signed));
    put(category, 5);
    put(signed < 0 ? signed + (1 << category) - 1 : signed, category);
  }

  private void put(int value, int length) {
    for (int i = length - 1; i >= 0; i--) {
      window = window << 1 | value >> i & 1;
      if (++count == 8) {
        emit();
      }
    }
  }

  private void emit() {
    write(window);
    if ((window & 0xFF) == 0xFF) {
      write(0);
    }
    window = 0;
    count = 0;
  }

  private void flush() {
    while (count > 0) {
      put(1, 1);
    }
  }

  private void write(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }
}
