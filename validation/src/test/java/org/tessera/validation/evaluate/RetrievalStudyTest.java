package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Shown;

class RetrievalStudyTest {
  private static final int CASES = 40;

  /** Cases whose image and note show the sex, half of them female. */
  private static List<RetrievalRow> rows(BiFunction<Integer, Modality, float[]> vector) {
    List<RetrievalRow> rows = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      Shown shown = new Shown("phantom/" + i, Map.of("sex", i % 2 == 0 ? "female" : "male"));
      rows.add(
          new RetrievalRow(
              "phantom",
              "p" + i,
              Map.of(
                  Modality.IMAGE, vector.apply(i, Modality.IMAGE),
                  Modality.NOTE, vector.apply(i, Modality.NOTE)),
              Map.of(Modality.IMAGE, shown, Modality.NOTE, shown)));
    }
    return rows;
  }

  private static RetrievalScore score(
      List<RetrievalScore> scores, Modality query, Modality gallery) {
    return scores.stream()
        .filter(each -> each.query().equals(List.of(query)) && each.gallery() == gallery)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void vectorsThatKnowWhatIsShownReachOne() {
    List<RetrievalScore> scores =
        RetrievalStudy.of(rows((i, m) -> i % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1}));
    RetrievalScore across = score(scores, Modality.IMAGE, Modality.NOTE);
    assertThat(across.recall().value()).isEqualTo(1);
    assertThat(across.chance()).isCloseTo(0.5, within(1e-9));
    assertThat(across.queries()).isEqualTo(CASES);
    assertThat(score(scores, Modality.NOTE, Modality.NOTE).recall().value()).isEqualTo(1);
  }

  @Test
  void vectorsThatKnowTheOppositeReachNothing() {
    List<RetrievalScore> scores =
        RetrievalStudy.of(
            rows(
                (i, m) ->
                    (i % 2 == 0) == (m == Modality.IMAGE)
                        ? new float[] {1, 0}
                        : new float[] {0, 1}));
    assertThat(score(scores, Modality.IMAGE, Modality.NOTE).recall().value()).isZero();
  }

  @Test
  void randomVectorsStayNearChance() {
    Random random = new Random(1);
    List<RetrievalScore> scores =
        RetrievalStudy.of(
            rows(
                (i, m) ->
                    new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()}));
    RetrievalScore across = score(scores, Modality.NOTE, Modality.IMAGE);
    assertThat(across.recall().value()).isCloseTo(across.chance(), within(0.15));
  }

  @Test
  void theOwnCaseIsSearchedAcrossModalitiesButNotWithinOne() {
    Random random = new Random(2);
    List<float[]> own = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      own.add(new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()});
    }
    List<RetrievalScore> scores = RetrievalStudy.of(rows((i, m) -> own.get(i)));
    assertThat(score(scores, Modality.IMAGE, Modality.NOTE).ownCase()).isGreaterThan(0.5);
    assertThat(score(scores, Modality.IMAGE, Modality.IMAGE).ownCase()).isNaN();
  }

  @Test
  void evidenceThatShowsNothingInCommonIsNoQuery() {
    List<RetrievalRow> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(
          new RetrievalRow(
              "phantom",
              "p" + i,
              Map.of(Modality.IMAGE, new float[] {1}, Modality.AUDIO, new float[] {1}),
              Map.of(
                  Modality.IMAGE, new Shown("a" + i, Map.of("sex", "male")),
                  Modality.AUDIO, new Shown("a" + i, Map.of("cough-heard", "true")))));
    }
    assertThat(RetrievalStudy.of(rows)).isEmpty();
  }
}
