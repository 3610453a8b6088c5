package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;

/** A record of two tokens, then a note of three; one sample without and one with marks. */
class AttentionSupervisionTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(16, 2, 2, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys());
  private static final int FINDING = CONFIG.findings().indexOf("phantom-discordance");
  /** Two of the record, three of the note, the case token. */
  private static final float[] LOOKED = {0.1f, 0.2f, 0.3f, 0.05f, 0.15f, 0.2f};

  private static double loss(NDManager scope, TokenMarks... marks) {
    int queries = 1 + CONFIG.findings().size();
    float[] attention = new float[2 * queries * LOOKED.length];
    int at = (queries + 1 + FINDING) * LOOKED.length;
    System.arraycopy(LOOKED, 0, attention, at, LOOKED.length);
    NDArray layer = scope.create(attention, new Shape(2, queries, LOOKED.length));
    TokenGroup note = TokenGroup.of(Modality.NOTE);
    TokenGroup record = TokenGroup.of(Modality.RECORD);
    TokenBatch tokens =
        new TokenBatch(
            2,
            Map.of(
                note, scope.zeros(new Shape(2, 3, 16)), record, scope.zeros(new Shape(2, 2, 16))),
            Map.of());
    int findings = CONFIG.findings().size();
    float[] none = new float[findings];
    List<TrainableModel.Sequence> batch =
        List.of(
            new TrainableModel.Sequence(Map.of(), none, none),
            new TrainableModel.Sequence(
                Map.of(), none, none, Map.of(), Map.of(), List.of(marks)));
    return AttentionSupervision.loss(List.of(layer, layer), tokens, batch, CONFIG, scope)
        .getFloat();
  }

  private static TokenMarks marks(Modality modality, float... values) {
    return new TokenMarks("phantom-discordance", modality, values);
  }

  @Test
  void theLossIsTheNegativeLogarithmOfTheShareWithinTheModality() {
    double noteLoss = -Math.log((0.3 + 0.15) / (0.3 + 0.05 + 0.15));
    double recordLoss = -Math.log(0.2 / (0.1 + 0.2));
    try (NDManager scope = NDManager.newBaseManager()) {
      assertThat(loss(scope, marks(Modality.NOTE, 1, 0, 1))).isCloseTo(noteLoss, within(1e-4));
      assertThat(loss(scope, marks(Modality.RECORD, 0, 1)))
          .isCloseTo(recordLoss, within(1e-4));
      assertThat(loss(scope, marks(Modality.NOTE, 1, 0, 1), marks(Modality.RECORD, 0, 1)))
          .isCloseTo((noteLoss + recordLoss) / 2, within(1e-4));
    }
  }

  @Test
  void aTokenThatLiesHalfOnASignCountsNeitherWay() {
    double expected = -Math.log(0.3 / (0.3 + 0.05));
    try (NDManager scope = NDManager.newBaseManager()) {
      assertThat(loss(scope, marks(Modality.NOTE, 1, 0, Float.NaN)))
          .isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void whereNothingIsMarkedNothingIsAsked() {
    try (NDManager scope = NDManager.newBaseManager()) {
      assertThat(loss(scope)).isZero();
      assertThat(loss(scope, marks(Modality.NOTE, 0, 0, 0))).isZero();
    }
  }
}
