package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/**
 * JPEG-LS, lossless and near-lossless (ITU-T T.87), with the default parameters: cells of 8 or 16
 * bits and up to four components.
 *
 * <p>The stream has as many bits per sample as are stored, or all allocated ones if a cell has bits
 * beyond (a sign, an old overlay): what is decoded equals the cells, not only their stored bits.
 */
public final class JpegLsEncoder implements FrameEncoder {
  private static final int LEAST_BITS = 2;

  /** How the components of a pixel follow each other (T.87 C.2.3). */
  public enum Interleave {
    /** One scan per component. */
    NONE,
    /** Line by line. */
    LINE,
    /** Pixel by pixel. */
    SAMPLE
  }

  private final int near;
  private final Interleave interleave;
  private final int restartLines;

  /** Lossless, components line by line. */
  public JpegLsEncoder() {
    this(0, Interleave.LINE);
  }

  /**
   * With a bound of the error.
   *
   * @param near largest difference of a decoded value, 0 (lossless) to 255
   * @param interleave of several components
   */
  public JpegLsEncoder(int near, Interleave interleave) {
    this(near, interleave, 0);
  }

  JpegLsEncoder(int near, Interleave interleave, int restartLines) {
    if (near < 0 || near > 255) {
      throw new IllegalArgumentException("The largest difference is 0 to 255.");
    }
    this.near = near;
    this.interleave = interleave;
    this.restartLines = restartLines;
  }

  @Override
  public byte[] encode(byte[] cells, PixelFormat format) throws RejectedInputException {
    if (format.bitsAllocated() != 8 && format.bitsAllocated() != 16) {
      throw new RejectedInputException(
          "JPEG-LS holds cells of 8 or 16 bits, not of %d.".formatted(format.bitsAllocated()));
    }
    int precision = precision(cells, format);
    int maxValue = (1 << precision) - 1;
    if (near > Math.min(255, maxValue / 2)) {
      throw new RejectedInputException(
          "Values of %d bits cannot have an error of %d.".formatted(precision, near));
    }
    JpegLsBitWriter out = new JpegLsBitWriter(cells.length / 2 + 64);
    frame(out, format, precision);
    JpegLsPreset preset = JpegLsPreset.of(maxValue, near);
    int samples = format.samples();
    if (interleave == Interleave.NONE || samples == 1) {
      for (int component = 0; component < samples; component++) {
        scan(out, cells, format, preset, component, 1);
      }
    } else {
      scan(out, cells, format, preset, 0, samples);
    }
    out.bytes(0xFF, 0xD9);
    return out.evenBytes();
  }

  private static int precision(byte[] cells, PixelFormat format) {
    int stored = Math.max(LEAST_BITS, format.bitsStored());
    int used = 0;
    int width = format.valueBytes();
    for (int at = 0; at < cells.length; at += width) {
      used |= cell(cells, at, width);
    }
    return used >>> stored == 0 ? stored : format.bitsAllocated();
  }

  private static int cell(byte[] cells, int at, int width) {
    return width == 1 ? cells[at] & 0xFF : cells[at] & 0xFF | (cells[at + 1] & 0xFF) << 8;
  }

  private void frame(JpegLsBitWriter out, PixelFormat format, int precision) {
    int samples = format.samples();
    out.bytes(0xFF, 0xD8, 0xFF, 0xF7, 0, 8 + 3 * samples, precision);
    out.bytes(format.rows() >> 8, format.rows(), format.columns() >> 8, format.columns(), samples);
    for (int component = 1; component <= samples; component++) {
      out.bytes(component, 0x11, 0);
    }
    if (restartLines > 0) {
      out.bytes(0xFF, 0xDD, 0, 4, restartLines >> 8, restartLines);
    }
  }

  private void scan(
      JpegLsBitWriter out,
      byte[] cells,
      PixelFormat format,
      JpegLsPreset preset,
      int first,
      int count) {
    boolean bySample = count > 1 && interleave == Interleave.SAMPLE;
    out.bytes(0xFF, 0xDA, 0, 6 + 2 * count, count);
    for (int component = first; component < first + count; component++) {
      out.bytes(component + 1, 0);
    }
    out.bytes(near, count == 1 ? 0 : interleave.ordinal(), 0);
    JpegLsScanWriter lines =
        new JpegLsScanWriter(
            new JpegLsContexts(preset), count, format.columns(), bySample, out);
    int width = format.valueBytes();
    int step = format.samples() * width;
    for (int row = 0; row < format.rows(); row++) {
      if (restartLines > 0 && row > 0 && row % restartLines == 0) {
        out.flush();
        out.bytes(0xFF, 0xD0 + (row / restartLines - 1 & 7));
        lines.restart();
      }
      for (int i = 0; i < count; i++) {
        int[] line = lines.line(i);
        int at = row * format.columns() * step + (first + i) * width;
        for (int x = 1; x <= format.columns(); x++) {
          line[x] = cell(cells, at, width);
          at += step;
        }
      }
      lines.writeLine();
    }
    out.flush();
  }
}
