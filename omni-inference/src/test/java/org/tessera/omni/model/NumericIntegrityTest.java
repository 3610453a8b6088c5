package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.tessera.casemodel.Modality;
import org.tessera.omni.token.TokenSequence;

/** Single bits, turned over in the memory of a model with random weights. */
@TestInstance(Lifecycle.PER_CLASS)
class NumericIntegrityTest {
  private final TokenSequence sequence =
      new TokenSequence(
          List.of(
              Segments.random(Modality.AUDIO, 10, 1),
              Segments.random(Modality.NOTE, 12, 2),
              Segments.random(Modality.RECORD, 4, 3)),
          List.of());
  private EmbeddedModel model;
  private BitFlips flips;
  private EncodedCase encoded;
  private Pass whole;

  @BeforeAll
  void open() {
    ModelConfig config = ModelConfig.shipped();
    model =
        new EmbeddedModel(
            ShippedCard.unmeasured(
                "test", config, Initialization.of(config, 4), List.of("phantom")));
    flips = new BitFlips(model);
    encoded = model.encode(sequence);
    whole = Pass.whole(encoded);
  }

  @AfterAll
  void close() {
    model.close();
  }

  private float[] answer() {
    return model.logits(List.of(whole))[0];
  }

  @Test
  void twentyCleanCasesHold() {
    for (int i = 0; i < 20; i++) {
      assertThat(model.verify(whole, answer())).isEqualTo(Integrity.HELD);
    }
    assertThat(model.verify(sequence, encoded)).isEqualTo(Integrity.HELD);
    assertThat(model.repetitions()).isZero();
  }

  /** Every sixteenth: all of them take too long here. */
  private static List<BitFlips.Target> some(List<BitFlips.Target> all) {
    return IntStream.range(0, all.size()).filter(i -> i % 16 == 5).mapToObj(all::get).toList();
  }

  @Test
  void anyBitOfAnyWeightIsNoticedAndTurnedBackItHoldsAgain() {
    float[] answer = answer();
    Random random = new Random(7);
    for (BitFlips.Target target : some(flips.weights())) {
      int element = random.nextInt((int) target.size());
      int bit = random.nextInt(32);
      flips.weight(target, element, bit);
      assertThatExceptionOfType(ComputationFaultException.class)
          .as("%s, element %d, bit %d", target.name(), element, bit)
          .isThrownBy(() -> model.verify(whole, answer))
          .withMessageStartingWith("The model's weights in memory are no longer those");
      flips.weight(target, element, bit);
    }
    assertThatNoException().isThrownBy(() -> model.verify(whole, answer));
  }

  @Test
  void anAnswerThatTheSecondPathDoesNotGiveIsRefused() {
    float[] answer = answer();
    answer[2] += 0.01f;
    assertThatExceptionOfType(ComputationFaultException.class)
        .isThrownBy(() -> model.verify(whole, answer))
        .withMessage("Two ways to compute the same answer did not agree.");
    answer[2] = Float.NaN;
    assertThatExceptionOfType(ComputationFaultException.class)
        .isThrownBy(() -> model.verify(whole, answer));
  }

  @Test
  void anEncodingThatDoesNotComeOutAgainIsRefused() {
    float[] changed = encoded.embeddings().clone();
    changed[1711] = Math.nextUp(changed[1711]);
    EncodedCase other = new EncodedCase(encoded.tokens(), changed, encoded.width());
    assertThatExceptionOfType(ComputationFaultException.class)
        .isThrownBy(() -> model.verify(sequence, other))
        .withMessage("Reading the same evidence twice did not give the same numbers.");
  }
}
