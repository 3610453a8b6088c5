package org.tessera.dicom.codec;

import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * An image of the sequential DCT processes (ITU-T T.81 F), decoded one row of MCUs after the other:
 * its components are never in memory as a whole.
 *
 * @param header read up to the first scan
 * @param height rows to write; those below are decoded and dropped
 * @param colours turn three samples of 8 bits into RGB; if empty, they stay
 * @param valueBytes 1 or 2 for each value, little endian
 */
record DctImage(
    JpegHeader header, int height, Optional<YbrColours> colours, int valueBytes) {

  /**
   * Decodes all scans.
   *
   * @param scan the first one; empty if there is none
   * @param target {@code width * height * components * valueBytes} long
   * @throws RejectedInputException if the stream is damaged or does not hold all components
   */
  void decode(byte[] code, Optional<JpegHeader.Scan> scan, byte[] target)
      throws RejectedInputException {
    DctScan.prepare(header);
    int samples = header.components.size();
    boolean together = scan.isPresent() && scan.get().components().size() == samples;
    int seen = 0;
    for (Optional<JpegHeader.Scan> next = scan; next.isPresent(); ) {
      JpegHeader.Scan here = next.get();
      EntropyBits bits = new EntropyBits(code, here.dataAt());
      DctScan reader = new DctScan(header, here, bits);
      InterleavedRows rows =
          new InterleavedRows(this, here.components(), reader.rows(), together, target);
      reader.decode(rows);
      seen += here.components().size();
      next = seen < samples ? header.nextScan(bits.markerPosition()) : Optional.empty();
    }
    if (seen < samples) {
      throw new RejectedInputException("The JPEG stream is cut off.");
    }
    if (!together) {
      colours.ifPresent(each -> each.toRgb(target));
    }
  }
}
