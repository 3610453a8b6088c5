package org.tessera.dicom.codec;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/** One scan of the sequential DCT processes with Huffman coding (ITU-T T.81 F.2). */
final class DctScan {
  private final JpegHeader header;
  private final JpegHeader.Scan scan;
  private final EntropyBits bits;
  private final int[] block = new int[64];
  private final Idct idct;

  DctScan(JpegHeader header, JpegHeader.Scan scan, EntropyBits bits) {
    this.header = header;
    this.scan = scan;
    this.bits = bits;
    this.idct = new Idct(header.precision);
  }

  /** Sizes the planes of the components: whole blocks of whole MCUs (T.81 A.1.1, A.2.4). */
  static void prepare(JpegHeader header) {
    int widest = 1;
    int tallest = 1;
    for (JpegComponent component : header.components) {
      widest = Math.max(widest, component.horizontal);
      tallest = Math.max(tallest, component.vertical);
    }
    for (JpegComponent component : header.components) {
      component.width = ceiling(header.width * component.horizontal, widest);
      component.height = ceiling(header.height * component.vertical, tallest);
      component.stride = ceiling(header.width, 8 * widest) * 8 * component.horizontal;
      component.paddedHeight = ceiling(header.height, 8 * tallest) * 8 * component.vertical;
      component.plane = new short[component.stride * component.paddedHeight];
    }
  }

  private static int ceiling(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  void decode() throws RejectedInputException {
    boolean single = scan.components().size() == 1;
    JpegComponent first = scan.components().getFirst();
    int across =
        single
            ? ceiling(first.width, 8)
            : first.stride / (8 * first.horizontal);
    int down =
        single
            ? ceiling(first.height, 8)
            : first.paddedHeight / (8 * first.vertical);
    int units = across * down;
    for (int unit = 0; unit < units; unit++) {
      if (header.restartInterval > 0 && unit % header.restartInterval == 0) {
        if (unit > 0) {
          bits.restart();
        }
        header.components.forEach(component -> component.prediction = 0);
      } else if (unit == 0) {
        header.components.forEach(component -> component.prediction = 0);
      }
      int column = unit % across;
      int row = unit / across;
      if (single) {
        decodeBlock(first, column, row);
      } else {
        decodeUnit(column, row);
      }
    }
  }

  private void decodeUnit(int column, int row) throws RejectedInputException {
    for (JpegComponent component : scan.components()) {
      for (int v = 0; v < component.vertical; v++) {
        for (int h = 0; h < component.horizontal; h++) {
          decodeBlock(
              component, column * component.horizontal + h, row * component.vertical + v);
        }
      }
    }
  }

  private void decodeBlock(JpegComponent component, int column, int row)
      throws RejectedInputException {
    int[] quantization = header.quantization[component.quantization];
    if (quantization == null) {
      throw new RejectedInputException("The JPEG stream uses a quantization table that it lacks.");
    }
    HuffmanTable dc = JpegHeader.required(header.dc, component.dcTable);
    HuffmanTable ac = JpegHeader.required(header.ac, component.acTable);
    Arrays.fill(block, 0);
    int category = dc.next(bits);
    if (category > 16) {
      throw new RejectedInputException("The JPEG stream is damaged.");
    }
    component.prediction += bits.difference(category);
    block[0] = component.prediction * quantization[0];
    for (int k = 1; k < 64; k++) {
      int symbol = ac.next(bits);
      int size = symbol & 15;
      int run = symbol >> 4;
      if (size == 0) {
        if (run != 15) {
          break;
        }
        k += 15;
        continue;
      }
      k += run;
      if (k > 63) {
        throw new RejectedInputException("The JPEG stream is damaged.");
      }
      int place = JpegHeader.ZIGZAG[k];
      block[place] = bits.difference(size) * quantization[place];
    }
    idct.transform(block, component.plane, row * 8 * component.stride + column * 8,
        component.stride);
  }
}
