package org.tessera.dicom.codec;

import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;

/** One scan of the sequential DCT processes with Huffman coding (ITU-T T.81 F.2). */
final class DctScan {
  private final JpegHeader header;
  private final EntropyBits bits;
  private final Part[] parts;
  private final int[] block = new int[64];
  private final Idct idct;

  /** Opens a scan of an image that was {@link #prepare prepared}. */
  DctScan(JpegHeader header, JpegHeader.Scan scan, EntropyBits bits)
      throws RejectedInputException {
    this.header = header;
    this.bits = bits;
    this.idct = new Idct(header.precision);
    this.parts = new Part[scan.components().size()];
    int widest = JpegHeader.widest(header.components);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = part(scan.components().get(i), widest);
    }
  }

  /** Sizes the components: whole blocks of whole MCUs (T.81 A.1.1, A.2.4). */
  static void prepare(JpegHeader header) {
    int widest = JpegHeader.widest(header.components);
    int tallest = JpegHeader.tallest(header.components);
    for (JpegComponent component : header.components) {
      component.width = ceiling(header.width * component.horizontal, widest);
      component.height = ceiling(header.height * component.vertical, tallest);
      component.stride = ceiling(header.width, 8 * widest) * 8 * component.horizontal;
      component.paddedHeight = ceiling(header.height, 8 * tallest) * 8 * component.vertical;
    }
  }

  private static int ceiling(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  /** A component of the scan with the tables that it is decoded with. */
  private record Part(
      JpegComponent component, int[] steps, HuffmanTable dc, HuffmanTable ac, ComponentRows rows) {}

  private Part part(JpegComponent component, int widest) throws RejectedInputException {
    int[] steps = header.quantization[component.quantization];
    if (steps == null) {
      throw new RejectedInputException(
          "The JPEG stream uses a quantization table that it lacks.");
    }
    boolean apart = widest == 2 && component.horizontal == 2;
    return new Part(
        component,
        steps,
        JpegHeader.required(header.dc, component.dcTable),
        JpegHeader.required(header.ac, component.acTable),
        new ComponentRows(2 * 8 * component.vertical, component.stride, apart));
  }

  /** Where the lines of each component will be. */
  List<ComponentRows> rows() {
    return Arrays.stream(parts).map(Part::rows).toList();
  }

  /**
   * Decodes the scan.
   *
   * @param target takes lines once they are there
   */
  void decode(InterleavedRows target) throws RejectedInputException {
    boolean single = parts.length == 1;
    JpegComponent first = parts[0].component;
    int across =
        single
            ? ceiling(first.width, 8)
            : first.stride / (8 * first.horizontal);
    int down =
        single
            ? ceiling(first.height, 8)
            : first.paddedHeight / (8 * first.vertical);
    int untilRestart = header.restartInterval;
    clearPredictions();
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        if (header.restartInterval > 0 && untilRestart-- == 0) {
          untilRestart = header.restartInterval - 1;
          bits.restart();
          clearPredictions();
        }
        if (single) {
          decodeBlock(parts[0], column, row);
        } else {
          decodeUnit(column, row);
        }
      }
      target.write(row + 1);
    }
  }

  private void clearPredictions() {
    header.components.forEach(component -> component.prediction = 0);
  }

  private void decodeUnit(int column, int row) throws RejectedInputException {
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
    long places = bits.coefficients(part.ac, part.steps, block);
    if (places == 0) {
      part.rows.fill(8 * row, 8 * column, idct.flat(first));
    } else {
      block[0] = first;
      idct.transform(block, places);
      idct.write(block, part.rows, 8 * row, 8 * column);
      Arrays.fill(block, 0);
    }
  }
}
