package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tessera.omni.model.CalibrationCurve;

/**
 * Rows that a calibration is fitted on or asked about.
 *
 * @param logits one per row
 * @param labels true where the row has the finding
 * @param clusters patient of each row
 * @param looks of each row, by kind; empty if nothing is known of them
 */
@SuppressWarnings("ArrayRecordComponent")
record CalibrationRows(
    double[] logits,
    boolean[] labels,
    List<String> clusters,
    List<Map<String, String>> looks) {

  /** Looks from which it can be told how much looks differ. */
  static final int LEAST_LOOKS = 2;

  /** Rows with, and rows without the finding, that a half of the looks must have. */
  private static final int LEAST_OF_A_CLASS = 15;

  /** Some of the rows; one may be chosen more than once. */
  CalibrationRows of(List<Integer> chosen) {
    double[] own = chosen.stream().mapToDouble(row -> logits[row]).toArray();
    boolean[] has = new boolean[own.length];
    for (int i = 0; i < has.length; i++) {
      has[i] = labels[chosen.get(i)];
    }
    return new CalibrationRows(
        own,
        has,
        chosen.stream().map(clusters::get).toList(),
        looks.isEmpty() ? looks : chosen.stream().map(looks::get).toList());
  }

  /** A curve that knows of the looks. */
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

  /** True if enough rows have the finding, and enough have it not. */
  boolean haveBoth() {
    int with = 0;
    for (boolean label : labels) {
      with += label ? 1 : 0;
    }
    return with >= LEAST_OF_A_CLASS && labels.length - with >= LEAST_OF_A_CLASS;
  }

  /** The rows of each patient. */
  List<List<Integer>> byPatient() {
    Map<String, List<Integer>> patients = new LinkedHashMap<>();
    for (int i = 0; i < clusters.size(); i++) {
      patients.computeIfAbsent(clusters.get(i), unseen -> new ArrayList<>()).add(i);
    }
    return List.copyOf(patients.values());
  }
}
