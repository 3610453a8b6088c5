package org.tessera.runtime.bench;

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
import org.tessera.runtime.Phantoms;
import org.tessera.validation.phantom.PhantomConditions;

/** Studies of the radiographs of a few phantoms, each under identities of its own. */
final class PhantomStudies {
  /** Images of a study: copies of one radiograph, as objects of their own. */
  static final int IMAGES = 2;

  private static final int PHANTOMS = 6;
  private static final long SEED = 20_261_205;

  private final Path folder;
  private final List<Path> radiographs;
  private int made;

  private PhantomStudies(Path folder, List<Path> radiographs) {
    this.folder = folder;
    this.radiographs = List.copyOf(radiographs);
  }

  /** Draws the phantoms. */
  static PhantomStudies in(Path folder) throws IOException {
    Path drawn = folder.resolve("drawn");
    Phantoms.write(drawn, SEED, PHANTOMS, PhantomConditions.Odds.NONE, done -> {});
    try (Stream<Path> walk = Files.walk(drawn)) {
      return new PhantomStudies(
          folder, walk.filter(each -> each.endsWith("image.dcm")).sorted().toList());
    }
  }

  /**
   * A study to be sent.
   *
   * @param uid Study Instance UID
   * @param files its objects
   */
  record Study(String uid, List<Path> files) {
    Study {
      files = List.copyOf(files);
    }
  }

  /**
   * A new study of the phantom whose turn it is.
   *
   * @param pass tells whose turn it is
   * @param name of its folder
   * @param counted true if the objects say how many there are
   */
  Study next(int pass, String name, boolean counted) throws IOException, RejectedInputException {
    made++;
    String uid = "2.25.8" + String.format("%06d", made);
    Attributes image =
        DicomFile.read(radiographs.get(Math.floorMod(pass, radiographs.size()))).dataset();
    image
        .setString(Tag.StudyInstanceUID, VR.UI, uid)
        .setString(Tag.SeriesInstanceUID, VR.UI, uid + "1")
        .setString(Tag.PatientID, VR.LO, "PHANTOM-" + made);
    if (counted) {
      image.setString(Tag.NumberOfStudyRelatedInstances, VR.IS, Integer.toString(IMAGES));
    }
    Path sent = Files.createDirectories(folder.resolve(name));
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= IMAGES; i++) {
      image
          .setString(Tag.SOPInstanceUID, VR.UI, uid + "1" + i)
          .setInteger(Tag.InstanceNumber, VR.IS, i);
      Path file = sent.resolve("image" + i + ".dcm");
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
        out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
      }
      files.add(file);
    }
    return new Study(uid, files);
  }
}
