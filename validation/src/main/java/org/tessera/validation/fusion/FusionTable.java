package org.tessera.validation.fusion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.tessera.omni.model.FindingProfile;
import org.tessera.validation.evaluate.Estimate;
import org.tessera.validation.metrics.Auroc;
import org.tessera.validation.metrics.ClusterBootstrap;

/**
 * AUROC of every way of joining modalities for one finding: on the same rows and draws, under the
 * usual conditions and under others.
 */
public final class FusionTable {
  /** Name of the sequence of all modalities. */
  static final String OMNI = "one sequence";

  /** How the names of late fusion begin. */
  static final String LATE = "late fusion";

  private static final long SEED = 20_260_101;

  private final FindingProfile profile;
  private final SequencedMap<String, Scored> conditions = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /** Rows that were drawn under the same conditions. */
  private record Scored(List<FusedRow> rows, String finding, ClusterBootstrap bootstrap) {

    Estimate auroc(ToDoubleFunction<FusedRow> way) {
      boolean[] labels = new boolean[rows.size()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = rows.get(i).label(finding);
      }
      Auroc auroc = Auroc.over(rows.stream().mapToDouble(way).toArray(), labels);
      return new Estimate(auroc.value(), bootstrap.interval(auroc::value));
    }

    long positives() {
      return rows.stream().filter(row -> row.label(finding)).count();
    }
  }

  /**
   * One way of joining.
   *
   * @param name for a person
   * @param auroc by conditions, with its 95 % interval by patient
   */
  public record Entry(String name, SequencedMap<String, Estimate> auroc) {}

  /**
   * An empty table.
   *
   * @param rows by the conditions that they were drawn under
   */
  FusionTable(FindingProfile profile, SequencedMap<String, List<FusedRow>> rows) {
    this.profile = profile;
    rows.forEach(
        (name, each) ->
            conditions.put(
                name,
                new Scored(
                    each,
                    profile.key(),
                    new ClusterBootstrap(
                        each.stream().map(row -> row.row().patient()).toList(), SEED))));
  }

  /** Adds a way: what it says of a row, more where the finding is likelier. */
  void add(String name, ToDoubleFunction<FusedRow> way) {
    SequencedMap<String, Estimate> auroc = new LinkedHashMap<>();
    conditions.forEach((condition, scored) -> auroc.put(condition, scored.auroc(way)));
    entries.add(new Entry(name, auroc));
  }

  /** All entries, in the order of a table. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** A table in Markdown over several findings. */
  public static String markdown(List<FusionTable> tables) {
    Set<String> conditions = new LinkedHashSet<>();
    tables.forEach(table -> conditions.addAll(table.conditions.keySet()));
    StringBuilder text = new StringBuilder("| finding | way |");
    conditions.forEach(each -> text.append(" ").append(each).append(" |"));
    text.append("\n| --- | --- |").append(" --- |".repeat(conditions.size())).append('\n');
    for (FusionTable table : tables) {
      Map<String, String> rows = new HashMap<>();
      table.conditions.forEach(
          (name, each) -> rows.put(name, each.rows().size() + " (" + each.positives() + ")"));
      row(text, table, "rows (with the finding)", conditions, rows);
      for (Entry entry : table.entries) {
        Map<String, String> auroc = new HashMap<>();
        entry.auroc().forEach((name, each) -> auroc.put(name, each.text()));
        row(text, table, entry.name(), conditions, auroc);
      }
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text,
      FusionTable table,
      String name,
      Set<String> conditions,
      Map<String, String> cells) {
    text.append("| ").append(table.profile.key()).append(" | ").append(name).append(" |");
    conditions.forEach(
        each -> text.append(" ").append(cells.getOrDefault(each, "-")).append(" |"));
    text.append('\n');
  }

  /** The same as JSON. */
  public static String json(List<FusionTable> tables) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode findings = root.putArray("findings");
    for (FusionTable table : tables) {
      ObjectNode node = findings.addObject().put("finding", table.profile.key());
      node.put("phantom", table.profile.phantom());
      ObjectNode conditions = node.putObject("conditions");
      table.conditions.forEach(
          (name, each) ->
              conditions
                  .putObject(name)
                  .put("rows", each.rows().size())
                  .put("positives", each.positives()));
      ArrayNode ways = node.putArray("ways");
      for (Entry entry : table.entries) {
        ObjectNode way = ways.addObject().put("name", entry.name());
        entry.auroc().forEach((name, auroc) -> put(way.putObject(name), auroc));
      }
    }
    return root.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, Estimate auroc) {
    node.put("auroc", auroc.value());
    auroc
        .interval()
        .ifPresent(
            bounds ->
                node.put("low", bounds.low())
                    .put("high", bounds.high())
                    .put("method", bounds.method()));
  }
}
