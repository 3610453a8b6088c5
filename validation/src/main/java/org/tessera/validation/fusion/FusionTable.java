package org.tessera.validation.fusion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
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
  public static final String OMNI = "one sequence";

  /** How the names of late fusion begin. */
  public static final String LATE = "late fusion";

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

  /** The finding. */
  public FindingProfile profile() {
    return profile;
  }

  /** All entries, in the order of a table. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** A table in Markdown over several findings, which have the same conditions. */
  public static String markdown(List<FusionTable> tables) {
    StringBuilder text = new StringBuilder("| finding | way |");
    StringBuilder rule = new StringBuilder("\n| --- | --- |");
    for (String condition : tables.getFirst().conditions.keySet()) {
      text.append(" ").append(condition).append(" |");
      rule.append(" --- |");
    }
    text.append(rule).append('\n');
    for (FusionTable table : tables) {
      row(
          text,
          table,
          "rows (with the finding)",
          table.conditions.values().stream()
              .map(each -> each.rows().size() + " (" + each.positives() + ")"));
      for (Entry entry : table.entries) {
        row(text, table, entry.name(), entry.auroc().values().stream().map(Estimate::text));
      }
    }
    return text.toString();
  }

  private static void row(
      StringBuilder text, FusionTable table, String name, Stream<String> cells) {
    text.append("| ").append(table.profile.key()).append(" | ").append(name).append(" |");
    cells.forEach(cell -> text.append(" ").append(cell).append(" |"));
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
