package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tessera.omni.model.CalibrationCurve;

/**
 * How often the interval of a probability holds the probability that the rows themselves bear out:
 * that of a calibration fitted on all of them, since a single row only shows whether the finding
 * was there.
 *
 * @param given of the intervals that the model gives: share of the rows, 0 to 1; the reference is
 *     itself uncertain by so many patients, and its standard error is added to the interval's
 * @param drawn of intervals made anew in the same way from some of these rows. Where looks are
 *     known, from a half of them, and counted on rows that have none of that half: the method,
 *     where looks change. Elsewhere from a third of the patients, and counted on all rows: the
 *     method without any difference between those that calibrated and these
 */
public record IntervalCoverage(double given, double drawn) {
  private static final int REPEATS = 100;
  private static final long SEED = 20_261_130L;
  private static final double NORMAL = 1.96;
  private static final int LEAST_PATIENTS = 30;

  /** Rows with, and rows without the finding, that a half of the looks must have. */
  private static final int LEAST_OF_A_CLASS = 15;

  /** Looks from which it can be told how much looks differ. */
  private static final int LEAST_LOOKS = 2;

  /** The model was calibrated on a third of the validation patients. */
  private static final int SHARE = 3;

  /** What is measured on. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Rows(
      double[] logits,
      boolean[] labels,
      List<String> clusters,
      List<Map<String, String>> looks) {

    Rows of(List<Integer> chosen) {
      double[] own = chosen.stream().mapToDouble(row -> logits[row]).toArray();
      boolean[] has = new boolean[own.length];
      for (int i = 0; i < has.length; i++) {
        has[i] = labels[chosen.get(i)];
      }
      return new Rows(
          own,
          has,
          chosen.stream().map(clusters::get).toList(),
          looks.isEmpty() ? looks : chosen.stream().map(looks::get).toList());
    }

    CalibrationCurve calibrated() {
      return CurveFit.of(logits, labels, clusters, looks);
    }

    /** The looks of each kind that has enough to leave two on one side and one on the other. */
    Map<String, TreeSet<String>> kinds() {
      Map<String, TreeSet<String>> kinds = new TreeMap<>();
      looks.forEach(
          row ->
              row.forEach(
                  (kind, look) ->
                      kinds.computeIfAbsent(kind, unseen -> new TreeSet<>()).add(look)));
      kinds.values().removeIf(each -> each.size() <= LEAST_LOOKS);
      return kinds;
    }

    boolean haveBoth() {
      int with = 0;
      for (boolean label : labels) {
        with += label ? 1 : 0;
      }
      return with >= LEAST_OF_A_CLASS && labels.length - with >= LEAST_OF_A_CLASS;
    }
  }

  /**
   * Measures both.
   *
   * @param logits calibrated, one per row
   * @param deviations standard error of each; NaN where it was not measured
   * @param labels true where the row has the finding
   * @param clusters patient of each row
   * @param looks of each row, by kind; empty if nothing is known of them
   * @return NaN where a deviation is missing, or for fewer than 90 patients
   */
  public static IntervalCoverage of(
      double[] logits,
      double[] deviations,
      boolean[] labels,
      List<String> clusters,
      List<Map<String, String>> looks) {
    List<List<Integer>> patients = byPatient(clusters);
    if (patients.size() / SHARE < LEAST_PATIENTS) {
      return new IntervalCoverage(Double.NaN, Double.NaN);
    }
    Rows rows = new Rows(logits, labels, clusters, looks);
    return new IntervalCoverage(
        given(logits, deviations, labels, clusters),
        rows.kinds().isEmpty() ? drawn(rows, patients) : withOtherLooks(rows));
  }

  private static List<List<Integer>> byPatient(List<String> clusters) {
    Map<String, List<Integer>> patients = new LinkedHashMap<>();
    for (int i = 0; i < clusters.size(); i++) {
      patients.computeIfAbsent(clusters.get(i), unseen -> new ArrayList<>()).add(i);
    }
    return List.copyOf(patients.values());
  }

  static double given(
      double[] logits, double[] deviations, boolean[] labels, List<String> clusters) {
    CalibrationCurve reference = CurveFit.of(logits, labels, clusters);
    double held = 0;
    for (int i = 0; i < logits.length; i++) {
      double error = Math.hypot(deviations[i], reference.deviation(logits[i]));
      double miss = Math.abs(reference.apply(logits[i]) - logits[i]);
      held += Double.isNaN(error) ? Double.NaN : miss <= NORMAL * error ? 1 : 0;
    }
    return held / logits.length;
  }

  /** Mean over the repeats that could be measured. */
  private static double mean(IntToDoubleFunction share) {
    return IntStream.range(0, REPEATS)
        .parallel()
        .mapToDouble(share)
        .filter(each -> !Double.isNaN(each))
        .average()
        .orElse(Double.NaN);
  }

  private static double drawn(Rows rows, List<List<Integer>> patients) {
    CalibrationCurve reference = CurveFit.of(rows.logits(), rows.labels());
    return mean(
        repeat -> {
          SplittableRandom random = new SplittableRandom(SEED + repeat);
          List<Integer> chosen = new ArrayList<>();
          List<String> clusters = new ArrayList<>();
          for (int draw = 0; draw < patients.size() / SHARE; draw++) {
            for (int row : patients.get(random.nextInt(patients.size()))) {
              chosen.add(row);
              clusters.add(Integer.toString(draw));
            }
          }
          Rows own = rows.of(chosen);
          CalibrationCurve fitted = CurveFit.of(own.logits(), own.labels(), clusters);
          return held(rows.logits(), reference, fitted, logit -> fitted.deviation(logit));
        });
  }

  private static double withOtherLooks(Rows rows) {
    Map<String, TreeSet<String>> kinds = rows.kinds();
    return mean(
        repeat -> {
          Random random = new Random(SEED + repeat);
          Map<String, TreeSet<String>> half = new TreeMap<>();
          kinds.forEach((kind, looks) -> half.put(kind, half(looks, random)));
          List<Integer> own = new ArrayList<>();
          List<Integer> other = new ArrayList<>();
          for (int row = 0; row < rows.labels().length; row++) {
            long within = within(rows.looks().get(row), half, random);
            if (within == kinds.size()) {
              own.add(row);
            } else if (within == 0) {
              other.add(row);
            }
          }
          Rows calibrating = rows.of(own);
          Rows asked = rows.of(other);
          if (!calibrating.haveBoth() || !asked.haveBoth()) {
            return Double.NaN;
          }
          CalibrationCurve fitted = calibrating.calibrated();
          CalibrationCurve reference =
              CurveFit.of(asked.logits(), asked.labels(), asked.clusters());
          return held(
              asked.logits(),
              reference,
              fitted,
              logit -> Math.hypot(fitted.deviation(logit), reference.deviation(logit)));
        });
  }

  private static TreeSet<String> half(TreeSet<String> looks, Random random) {
    List<String> order = new ArrayList<>(looks);
    Collections.shuffle(order, random);
    int count = Math.max(LEAST_LOOKS, (order.size() + random.nextInt(2)) / 2);
    return new TreeSet<>(order.subList(0, count));
  }

  /** Of how many kinds a row's look is in the half; a look that it has not is in either. */
  private static long within(
      Map<String, String> looks, Map<String, TreeSet<String>> half, Random random) {
    boolean side = random.nextBoolean();
    return half.entrySet().stream()
        .filter(
            each -> {
              String look = looks.get(each.getKey());
              return look == null ? side : each.getValue().contains(look);
            })
        .count();
  }

  /** Share of the logits whose reference lies within the intervals. */
  private static double held(
      double[] logits,
      CalibrationCurve reference,
      CalibrationCurve fitted,
      DoubleUnaryOperator deviation) {
    long held =
        DoubleStream.of(logits)
            .filter(
                logit ->
                    Math.abs(reference.apply(logit) - fitted.apply(logit))
                        <= NORMAL * deviation.applyAsDouble(logit))
            .count();
    return (double) held / logits.length;
  }
}
