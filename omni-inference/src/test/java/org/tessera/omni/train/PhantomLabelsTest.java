package org.tessera.omni.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingCatalog;

class PhantomLabelsTest {
  private static LabelledRow row(boolean each) {
    return new LabelledRow(
        "phantom",
        each ? "yes" : "no",
        Map.of(),
        "P",
        "train",
        Map.of("phantom-opacity", each, "phantom-crackles", each, "phantom-atypia", each),
        Map.of(),
        Map.of(
            PhantomLabels.NOTE_FEVER,
            each,
            PhantomLabels.NOTE_CRACKLES,
            each,
            PhantomLabels.RECORD_OPACITY,
            each),
        Map.of("machine", "M", "fever_wording", "denied 3", "crackle_wording", "none 1"));
  }

  @Test
  void aFindingHasTheLooksThatItIsToldBy() {
    assertThat(row(true).looksOf("phantom-opacity")).containsOnlyKeys("machine");
    assertThat(row(true).looksOf("phantom-infection"))
        .containsOnlyKeys("machine", "fever_wording");
    assertThat(row(true).looksOf("phantom-mismatch"))
        .containsExactly(Map.entry("crackle_wording", "none 1"));
    assertThat(row(true).looksOf("phantom-atypia")).isEmpty();
    assertThat(row(true).looksOf("cough")).isEmpty();
  }

  /** Evidence of the phantom that has everything where the modality is one of these. */
  private static Function<Modality, LabelledRow> yesIn(Modality... modalities) {
    return modality -> row(List.of(modalities).contains(modality));
  }

  @Test
  void aFindingOfOneModalityFollowsItsOwner() {
    Function<Modality, LabelledRow> mixed = yesIn(Modality.IMAGE, Modality.SLIDE);
    assertThat(PhantomLabels.of("phantom-opacity", mixed)).contains(true);
    assertThat(PhantomLabels.of("phantom-atypia", mixed)).contains(true);
    assertThat(PhantomLabels.of("phantom-crackles", mixed)).contains(false);
  }

  @Test
  void infectionNeedsBothAndDisagreementExactlyOne() {
    assertThat(PhantomLabels.of("phantom-infection", yesIn(Modality.IMAGE, Modality.NOTE)))
        .contains(true);
    assertThat(PhantomLabels.of("phantom-infection", yesIn(Modality.IMAGE))).contains(false);
    assertThat(PhantomLabels.of("phantom-discordance", yesIn(Modality.IMAGE))).contains(true);
    assertThat(PhantomLabels.of("phantom-discordance", yesIn(Modality.RECORD))).contains(true);
    assertThat(PhantomLabels.of("phantom-discordance", yesIn(Modality.IMAGE, Modality.RECORD)))
        .contains(false);
    assertThat(PhantomLabels.of("phantom-mismatch", yesIn(Modality.NOTE))).contains(true);
    assertThat(PhantomLabels.of("phantom-mismatch", yesIn())).contains(false);
  }

  @Test
  void everyPhantomFindingOfTheCatalogHasARule() {
    for (String key : FindingCatalog.keys()) {
      Optional<Boolean> label = PhantomLabels.of(key, yesIn(Modality.values()));
      assertThat(label.isPresent()).as(key).isEqualTo(key.startsWith("phantom-"));
    }
  }
}
