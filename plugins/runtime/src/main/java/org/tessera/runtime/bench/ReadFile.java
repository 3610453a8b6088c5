package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;

/**
 * A file of the workload.
 *
 * @param path where it is
 * @param syntax name of its transfer syntax
 * @param lossy true if its pixels were compressed with loss, or need a colour conversion
 * @param valueBytes bytes per value of its pixels
 */
record ReadFile(Path path, String syntax, boolean lossy, int valueBytes) {

  static ReadFile of(Path path) throws IOException {
    try {
      DicomFile file = DicomFile.read(path);
      String photometric = file.dataset().string(Tag.PhotometricInterpretation).orElse("");
      TransferSyntax syntax = file.syntax();
      boolean lossy =
          switch (syntax.uid()) {
            case UID.JPEGBaseline8Bit,
                UID.JPEGExtended12Bit,
                UID.JPEGLSNearLossless,
                UID.JPEG2000,
                UID.HTJ2K ->
                true;
            default -> photometric.startsWith("YBR");
          };
      int bits = file.dataset().integer(Tag.BitsAllocated, 8);
      return new ReadFile(path, syntax.name(), lossy, Math.max(1, bits / 8));
    } catch (RejectedInputException e) {
      return new ReadFile(path, "refused", false, 1);
    }
  }
}
