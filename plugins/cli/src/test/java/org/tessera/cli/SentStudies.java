package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;

/** Studies to send, each of several copies of the radiograph of a phantom. */
final class SentStudies {
  private SentStudies() {}

  /** Draws three phantoms, where there is somebody to send and to receive them. */
  static void drawPhantoms(Path drawn) {
    assumeTrue(Peers.isInstalled("storescu"), "storescu is not installed");
    assumeTrue(RunningOrthanc.program().isPresent(), "Orthanc is not installed");
    Shell shell =
        Shell.run("phantom", "--n", "3", "--seed", "77", "--out", drawn.toString());
    assertThat(shell.exit()).as(shell.err()).isZero();
  }

  /**
   * Draws them.
   *
   * @param folder for phantoms and files
   * @return files in the order of studies; each says how many objects its study has, so that a case
   *     is complete when they are there
   */
  static List<Path> draw(Path folder, int studies, int images)
      throws IOException, RejectedInputException {
    Path drawn = folder.resolve("drawn");
    Shell shell =
        Shell.run(
            "phantom", "--n", Integer.toString(studies), "--seed", "5", "--out", drawn.toString());
    assertThat(shell.exit()).as(shell.err()).isZero();
    List<Path> radiographs;
    try (Stream<Path> walk = Files.walk(drawn)) {
      radiographs = walk.filter(each -> each.endsWith("image.dcm")).sorted().toList();
    }
    Path sent = Files.createDirectory(folder.resolve("sent"));
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < studies; i++) {
      Attributes image = DicomFile.read(radiographs.get(i)).dataset();
      image.setString(Tag.NumberOfStudyRelatedInstances, VR.IS, Integer.toString(images));
      for (int j = 0; j < images; j++) {
        image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.7%03d%03d".formatted(i, j));
        image.setString(Tag.InstanceNumber, VR.IS, Integer.toString(j + 1));
        Path file = sent.resolve("%03d-%03d.dcm".formatted(i, j));
        try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
          out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
        }
        files.add(file);
      }
    }
    return files;
  }
}
