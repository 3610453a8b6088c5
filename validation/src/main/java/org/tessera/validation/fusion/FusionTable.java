package org.tessera.validation.fusion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.FindingProfile;
import org.tessera.validation.evaluate.Estimate;
import org.tessera.validation.metrics.Auroc;
import org.tessera.validation.metrics.ClusterBootstrap;

/** AUROC of every way of joining modalities for one finding, on the same rows and draws. */
public final class FusionTable {
  /** Name of the sequence of all modalities. */
  public static final String OMNI = "one sequence";

  /** How the names of late fusion begin. */
  public static final String LATE = "late fusion";

  private static final long SEED = 20_260_101;

  private final FindingProfile profile;
  private final boolean[] labels;
  private final ClusterBootstrap bootstrap;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One way of joining.
   *
   * @param name for a person
   * @param auroc with its 95 % interval by patient
   */
  public record Entry(String name, Estimate auroc) {}

  FusionTable(FindingProfile profile, List<FusedRow> rows) {
    this.profile = profile;
    this.labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i).label(profile.key());
    }
    this.bootstrap =
        new ClusterBootstrap(rows.stream().map(row -> row.row().patient()).toList(), SEED);
  }

  void add(String name, double[] scores) {
    Auroc auroc = Auroc.over(scores, labels);
    entries.add(
        new Entry(name, new Estimate(auroc.value(), bootstrap.interval(auroc::value))));
  }

  /** The finding. */
  public FindingProfile profile() {
    return profile;
  }

  /** All entries, in the order of a table. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The best of the late fusions, if there are any. */
  public Optional<Entry> bestLate() {
    return entries.stream()
        .filter(each -> each.name().startsWith(LATE))
        .max((a, b) -> Double.compare(a.auroc().value(), b.auroc().value()));
  }

  /** A table in Markdown over several findings. */
  public static String markdown(List<FusionTable> tables) {
    StringBuilder text = new StringBuilder("| finding | n (with) | way | AUROC [95 %] |\n");
    text.append("| --- | --- | --- | --- |\n");
    for (FusionTable table : tables) {
      for (Entry entry : table.entries) {
        text.append(
            "| %s | %d (%d) | %s | %s |%n"
                .formatted(
                    table.profile.key(),
                    table.labels.length,
                    table.positives(),
                    entry.name(),
                    entry.auroc().text()));
      }
    }
    return text.toString();
  }

  /** The same as JSON. */
  public static String json(List<FusionTable> tables) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode findings = root.putArray("findings");
    for (FusionTable table : tables) {
      ObjectNode node = findings.addObject().put("finding", table.profile.key());
      node.put("phantom", table.profile.phantom()).put("rows", table.labels.length);
      node.put("positives", table.positives());
      ArrayNode ways = node.putArray("ways");
      for (Entry entry : table.entries) {
        ObjectNode way = ways.addObject().put("name", entry.name());
        way.put("auroc", entry.auroc().value());
        entry.auroc().interval().ifPresent(bounds -> put(way, bounds));
      }
    }
    return root.toPrettyString() + "\n";
  }

  private static void put(ObjectNode way, Interval bounds) {
    way.put("low", bounds.low()).put("high", bounds.high()).put("method", bounds.method());
  }

  private long positives() {
    long count = 0;
    for (boolean label : labels) {
      count += label ? 1 : 0;
    }
    return count;
  }
}
