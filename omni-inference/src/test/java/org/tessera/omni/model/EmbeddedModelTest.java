package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Modality;
import org.tessera.omni.token.TokenSequence;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedModelTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-5f);

  private final ModelBundle bundle = bundle(3);
  private EmbeddedModel model = new EmbeddedModel(bundle);
  private final TokenSequence everything =
      new TokenSequence(
          List.of(
              Segments.random(Modality.IMAGE, 196, 1),
              Segments.random(Modality.AUDIO, 30, 2),
              Segments.random(Modality.NOTE, 20, 3),
              Segments.random(Modality.RECORD, 5, 4)),
          List.of());

  static ModelBundle bundle(long seed) {
    ModelConfig config = ModelConfig.shipped();
    return ShippedCard.unmeasured(
        "test", config, Initialization.of(config, seed), List.of("phantom"));
  }

  @BeforeAll
  void open() {
    assertThat(model.findings()).hasSameSizeAs(FindingCatalog.entries());
  }

  @AfterAll
  void close() {
    model.close();
  }

  @Test
  void aCaseGivesTheSameResultAloneOrInABatch() {
    EncodedCase encoded = model.encode(everything);
    List<Pass> passes = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 21; i++) {
      BitSet removed = new BitSet();
      for (int j = 0; j < i * 8; j++) {
        removed.set(random.nextInt(encoded.tokens().size()));
      }
      passes.add(new Pass(encoded, removed));
    }
    passes.add(
        Pass.whole(
            model.encode(
                new TokenSequence(
                    List.of(Segments.random(Modality.SLIDE, 49, 9)), List.of()))));
    float[][] together = model.logits(passes);
    for (int i = 0; i < passes.size(); i++) {
      assertThat(model.logits(List.of(passes.get(i)))[0]).containsExactly(together[i], EXACT);
    }
  }

  @Test
  void removedEvidenceCountsAsIfItHadNeverBeenThere() {
    EncodedCase with = model.encode(everything);
    EncodedCase without =
        model.encode(
            new TokenSequence(
                everything.segments().stream()
                    .filter(segment -> segment.modality() != Modality.AUDIO)
                    .toList(),
                List.of()));
    float[] removed = model.logits(List.of(Pass.without(with, List.of(Modality.AUDIO))))[0];
    assertThat(removed).containsExactly(model.logits(List.of(Pass.whole(without)))[0], EXACT);
    assertThat(removed[0]).isNotCloseTo(model.logits(List.of(Pass.whole(with)))[0][0], EXACT);
  }

  @Test
  void swappingEvidenceWithItselfChangesNothing() {
    EncodedCase encoded = model.encode(everything);
    EncodedCase swapped = encoded.swapped(Modality.NOTE, encoded);
    assertThat(swapped.embeddings()).containsExactly(encoded.embeddings());
  }

  @Test
  void relevanceIsTheGradientOfTheAttentionAndNeverNegative() {
    EncodedCase encoded = model.encode(everything);
    float[] relevance = model.relevance(encoded, 0, false);
    assertThat(relevance).hasSize(encoded.tokens().size());
    double sum = 0;
    for (float value : relevance) {
      assertThat(value).isNotNegative();
      sum += value;
    }
    assertThat(sum).isPositive();
    assertThat(model.relevance(encoded, 0, false)).containsExactly(relevance);
    assertThat(model.relevance(encoded, 0, true)).isNotEqualTo(relevance);
  }

  @Test
  void calibrationIsAppliedToTheLogits() {
    String key = bundle.profiles().get(2).key();
    CalibrationCurve line =
        new CalibrationCurve(List.of(), List.of(2.0), -1, List.of(0.04, 0.0, 0.0, 0.09));
    ModelBundle scaled = bundle.with(Map.of(key, line), bundle.profiles());
    try (EmbeddedModel calibrated = new EmbeddedModel(scaled)) {
      Pass pass = Pass.whole(model.encode(everything));
      float[] raw = model.logits(List.of(pass))[0];
      float[] changed = calibrated.logits(List.of(pass))[0];
      assertThat(changed[2]).isCloseTo(2 * raw[2] - 1, EXACT);
      assertThat(changed[1]).isCloseTo(raw[1], EXACT);
      assertThat(calibrated.deviation(2, changed[2]))
          .isCloseTo(Math.sqrt(0.04 * raw[2] * raw[2] + 0.09), Offset.offset(1e-5));
      assertThat(calibrated.deviation(1, changed[1])).isNaN();
    }
  }

  @Test
  void aSavedModelIsTheSameModel(@TempDir Path folder) throws IOException {
    ModelStore.save(bundle, folder);
    try (OmniModel loaded = ModelStore.load(folder)) {
      Pass pass = Pass.whole(model.encode(everything));
      assertThat(loaded.logits(List.of(pass))[0]).containsExactly(model.logits(List.of(pass))[0]);
      assertThat(loaded.card()).isEqualTo(model.card());
      assertThat(loaded.findings()).isEqualTo(model.findings());
    }
  }

  @Test
  void aDamagedModelIsRefused(@TempDir Path folder) throws IOException {
    ModelStore.save(bundle, folder);
    Path weights = folder.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(() -> ModelStore.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  /** A gradient must not read memory that the garbage collector may already have given back. */
  @Test
  void relevanceIsTheSameWhenGarbageIsCollectedMeanwhile() {
    EncodedCase encoded = model.encode(everything);
    float[] quiet = model.relevance(encoded, 0, false);
    Thread collector = Thread.ofPlatform().daemon().start(EmbeddedModelTest::collect);
    try {
      for (int i = 0; i < 12; i++) {
        assertThat(model.relevance(encoded, 0, false)).containsExactly(quiet);
      }
    } finally {
      collector.interrupt();
    }
  }

  private static void collect() {
    try {
      while (true) {
        System.gc();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      // The test is over.
    }
  }
}
