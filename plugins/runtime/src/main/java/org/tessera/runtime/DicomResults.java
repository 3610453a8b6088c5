package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.dicom.result.EncapsulatedPdf;
import org.tessera.dicom.result.RegionMasks;
import org.tessera.dicom.result.ResultReport;
import org.tessera.dicom.result.SourceImage;
import org.tessera.explain.report.Artifact;
import org.tessera.explain.report.PdfReport;

/**
 * The result of a case as DICOM objects, where a DICOM image gives it a study: {@code report.dcm}
 * (SR), {@code seg.dcm} and, for images of further sizes, {@code seg-2.dcm} and so on, and {@code
 * report-pdf.dcm}, a page for archives that show no structured report.
 */
final class DicomResults {
  private static final Logger LOG = LoggerFactory.getLogger(DicomResults.class);

  private final List<SourceImage> images;

  private DicomResults(List<SourceImage> images) {
    this.images = List.copyOf(images);
  }

  /** The results of a case whose DICOM files are still there. */
  static DicomResults of(AssembledCase assembled) throws IOException {
    List<SourceImage> images = new ArrayList<>();
    for (Evidence each : assembled.patientCase().evidence()) {
      Path file = assembled.files().get(each.id());
      if (file != null && each.origin().mediaType().equals(DicomDecoder.MEDIA_TYPE)) {
        image(each.id(), file).ifPresent(images::add);
      }
    }
    return new DicomResults(images);
  }

  private static Optional<SourceImage> image(String input, Path file) throws IOException {
    try {
      return SourceImage.of(input, DicomFile.read(file).dataset());
    } catch (RejectedInputException e) {
      // It was read before: somebody changed the file meanwhile.
      LOG.warn("An input cannot be read again; no DICOM result refers to it.");
      return Optional.empty();
    }
  }

  /** What may leave, with the places of the images. */
  ReportedResult reported(CaseReport report, String seal) {
    Map<String, StudyReference> instances = new HashMap<>();
    images.forEach(each -> instances.put(each.input(), each.reference()));
    return ReportedResult.of(report, seal, instances);
  }

  /** Writes the objects; nothing if no image of the case is DICOM. */
  List<Artifact> write(
      CaseReport report, ReportedResult result, Optional<OffsetDateTime> made, Path out)
      throws IOException {
    List<Artifact> written = new ArrayList<>();
    Optional<Attributes> sr =
        ResultReport.write(result, report.model(), images, made);
    if (sr.isPresent()) {
      write(sr.get(), out.resolve("report.dcm"));
      written.add(new Artifact("report.dcm", "dicom-sr"));
    }
    int number = 0;
    for (Attributes masks :
        RegionMasks.write(result, report.model(), images, made)) {
      number++;
      String name = number == 1 ? "seg.dcm" : "seg-" + number + ".dcm";
      write(masks, out.resolve(name));
      written.add(new Artifact(name, "dicom-seg"));
    }
    if (sr.isPresent()) {
      byte[] page = PdfReport.of(report, result);
      Optional<Attributes> filed =
          EncapsulatedPdf.write(page, result, report.model(), images, made);
      if (filed.isPresent()) {
        write(filed.get(), out.resolve("report-pdf.dcm"));
        written.add(new Artifact("report-pdf.dcm", "dicom-pdf"));
      }
    }
    return written;
  }

  private static void write(Attributes object, Path file) throws IOException {
    try (DicomOutputStream stream = new DicomOutputStream(Files.newOutputStream(file))) {
      stream.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
    }
  }
}
