package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.Architecture;
import org.tessera.validation.metrics.Auroc;
import org.tessera.validation.metrics.ClusterBootstrap;

/**
 * Architectures on the same rows: of each finding the AUROC, and its paired difference to the dense
 * model, by a bootstrap of patients in which all of them see the same draws.
 */
public final class VariantComparison {
  private static final long SEED = 20_261_124;

  private final Map<String, Rows> findings = new LinkedHashMap<>();

  /** Rows of one finding. */
  private record Rows(
      List<String> clusters, List<Boolean> labels, Map<Architecture, List<Double>> logits) {}

  /**
   * What one architecture reaches on one finding.
   *
   * @param finding key
   * @param architecture the variant
   * @param n rows
   * @param positives rows that have the finding
   * @param auroc area under the ROC curve
   * @param interval of it, 95 %, clustered by patient; empty where it is undefined
   * @param difference to the dense model's AUROC
   * @param paired interval of the difference; empty for the dense model itself
   */
  public record Row(
      String finding,
      Architecture architecture,
      int n,
      int positives,
      double auroc,
      Optional<Interval> interval,
      double difference,
      Optional<Interval> paired) {}

  /** Adds what all architectures answered for one row of one finding. */
  public void add(
      String finding, String cluster, boolean label, Map<Architecture, Double> logits) {
    Rows rows =
        findings.computeIfAbsent(
            finding,
            key -> new Rows(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>()));
    rows.clusters().add(cluster);
    rows.labels().add(label);
    logits.forEach(
        (architecture, logit) ->
            rows.logits().computeIfAbsent(architecture, key -> new ArrayList<>()).add(logit));
  }

  /** The table, finding by finding; findings with rows of one kind only are left out. */
  public List<Row> rows() {
    List<Row> table = new ArrayList<>();
    findings.forEach(
        (finding, rows) -> {
          boolean[] labels = labels(rows);
          Map<Architecture, Auroc> areas = new LinkedHashMap<>();
          rows.logits()
              .forEach(
                  (architecture, logits) ->
                      areas.put(
                          architecture,
                          Auroc.over(
                              logits.stream().mapToDouble(Double::doubleValue).toArray(), labels)));
          Auroc dense = areas.get(Architecture.DENSE);
          if (dense != null && Double.isFinite(dense.value())) {
            areas.forEach(
                (architecture, area) ->
                    table.add(row(finding, architecture, rows, area, dense)));
          }
        });
    return table;
  }

  private static Row row(
      String finding, Architecture architecture, Rows rows, Auroc area, Auroc dense) {
    ClusterBootstrap bootstrap = new ClusterBootstrap(rows.clusters(), SEED);
    return new Row(
        finding,
        architecture,
        rows.labels().size(),
        (int) rows.labels().stream().filter(each -> each).count(),
        area.value(),
        bootstrap.interval(area::value),
        area.value() - dense.value(),
        architecture == Architecture.DENSE
            ? Optional.empty()
            : bootstrap.interval(drawn -> area.value(drawn) - dense.value(drawn)));
  }

  private static boolean[] labels(Rows rows) {
    boolean[] labels = new boolean[rows.labels().size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels().get(i);
    }
    return labels;
  }
}
