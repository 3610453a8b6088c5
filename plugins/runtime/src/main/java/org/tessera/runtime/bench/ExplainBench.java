package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.Trial;
import org.tessera.explain.TrialListener;
import org.tessera.explain.TrialOutcome;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.runtime.ModelSource;
import org.tessera.runtime.StudyCases;
import org.tessera.runtime.StudyCases.StudyCase;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.phantom.PhantomCase;
import org.tessera.validation.phantom.PhantomFinding;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/**
 * {@code explain}: a whole trial, highlights and counterfactuals included, against the passes that
 * it spends, times one bare forward of the same case in batches of the same size. The case is the
 * first of the test world in which all six phantom findings are true. Donors were asked before, as
 * in any case but the first of a process.
 */
public final class ExplainBench {
  private static final long WORLD = 20_261_205;
  private static final int BATCH = 16;
  private static final double RATIO = 1 / 1.2;
  private static final double FIRST_SECONDS = 2;
  private static final double ALL_SECONDS = 15;

  private final Path work;
  private final ModelSource source;

  /**
   * Prepares it.
   *
   * @param work an empty folder
   * @param source the model
   */
  public ExplainBench(Path work, ModelSource source) {
    this.work = work;
    this.source = source;
  }

  /** Notes when a trial first says something, and how many checks it streams. */
  private static final class Clock implements TrialListener {
    private final long began = System.nanoTime();
    private double first;
    private int onTrial;
    private int checks;

    @Override
    public void firstFindings(List<EarlyFinding> findings) {
      first = milliseconds();
      onTrial = (int) findings.stream().filter(EarlyFinding::onTrial).count();
    }

    @Override
    public void checked(String finding, Check check) {
      checks++;
    }

    double milliseconds() {
      return (System.nanoTime() - began) / 1e6;
    }
  }

  /**
   * Runs it.
   *
   * @param pairs measured trials, each beside bare forwards
   */
  public BenchReport run(int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    PhantomCase drawn =
        new PhantomGenerator(WORLD, PhantomWorld.TEST)
            .firstWhere(
                causes -> List.of(PhantomFinding.values()).stream().allMatch(causes::has))
            .orElseThrow(() -> new IllegalStateException("No phantom has all findings."));
    StudyCase read = new StudyCases(work).read(drawn);
    try (OmniModel model = source.open()) {
      Trial trial = new Trial();
      Clock cold = new Clock();
      trial.judge(read.patientCase(), read.sequence(), model, cold);
      double firstCase = cold.milliseconds();
      EncodedCase encoded = model.encode(read.sequence());
      List<Pass> batch = Collections.nCopies(BATCH, Pass.whole(encoded));
      model.logits(batch);
      double[] panel = new double[pairs];
      double[] first = new double[pairs];
      double[] bare = new double[pairs];
      TrialOutcome outcome = trial.judge(read.patientCase(), read.sequence(), model);
      int batches = (outcome.passes().total() + BATCH - 1) / BATCH;
      int onTrial = 0;
      int checks = 0;
      for (int pair = 0; pair < pairs; pair++) {
        long began = System.nanoTime();
        for (int i = 0; i < batches; i++) {
          model.logits(batch);
        }
        bare[pair] =
            (System.nanoTime() - began) / 1e6 * outcome.passes().total() / (batches * BATCH);
        Clock clock = new Clock();
        trial.judge(read.patientCase(), read.sequence(), model, clock);
        panel[pair] = clock.milliseconds();
        first[pair] = clock.first;
        onTrial = clock.onTrial;
        checks = clock.checks;
        listener.at("trials", pair + 1, pairs);
      }
      return report(
          model, outcome, Map.of("panel", panel, "first", first, "bare", bare),
          onTrial, checks, firstCase, encoded.tokens().size());
    }
  }

  private static BenchReport report(
      OmniModel model,
      TrialOutcome outcome,
      Map<String, double[]> times,
      int onTrial,
      int checks,
      double firstCase,
      int tokens) {
    Spread panel = Spread.of(times.getOrDefault("panel", new double[] {Double.NaN}));
    Spread bare = Spread.of(times.getOrDefault("bare", new double[] {Double.NaN}));
    Spread first = Spread.of(times.getOrDefault("first", new double[] {Double.NaN}));
    Map<String, String> workload = new TreeMap<>();
    workload.put(
        "case",
        "%d tokens; %d findings on trial, %d supported"
            .formatted(
                tokens,
                onTrial,
                outcome.findings().stream()
                    .filter(each -> each.status().wireName().equals("supported"))
                    .count()));
    workload.put(
        "passes",
        "%d in all, at most %d for one finding"
            .formatted(
                outcome.passes().total(),
                outcome.passes().byFinding().values().stream()
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0)));
    new TreeMap<>(outcome.timings())
        .forEach((stage, time) -> workload.put("ms, stage " + stage, "%.0f".formatted(time)));
    workload.put("checks streamed", String.valueOf(checks));
    workload.put(
        "first case of a process, ms, donors asked as well", "%.0f".formatted(firstCase));
    workload.put(
        "not in the time", "reading the files and opening the model; see analyze's timings");
    workload.put(
        "in the time, no passes",
        "stems, gradients of the highlights, reading changed evidence anew");
    Figure figure =
        new Figure(
            "whole trial", "ms", panel, new Figure.Peer("its passes, bare, batch of 16", bare));
    return new BenchReport(
        "explain",
        Map.of("model", model.card().version() + " " + model.card().sha256().orElse("")),
        workload,
        List.of(figure, new Figure("first findings", "ms", first, null)),
        List.of(
            new Goal("bare passes / whole trial", RATIO, figure.ratio().orElseThrow()),
            new Goal(
                "first findings within 2 s", 1, FIRST_SECONDS * 1e3 / first.median()),
            new Goal(
                "six findings within 15 s", 1,
                onTrial >= 6 ? ALL_SECONDS * 1e3 / panel.median() : 0)),
        List.of());
  }
}
