package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.evaluate.NeutralNote;

class NeutralNoteTest {

  @Test
  void aNeutralNoteMovesNoImagingProbabilityOnFiftyTestRadiographs() throws Exception {
    Path data = SharedData.folder().resolve("cxr-kermany");
    LabelledFiles files = new LabelledFiles();
    List<PatientCase> cases = new ArrayList<>();
    List<LabelledRow> test =
        LabelledData.read(data).stream().filter(row -> row.split().equals("test")).toList();
    for (int i = 0; i < 50; i++) {
      LabelledRow row = test.get(i * test.size() / 50);
      Path image = row.files().values().iterator().next();
      cases.add(
          new PatientCase(
              row.id(),
              Optional.empty(),
              files.read(image, Modality.IMAGE),
              List.of(),
              false));
    }
    try (OmniModel model = Models.shipped().open()) {
      Map<String, Double> shifts =
          NeutralNote.meanShift(model, SequenceBuilder::build, cases);
      assertThat(shifts).containsKeys("bacterial-pneumonia", "pneumonia", "phantom-opacity");
      assertThat(shifts.values()).allSatisfy(shift -> assertThat(shift).isLessThanOrEqualTo(0.05));
    }
  }
}
