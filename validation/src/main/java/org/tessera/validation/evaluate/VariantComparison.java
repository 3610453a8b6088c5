package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.validation.metrics.Auroc;
import org.tessera.validation.metrics.ClusterBootstrap;

/**
 * Variants of a model on the same rows: of each finding the AUROC, and its paired difference to the
 * plain variant, by a bootstrap of patients in which all of them see the same draws.
 *
 * @param <V> names a variant
 */
public final class VariantComparison<V> {
  private static final long SEED = 20_261_124;

  private final V plain;
  private final Map<String, Rows<V>> findings = new LinkedHashMap<>();

  /** A comparison with one variant, which the others are held against. */
  public VariantComparison(V plain) {
    this.plain = plain;
  }

  /** Rows of one finding. */
  private record Rows<V>(
      List<String> clusters, List<Boolean> labels, Map<V, List<Double>> logits) {}

  /**
   * What one variant reaches on one finding.
   *
   * @param <V> names a variant
   * @param finding key
   * @param variant which
   * @param n rows
   * @param positives rows that have the finding
   * @param auroc area under the ROC curve
   * @param interval of it, 95 %, clustered by patient; empty where it is undefined
   * @param difference to the plain variant's AUROC
   * @param paired interval of the difference; empty for the plain variant itself
   */
  public record Row<V>(
      String finding,
      V variant,
      int n,
      int positives,
      double auroc,
      Optional<Interval> interval,
      double difference,
      Optional<Interval> paired) {}

  /** Adds what all variants answered for one row of one finding. */
  public void add(
      String finding, String cluster, boolean label, Map<V, Double> logits) {
    Rows<V> rows =
        findings.computeIfAbsent(
            finding,
            key -> new Rows<>(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>()));
    rows.clusters().add(cluster);
    rows.labels().add(label);
    logits.forEach(
        (variant, logit) ->
            rows.logits().computeIfAbsent(variant, key -> new ArrayList<>()).add(logit));
  }

  /** The table, finding by finding; findings with rows of one kind only are left out. */
  public List<Row<V>> rows() {
    List<Row<V>> table = new ArrayList<>();
    findings.forEach(
        (finding, rows) -> {
          boolean[] labels = labels(rows);
          Map<V, Auroc> areas = new LinkedHashMap<>();
          rows.logits()
              .forEach(
                  (variant, logits) ->
                      areas.put(
                          variant,
                          Auroc.over(
                              logits.stream().mapToDouble(Double::doubleValue).toArray(), labels)));
          Auroc base = areas.get(plain);
          if (base != null && Double.isFinite(base.value())) {
            areas.forEach(
                (variant, area) -> table.add(row(finding, variant, rows, area, base)));
          }
        });
    return table;
  }

  private Row<V> row(String finding, V variant, Rows<V> rows, Auroc area, Auroc base) {
    ClusterBootstrap bootstrap = new ClusterBootstrap(rows.clusters(), SEED);
    return new Row<>(
        finding,
        variant,
        rows.labels().size(),
        (int) rows.labels().stream().filter(each -> each).count(),
        area.value(),
        bootstrap.interval(area::value),
        area.value() - base.value(),
        variant.equals(plain)
            ? Optional.empty()
            : bootstrap.interval(drawn -> area.value(drawn) - base.value(drawn)));
  }

  private static boolean[] labels(Rows<?> rows) {
    boolean[] labels = new boolean[rows.labels().size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels().get(i);
    }
    return labels;
  }
}
