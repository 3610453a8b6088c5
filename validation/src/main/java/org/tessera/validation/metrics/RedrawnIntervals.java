package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.Collections;
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
 * How often intervals hold that are made anew from some of the rows, a hundred times. Where looks
 * are known, from a half of them, and counted on rows that have none of that half: the method,
 * where looks change. Elsewhere from a third of the patients, and counted on all rows: the method
 * without any difference between those that calibrated and these.
 */
final class RedrawnIntervals {
  private static final int REPEATS = 100;
  private static final long SEED = 20_261_130L;

  /** The model was calibrated on a third of the validation patients. */
  private static final int SHARE = 3;

  private final CalibrationRows rows;

  RedrawnIntervals(CalibrationRows rows) {
    this.rows = rows;
  }

  /** Share of the rows, 0 to 1; NaN if it could not be measured. */
  double held() {
    return rows.kinds().isEmpty() ? fromPatients() : withOtherLooks();
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

  private double fromPatients() {
    List<List<Integer>> patients = rows.byPatient();
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
          CalibrationRows own = rows.of(chosen);
          CalibrationCurve fitted = CurveFit.of(own.logits(), own.labels(), clusters);
          return held(rows.logits(), reference, fitted, logit -> fitted.deviation(logit));
        });
  }

  private double withOtherLooks() {
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
          CalibrationRows calibrating = rows.of(own);
          CalibrationRows asked = rows.of(other);
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
    int count = Math.max(CalibrationRows.LEAST_LOOKS, (order.size() + random.nextInt(2)) / 2);
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
                        <= IntervalCoverage.NORMAL * deviation.applyAsDouble(logit))
            .count();
    return (double) held / logits.length;
  }
}
