package org.tessera.dicom.codec;

import java.util.HashSet;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;

/**
 * JPEG-LS, lossless and near-lossless (ITU-T T.87): 2 to 16 bits, up to four components, all three
 * interleave modes, restart markers. In Java: no library of the registry decodes it, and a damaged
 * stream costs an exception, never the process.
 */
public final class JpegLsDecoder implements FrameDecoder {

  @Override
  public byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException {
    if (code.length < 4 || code[0] != (byte) 0xFF || code[1] != (byte) 0xD8) {
      throw new RejectedInputException("The pixel data are not a JPEG-LS stream.");
    }
    JpegLsHeader header = new JpegLsHeader(code);
    byte[] target = null;
    Set<Integer> seen = new HashSet<>();
    int at = 2;
    while (target == null || seen.size() < format.samples()) {
      JpegLsHeader.Scan scan = header.nextScan(at);
      if (target == null) {
        requireShape(header, format);
        target = new byte[(int) format.frameBytes()];
      }
      for (int component : scan.components()) {
        if (!seen.add(component)) {
          throw new RejectedInputException("The JPEG-LS stream is damaged.");
        }
      }
      at = decode(code, header, scan, target, format);
    }
    return target;
  }

  private static int decode(
      byte[] code, JpegLsHeader header, JpegLsHeader.Scan scan, byte[] target, PixelFormat format)
      throws RejectedInputException {
    int[] components = scan.components();
    JpegLsBits bits = new JpegLsBits(code, scan.dataAt());
    JpegLsScan lines =
        new JpegLsScan(
            new JpegLsContexts(scan.preset()),
            components.length,
            format.columns(),
            scan.interleave() == 2,
            bits);
    int interval = header.restartInterval;
    for (int row = 0; row < format.rows(); row++) {
      if (interval > 0 && row > 0 && row % interval == 0) {
        bits = new JpegLsBits(code, behindRestart(code, bits.markerPosition(), row / interval));
        lines.restart(bits);
      }
      lines.readLine();
      for (int i = 0; i < components.length; i++) {
        write(lines.line(i), components[i], row, target, format);
      }
    }
    return bits.markerPosition();
  }

  private static int behindRestart(byte[] code, int at, int number) throws RejectedInputException {
    if (at + 1 >= code.length || (code[at + 1] & 0xFF) != 0xD0 + (number - 1 & 7)) {
      throw new RejectedInputException("The JPEG-LS stream is damaged.");
    }
    return at + 2;
  }

  private static void write(
      int[] line, int component, int row, byte[] target, PixelFormat format) {
    int width = format.valueBytes();
    int step = format.samples() * width;
    int at = row * format.columns() * step + component * width;
    for (int x = 1; x <= format.columns(); x++) {
      target[at] = (byte) line[x];
      if (width > 1) {
        target[at + 1] = (byte) (line[x] >> 8);
      }
      at += step;
    }
  }

  private static void requireShape(JpegLsHeader header, PixelFormat format)
      throws RejectedInputException {
    if (header.columns != format.columns()
        || header.rows != format.rows()
        || header.components() != format.samples()) {
      throw new RejectedInputException(
          ("The JPEG-LS stream has %d x %d pixels of %d samples, "
                  + "the data set promises %d x %d of %d.")
              .formatted(
                  header.columns,
                  header.rows,
                  header.components(),
                  format.columns(),
                  format.rows(),
                  format.samples()));
    }
    if (header.precision > format.bitsAllocated() || format.valueBytes() > 2) {
      throw new RejectedInputException(
          "The JPEG-LS stream has %d bits per sample, the data set has room for %d."
              .formatted(header.precision, format.bitsAllocated()));
    }
  }
}
