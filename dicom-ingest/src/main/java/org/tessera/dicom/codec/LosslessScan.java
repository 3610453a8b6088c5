package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;

/** One scan of the lossless process (ITU-T T.81 H): differences to a prediction, modulo 65,536. */
final class LosslessScan {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

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
    if (Arrays.stream(tables).distinct().count() == 1) {
      tables = new HuffmanTable[] {tables[0]};
    }
    int[] above = new int[count * width];
    int[] current = new int[count * width];
    int initial = 1 << (header.precision - scan.low() - 1);
    int rowsPerRestart = restart == 0 ? header.height : restart / width;
    for (int row = 0; row < header.height; row++) {
      boolean first = row % rowsPerRestart == 0;
      if (first && row > 0) {
        bits.restart();
      }
      bits.differences(tables, current);
      for (int c = 0; c < count; c++) {
        current[c] = current[c] + (first ? initial : above[c]) & 0xFFFF;
        undo(first ? 1 : predictor, current, above, c, count);
        store(current, c, count, row, places[c]);
      }
      int[] kept = above;
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

  /**
   * Adds predictions to the differences of a component (table H.1), but for its first pixel, whose
   * value is there.
   *
   * @param step samples of a pixel
   */
  private static void undo(int predictor, int[] line, int[] above, int component, int step) {
    int left = line[component];
    int from = component + step;
    switch (predictor) {
      case 1 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + left & 0xFFFF;
          line[x] = left;
        }
      }
      case 2 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + above[x] & 0xFFFF;
          line[x] = left;
        }
      }
      case 3 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + above[x - step] & 0xFFFF;
          line[x] = left;
        }
      }
      case 4 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + left + above[x] - above[x - step] & 0xFFFF;
          line[x] = left;
        }
      }
      case 5 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + left + ((above[x] - above[x - step]) >> 1) & 0xFFFF;
          line[x] = left;
        }
      }
      case 6 -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + above[x] + ((left - above[x - step]) >> 1) & 0xFFFF;
          line[x] = left;
        }
      }
      default -> {
        for (int x = from; x < line.length; x += step) {
          left = line[x] + ((left + above[x]) >> 1) & 0xFFFF;
          line[x] = left;
        }
      }
    }
  }

  private void store(int[] line, int component, int components, int y, int place) {
    int width = format.valueBytes();
    int step = format.samples() * width;
    int at = y * header.width * step + place * width;
    int low = scan.low();
    if (width == 1) {
      for (int x = component; x < line.length; x += components, at += step) {
        target[at] = (byte) (line[x] << low);
      }
      return;
    }
    for (int x = component; x < line.length; x += components, at += step) {
      SHORT.set(target, at, (short) (line[x] << low));
    }
  }
}
