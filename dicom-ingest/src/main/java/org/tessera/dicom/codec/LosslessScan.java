package org.tessera.dicom.codec;

import java.util.List;
import org.tessera.casemodel.RejectedInputException;

/** One scan of the lossless process (ITU-T T.81 H): differences to a prediction, modulo 65,536. */
final class LosslessScan {
  private final JpegHeader header;
  private final JpegHeader.Scan scan;
  private final EntropyBits bits;
  private final byte[] target;
  private final PixelFormat format;

  LosslessScan(
      JpegHeader header,
      JpegHeader.Scan scan,
      EntropyBits bits,
      byte[] target,
      PixelFormat format) {
    this.header = header;
    this.scan = scan;
    this.bits = bits;
    this.target = target;
    this.format = format;
  }

  void decode() throws RejectedInputException {
    int width = header.width;
    int predictor = scan.start();
    int restart = header.restartInterval;
    requireSimple(predictor, restart, width);
    List<JpegComponent> components = scan.components();
    int count = components.size();
    HuffmanTable[] tables = new HuffmanTable[count];
    int[] places = new int[count];
    for (int c = 0; c < count; c++) {
      tables[c] = JpegHeader.required(header.dc, components.get(c).dcTable);
      places[c] = header.components.indexOf(components.get(c));
    }
    int[][] above = new int[count][width];
    int[][] current = new int[count][width];
    int initial = 1 << (header.precision - scan.low() - 1);
    int rowsPerRestart = restart == 0 ? header.height : restart / width;
    for (int row = 0; row < header.height; row++) {
      boolean first = row % rowsPerRestart == 0;
      if (first && row > 0) {
        bits.restart();
      }
      decodeRow(tables, current, above, first, initial, predictor);
      for (int c = 0; c < count; c++) {
        store(current[c], row, places[c]);
      }
      int[][] kept = above;
      above = current;
      current = kept;
    }
  }

  private void requireSimple(int predictor, int restart, int width)
      throws RejectedInputException {
    if (predictor < 1 || predictor > 7 || scan.low() >= header.precision) {
      throw new RejectedInputException("The JPEG stream names no valid predictor.");
    }
    // H.1.2.1: the interval is a whole number of lines.
    if (restart % width != 0) {
      throw new RejectedInputException("The JPEG stream restarts within a line.");
    }
    for (JpegComponent component : header.components) {
      if (component.horizontal != 1 || component.vertical != 1) {
        throw new RejectedInputException("Subsampled lossless JPEG is not decoded.");
      }
    }
  }

  private void decodeRow(
      HuffmanTable[] tables,
      int[][] current,
      int[][] above,
      boolean first,
      int initial,
      int predictor)
      throws RejectedInputException {
    int width = current[0].length;
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < tables.length; c++) {
        int prediction;
        if (first) {
          prediction = x == 0 ? initial : current[c][x - 1];
        } else if (x == 0) {
          prediction = above[c][0];
        } else {
          prediction = predict(predictor, current[c][x - 1], above[c][x], above[c][x - 1]);
        }
        int category = tables[c].next(bits);
        if (category > 16) {
          throw new RejectedInputException("The JPEG stream is damaged.");
        }
        int difference = category == 16 ? 32_768 : bits.difference(category);
        current[c][x] = prediction + difference & 0xFFFF;
      }
    }
  }

  /** Table H.1; a is left, b above, c above left. */
  private static int predict(int predictor, int a, int b, int c) {
    return switch (predictor) {
      case 1 -> a;
      case 2 -> b;
      case 3 -> c;
      case 4 -> a + b - c;
      case 5 -> a + ((b - c) >> 1);
      case 6 -> b + ((a - c) >> 1);
      default -> (a + b) >> 1;
    };
  }

  private void store(int[] row, int y, int place) {
    int width = format.valueBytes();
    int step = format.samples() * width;
    int at = y * row.length * step + place * width;
    for (int value : row) {
      int full = value << scan.low();
      target[at] = (byte) full;
      if (width == 2) {
        target[at + 1] = (byte) (full >> 8);
      }
      at += step;
    }
  }
}
