package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.FindingProfile;
import org.tessera.validation.baseline.Baseline;
import org.tessera.validation.metrics.Calibration;
import org.tessera.validation.metrics.IntervalCoverage;
import org.tessera.validation.metrics.OperatingPoints;

/**
 * What {@code evaluate} tells.
 *
 * @param model what was scored
 * @param data name of the folder
 * @param split the split
 * @param rowsBySet rows scored, by data set
 * @param refused why files were not scored, with how many
 * @param findings one per finding with labelled rows
 */
public record EvaluationReport(
    ModelCard model,
    String data,
    String split,
    Map<String, Integer> rowsBySet,
    Map<String, Integer> refused,
    List<FindingFigures> findings) {

  /** The report of scores. */
  public static EvaluationReport of(ModelCard model, CohortScores scores) {
    return new EvaluationReport(
        model,
        scores.data(),
        scores.split(),
        new TreeMap<>(scores.rowsBySet()),
        new TreeMap<>(scores.refused()),
        scores.findings().stream().map(EvaluationReport::figures).toList());
  }

  /** The same with some of the findings only. */
  EvaluationReport where(Predicate<FindingFigures> wanted) {
    return new EvaluationReport(
        model, data, split, rowsBySet, refused, findings.stream().filter(wanted).toList());
  }

  /**
   * The figures of one finding.
   *
   * @param profile the finding
   * @param n rows
   * @param positives rows that have it
   * @param clusters patients, or their stand-ins
   * @param auroc of the model
   * @param atThreshold what the stored operating point does on these rows; empty if none is stored
   * @param brier mean squared error of the probability
   * @param calibrationError expected calibration error
   * @param coverage of the intervals of the probability
   * @param strata the model within strata
   * @param baselines plain methods and shortcuts on the same rows
   * @param maskings the model on masked images
   * @param notes what is missing
   */
  public record FindingFigures(
      FindingProfile profile,
      int n,
      int positives,
      int clusters,
      Estimate auroc,
      Optional<Rates> atThreshold,
      double brier,
      double calibrationError,
      IntervalCoverage coverage,
      List<Stratum> strata,
      List<BaselineFigures> baselines,
      Map<Masking, Estimate> maskings,
      List<String> notes) {}

  /** Sensitivity and specificity at a threshold. */
  public record Rates(double threshold, Estimate sensitivity, Estimate specificity) {}

  /** The model within a stratum of a known shortcut. */
  public record Stratum(String by, String value, int n, int positives, Estimate auroc) {}

  /**
   * A baseline.
   *
   * @param name of the baseline
   * @param kind how much of the patient it sees
   * @param auroc of the baseline
   * @param gain how much the model is above it, paired
   */
  public record BaselineFigures(
      String name, Baseline.Kind kind, Estimate auroc, Estimate gain) {}

  private static FindingFigures figures(FindingScores scores) {
    Judgement judgement = new Judgement(scores);
    Map<Masking, Estimate> maskings = new TreeMap<>();
    scores.maskings().forEach((masking, logits) -> maskings.put(masking, judgement.auroc(logits)));
    return new FindingFigures(
        scores.profile(),
        scores.rows().size(),
        scores.positives(),
        judgement.clusters(),
        judgement.auroc(),
        scores.profile().operatingPoint().map(point -> rates(scores, judgement, point)),
        Calibration.brier(scores.probabilities(), scores.labels()),
        Calibration.expectedError(scores.probabilities(), scores.labels()),
        IntervalCoverage.of(
            scores.logits(),
            scores.deviations(),
            scores.labels(),
            scores.clusters(),
            scores.looks()),
        strata(scores),
        scores.baselines().stream()
            .map(
                each ->
                    new BaselineFigures(
                        each.name(),
                        each.kind(),
                        judgement.auroc(each.scores()),
                        judgement.gainOver(each.scores())))
            .toList(),
        maskings,
        scores.notes());
  }

  private static Rates rates(FindingScores scores, Judgement judgement, OperatingPoint point) {
    double[] probabilities = scores.probabilities();
    boolean[] labels = scores.labels();
    double threshold = point.threshold();
    return new Rates(
        threshold,
        judgement.estimate(w -> OperatingPoints.share(probabilities, labels, threshold, true, w)),
        judgement.estimate(
            w -> OperatingPoints.share(probabilities, labels, threshold, false, w)));
  }

  private static List<Stratum> strata(FindingScores scores) {
    List<Stratum> strata = new ArrayList<>();
    for (String by : Strata.kinds(scores)) {
      for (String value : new TreeSet<>(Strata.values(scores, by))) {
        FindingScores part = Strata.of(scores, by, value);
        strata.add(
            new Stratum(
                by, value, part.rows().size(), part.positives(), new Judgement(part).auroc()));
      }
    }
    return strata;
  }
}
