package org.tessera.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.validation.evaluate.VariantComparison;

/**
 * What variants of a model reached on each finding, as JSON and as Markdown.
 *
 * @param <V> names a variant
 * @param rows of each finding and variant
 * @param plain which the others are held against
 * @param names of the variants
 */
record VariantTable<V>(
    List<VariantComparison.Row<V>> rows, V plain, Function<V, String> names) {

  ArrayNode json() {
    ArrayNode findings = JsonNodeFactory.instance.arrayNode();
    String than = names.apply(plain);
    than = than.substring(0, 1).toUpperCase(Locale.ROOT) + than.substring(1);
    for (VariantComparison.Row<V> row : rows) {
      ObjectNode node = findings.addObject().put("name", row.finding());
      node.put("variant", names.apply(row.variant()));
      node.put("n", row.n()).put("positives", row.positives()).put("auroc", row.auroc());
      put(node, "interval", row.interval());
      node.put("differenceTo" + than, row.difference());
      put(node, "differenceInterval", row.paired());
    }
    return findings;
  }

  private static void put(ObjectNode node, String name, Optional<Interval> interval) {
    interval.ifPresent(each -> node.putArray(name).add(each.low()).add(each.high()));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| finding | n (positive) | variant | AUROC [95 %%] | minus %s [95 %%, paired] |\n"
            .formatted(names.apply(plain)))
        .append("| --- | --- | --- | --- | --- |\n");
    for (VariantComparison.Row<V> row : rows) {
      boolean base = row.variant().equals(plain);
      text.append(
          "| %s | %d (%d) | %s | %s | %s |\n"
              .formatted(
                  row.finding(),
                  row.n(),
                  row.positives(),
                  names.apply(row.variant()),
                  shown("%.3f", row.auroc(), row.interval()),
                  base ? "" : shown("%+.3f", row.difference(), row.paired())));
    }
    return text.toString();
  }

  private static String shown(String format, double value, Optional<Interval> interval) {
    String shown = String.format(Locale.ROOT, format, value);
    return interval
        .map(
            each ->
                shown
                    + String.format(
                        Locale.ROOT,
                        " [" + format + ", " + format + "]",
                        each.low(),
                        each.high()))
        .orElse(shown);
  }
}
