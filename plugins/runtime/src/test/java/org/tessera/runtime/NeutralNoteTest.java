package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;

/** That a note is present must never mean disease: asked of the model that ships, on real images. */
class NeutralNoteTest {
  private static final int RADIOGRAPHS = 50;
  private static final double MOST = 0.05;

  @TempDir private Path folder = Path.of("");

  @Test
  void aNeutralNoteMovesNoImagingProbabilityByMoreThanFivePercentOnAverage() throws Exception {
    List<LabelledRow> rows =
        LabelledData.read(SharedData.folder().resolve("cxr-kermany")).stream()
            .filter(row -> row.split().equals("test"))
            .limit(RADIOGRAPHS)
            .toList();
    assertThat(rows).hasSize(RADIOGRAPHS);
    Path note = Files.writeString(folder.resolve("note.txt"), "Chest radiograph, frontal view.");
    LabelledFiles files = new LabelledFiles();
    List<Evidence> said = files.read(note, Modality.NOTE);
    try (OmniModel model = Models.shipped().open()) {
      double[] moved = new double[model.findings().size()];
      for (LabelledRow row : rows) {
        Path image = Optional.ofNullable(row.files().get(Modality.IMAGE)).orElseThrow();
        List<Evidence> seen = files.read(image, Modality.IMAGE);
        double[] alone = probabilities(model, seen, List.of());
        double[] both = probabilities(model, seen, said);
        for (int f = 0; f < moved.length; f++) {
          moved[f] += Math.abs(both[f] - alone[f]) / RADIOGRAPHS;
        }
      }
      List<String> imaging = new ArrayList<>();
      for (int f = 0; f < moved.length; f++) {
        FindingProfile profile = model.findings().get(f);
        if (profile.decidedBy().equals(Set.of(Modality.IMAGE))) {
          imaging.add(profile.key());
          assertThat(moved[f]).as(profile.key()).isLessThanOrEqualTo(MOST);
        }
      }
      assertThat(imaging).contains("bacterial-pneumonia", "pneumonia");
    }
  }

  private static double[] probabilities(
      OmniModel model, List<Evidence> image, List<Evidence> note) {
    List<Evidence> evidence = new ArrayList<>(image);
    evidence.addAll(note);
    PatientCase patientCase =
        new PatientCase("neutral", Optional.empty(), evidence, List.of(), true);
    float[] logits =
        model.logits(List.of(Pass.whole(model.encode(SequenceBuilder.build(patientCase)))))[0];
    double[] probabilities = new double[logits.length];
    for (int f = 0; f < logits.length; f++) {
      probabilities[f] = 1 / (1 + Math.exp(-logits[f]));
    }
    return probabilities;
  }
}
