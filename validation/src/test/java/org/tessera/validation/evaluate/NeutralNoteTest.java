package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.signal.RasterDecoder;
import org.tessera.omni.train.LabelledData;

class NeutralNoteTest {
  @TempDir Path folder;

  @Test
  void itMovesNothingInAModelThatIgnoresNotes() throws IOException, RejectedInputException {
    assertThat(shift(0)).containsExactly(Map.entry("bacterial-pneumonia", 0.0));
  }

  @Test
  void itShowsUpInAModelThatTakesANoteForASign() throws IOException, RejectedInputException {
    assertThat(shift(1.0).get("bacterial-pneumonia")).isEqualTo(0.2, within(0.06));
    assertThat(shift(-1.0).get("bacterial-pneumonia")).as("in either direction").isPositive();
  }

  private Map<String, Double> shift(double perNote) throws IOException, RejectedInputException {
    DrawnSet.draw(folder, 20, false);
    RowReader reader = new RowReader(List.of(new RasterDecoder()), TestFile::new);
    List<PatientCase> cases = new ArrayList<>();
    for (var row : LabelledData.read(folder).subList(0, 20)) {
      cases.add(reader.read(row).patientCase());
    }
    return NeutralNote.meanShift(new CentreModel(perNote), new CanvasSequencer(), cases);
  }
}
