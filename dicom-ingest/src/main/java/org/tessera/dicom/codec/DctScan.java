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

  /** A component of the scan with the tables that it is decoded with. */
  private record Part(
      JpegComponent component, int[] steps, HuffmanTable dc, HuffmanTable ac) {}

  private Part[] parts() throws RejectedInputException {
    Part[] parts = new Part[scan.components().size()];
    for (int i = 0; i < parts.length; i++) {
      JpegComponent component = scan.components().get(i);
      int[] steps = header.quantization[component.quantization];
      if (steps == null) {
        throw new RejectedInputException(
            "The JPEG stream uses a quantization table that it lacks.");
      }
      parts[i] =
          new Part(
              component,
              steps,
              JpegHeader.required(header.dc, component.dcTable),
              JpegHeader.required(header.ac, component.acTable));
    }
    return parts;
  }

  void decode() throws RejectedInputException {
    Part[] parts = parts();
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
        decodeBlock(parts[0], column, row);
      } else {
        decodeUnit(parts, column, row);
      }
    }
  }

  private void decodeUnit(Part[] parts, int column, int row) throws RejectedInputException {
    for (Part part : parts) {
      JpegComponent component = part.component;
      for (int v = 0; v < component.vertical; v++) {
        for (int h = 0; h < component.horizontal; h++) {
          decodeBlock(
              part, column * component.horizontal + h, row * component.vertical + v);
        }
      }
    }
  }

  private void decodeBlock(Part part, int column, int row) throws RejectedInputException {
    JpegComponent component = part.component;
    component.prediction += bits.difference(part.dc);
    int first = component.prediction * part.steps[0];
    int at = row * 8 * component.stride + column * 8;
    long places = bits.coefficients(part.ac, part.steps, block);
    if (places == 0) {
      idct.flat(first, component.plane, at, component.stride);
    } else {
      block[0] = first;
      idct.transform(block, places, component.plane, at, component.stride);
      Arrays.fill(block, 0);
    }
  }
}
