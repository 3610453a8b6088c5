package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RecordFact;

class PhantomGeneratorTest {
  @Test
  void aCaseDependsOnSeedWorldAndIndexAlone() {
    PhantomGenerator busy = new PhantomGenerator(4, PhantomWorld.TRAIN);
    busy.generate(1);
    busy.generate(2);
    PhantomCase late = busy.generate(3);
    PhantomCase alone = new PhantomGenerator(4, PhantomWorld.TRAIN).generate(3);
    assertThat(late.radiograph().samples()).isEqualTo(alone.radiograph().samples());
    assertThat(late.sound()).isEqualTo(alone.sound());
    assertThat(late.note()).isEqualTo(alone.note());
    assertThat(late.facts()).isEqualTo(alone.facts());
    assertThat(late.truth()).isEqualTo(alone.truth());
    assertThat(late.study()).isEqualTo(alone.study());
    assertThat(new PhantomGenerator(5, PhantomWorld.TRAIN).generate(3).note())
        .isNotEqualTo(alone.note());
    assertThat(new PhantomGenerator(4, PhantomWorld.VALIDATION).generate(3).note())
        .isNotEqualTo(alone.note());
  }

  @Test
  void aDemonstrationCaseIsFoundByItsCauses() {
    PhantomCase found =
        new PhantomGenerator(1, PhantomWorld.TEST)
            .firstWhere(
                causes ->
                    causes.has(PhantomFinding.INFECTION) && !causes.has(PhantomFinding.CRACKLES))
            .orElseThrow();
    assertThat(found.truth().opacities()).isNotEmpty();
    assertThat(found.truth().feverWords()).isNotEmpty();
    assertThat(found.truth().crackles()).isEmpty();
    assertThat(new PhantomGenerator(1, PhantomWorld.TEST).firstWhere(causes -> false)).isEmpty();
  }

  @Test
  void everyoneIsPlainlyAPhantom() {
    PhantomCase drawn = new PhantomGenerator(1, PhantomWorld.TRAIN).generate(12);
    assertThat(drawn.patient().id()).contains("PHANTOM-TRAIN0012");
    assertThat(drawn.patient().name()).contains("PHANTOM^TRAIN0012");
    assertThat(drawn.patient().issuer()).contains("TESSERA-PHANTOM");
    assertThat(drawn.study().studyUid()).matches("2\\.25\\.[1-9][0-9]{0,38}");
    assertThat(drawn.facts().getFirst().kind()).isEqualTo(RecordFact.Kind.AGE);
  }
}
