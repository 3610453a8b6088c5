package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.signal.AudioDecoder;
import org.tessera.omni.signal.RasterDecoder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.metrics.Auroc;

/**
 * The baselines on the real test splits, against what an independent implementation (Python,
 * scikit-learn) measured on the same rows: {@code data/README.md}.
 */
class FloorsTest {
  private static final double CLOSE = 0.06;

  @Test
  void bacterialAgainstViralPneumonia() throws Exception {
    Map<String, Double> areas = areas("cxr-kermany", "bacterial-pneumonia", "");
    assertThat(areas.get("bytes")).isEqualTo(0.49, within(CLOSE));
    assertThat(areas.get("border")).isEqualTo(0.74, within(CLOSE));
    assertThat(areas.get("thumbnail")).isEqualTo(0.75, within(CLOSE));
    assertThat(areas.get("hog")).isEqualTo(0.77, within(CLOSE));
  }

  @Test
  void coughAgainstOtherSounds() throws Exception {
    Map<String, Double> areas = areas("cough-events", "cough", "");
    assertThat(areas.get("log-mel statistics")).isEqualTo(0.89, within(CLOSE));
    assertThat(areas.get("duration")).isEqualTo(0.5, within(0.15));
  }

  @Test
  void covidByCoughIsTheChannelAndNotTheCough() throws Exception {
    Map<String, Double> areas = areas("cough-covid", "covid-cough", "telegram");
    assertThat(areas.get("log-mel statistics")).isEqualTo(0.80, within(CLOSE));
    assertThat(areas.get("bytes")).as("file size alone").isGreaterThan(0.70);
    assertThat(areas.get("log-mel statistics, telegram")).isEqualTo(0.54, within(CLOSE));
  }

  /** AUROC on the test split by baseline; with a channel, within that channel as well. */
  private static Map<String, Double> areas(String set, String key, String channel)
      throws Exception {
    FindingProfile finding = FindingCatalog.of(key).profile();
    List<LabelledRow> rows =
        LabelledData.read(SharedData.set(set)).stream()
            .filter(row -> BaselineTraining.answers(row, finding))
            .filter(row -> row.split().equals("train") || row.split().equals("test"))
            .toList();
    List<PreparedRow> train = new ArrayList<>();
    List<PreparedRow> test = new ArrayList<>();
    RowReader reader =
        new RowReader(List.of(new RasterDecoder(), new AudioDecoder()), TestFile::new);
    new Preparation(
            reader, each -> new TokenSequence(List.of(), List.of()), List.of(finding), false)
        .run(
            rows,
            "test",
            chunk ->
                chunk.stream()
                    .filter(row -> row.refusal().isEmpty())
                    .forEach(row -> (row.row().split().equals("train") ? train : test).add(row)));
    Map<String, Double> areas = new TreeMap<>();
    List<BaselineScores> all =
        new BaselineTraining(train).scores(finding, test, new ArrayList<>());
    FindingScores scores =
        new FindingScores(
            finding, test.stream().map(row -> scored(row, key)).toList(), all, Map.of(), List.of());
    put(areas, scores, "");
    if (!channel.isEmpty()) {
      put(areas, Strata.of(scores, "channel", channel), ", " + channel);
    }
    return areas;
  }

  private static void put(Map<String, Double> areas, FindingScores scores, String suffix) {
    for (BaselineScores each : scores.baselines()) {
      areas.put(each.name() + suffix, Auroc.of(each.scores(), scores.labels()));
    }
  }

  private static ScoredRow scored(PreparedRow row, String key) {
    return new ScoredRow(
        row.row().set(),
        row.row().id(),
        BaselineTraining.cluster(row.row()),
        Boolean.TRUE.equals(row.row().labels().get(key)),
        0,
        Double.NaN,
        row.row().strata(),
        Map.of());
  }
}
