package org.tessera.runtime.deliver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;

/** What of the folder of a result can be sent. */
final class ResultFiles {
  private ResultFiles() {}

  /**
   * An object to send.
   *
   * @param kind {@code sr}, {@code seg}, {@code pdf} or {@code fhir}
   * @param file its name in the folder
   * @param object SOP Instance UID, or the seal of a bundle
   */
  record Sendable(String kind, String file, String object) {}

  /** The objects of a result; the report comes first. */
  static List<Sendable> in(Path folder, String seal) throws IOException {
    List<Sendable> objects = new ArrayList<>();
    if (Files.exists(folder.resolve("report.dcm"))) {
      objects.add(dicom("sr", folder.resolve("report.dcm")));
    }
    List<Path> masks;
    try (Stream<Path> files = Files.list(folder)) {
      masks =
          files
              .filter(each -> name(each).matches("seg(-\\d+)?\\.dcm"))
              .sorted()
              .toList();
    }
    for (Path each : masks) {
      objects.add(dicom("seg", each));
    }
    if (Files.exists(folder.resolve("report-pdf.dcm"))) {
      objects.add(dicom("pdf", folder.resolve("report-pdf.dcm")));
    }
    if (Files.exists(folder.resolve("bundle.json"))) {
      objects.add(new Sendable("fhir", "bundle.json", seal));
    }
    return objects;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Sendable dicom(String kind, Path file) throws IOException {
    try {
      String uid = DicomFile.read(file).dataset().string(Tag.SOPInstanceUID).orElse("");
      return new Sendable(kind, name(file), uid);
    } catch (RejectedInputException e) {
      throw new IOException("A result on the disk cannot be read again.", e);
    }
  }
}
