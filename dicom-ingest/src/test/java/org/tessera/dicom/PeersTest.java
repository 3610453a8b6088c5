package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.evidence.ObjectKind;
import org.tessera.dicom.image.DicomPixels;
import org.tessera.dicom.image.Window;

/** Pixels and pictures of the interoperability files against DCMTK and pydicom. */
@org.junit.jupiter.api.Tag("interop")
class PeersTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  /** Padding is left out of the range and black with us; DCMTK lets it widen the range. */
  private static final Set<String> PADDED =
      Set.of(
          "dicomParser--CT1_UNC.explicit_big_endian.dcm",
          "dicomParser--CT1_UNC.explicit_little_endian.dcm",
          "dicomParser--CT1_UNC.implicit_little_endian.dcm");

  @Test
  void picturesEqualThoseOfDcmtkWithinOneLevel(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.require("dcmj2pnm");
    int compared = 0;
    List<String> different = new ArrayList<>();
    for (Path file : TestData.interopFiles()) {
      String name = String.valueOf(file.getFileName());
      float[] ours;
      String window;
      try {
        DicomFile parsed = DicomFile.read(file);
        ObjectKind kind = ObjectKind.of(parsed);
        if (kind != ObjectKind.IMAGE || PADDED.contains(name)) {
          continue;
        }
        DicomPixels pixels = new DicomPixels(parsed, LIMITS);
        ours = pixels.readFrame(1).samples();
        Attributes image = parsed.dataset();
        window =
            pixels.channels() == 3
                ? ""
                : Window.of(image).isPresent() || !image.items(
                            Tag.SharedFunctionalGroupsSequence)
                        .isEmpty()
                    ? "+Wi 1"
                    : image.items(Tag.VOILUTSequence).isEmpty()
                        ? "+Wm"
                        : "+Wl 1";
      } catch (RejectedInputException e) {
        continue;
      }
      Path shown = folder.resolve("x.pnm");
      String command = "dcmj2pnm -q -O " + window + " '" + file + "' '" + shown + "'";
      if (Tool.run(List.of("sh", "-c", command)).exit() != 0) {
        continue;
      }
      compared++;
      long differences = Pnm.read(Files.readAllBytes(shown)).differences(ours, 1);
      if (differences > 0) {
        different.add(name + ": " + differences);
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThanOrEqualTo(90);
  }
}
