package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.slide.DicomSlide;
import org.tessera.dicom.slide.Slide;
import org.tessera.dicom.slide.TiffSlide;

/** Opens slide files without hashing them first, as a case does. */
final class SlideOpener {
  private SlideOpener() {}

  /** Opens a TIFF file or a DICOM whole slide. */
  static Slide open(Path file) throws IOException, RejectedInputException {
    if (!file.toString().endsWith(".dcm")) {
      return TiffSlide.open(file);
    }
    DicomFile dicom = DicomFile.read(file);
    String kind = dicom.dataset().string(Tag.SOPClassUID).orElse("");
    if (!kind.equals(UID.VLWholeSlideMicroscopyImageStorage)) {
      throw new RejectedInputException("The file is no slide.");
    }
    return DicomSlide.open(dicom, Optional.of(file), ParseLimits.standard());
  }

  /** Empty where it cannot be opened. */
  static Optional<Slide> tryOpen(Path file) {
    try {
      return Optional.of(open(file));
    } catch (IOException | RejectedInputException e) {
      return Optional.empty();
    }
  }

  static SlideEvidence evidence(Path file) throws IOException, RejectedInputException {
    Slide slide = open(file);
    EvidenceOrigin origin =
        new EvidenceOrigin(
            "I1",
            "slide",
            "image/tiff",
            "0".repeat(64),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new SlideEvidence(origin, slide, slide.micronsPerPixel());
  }
}
