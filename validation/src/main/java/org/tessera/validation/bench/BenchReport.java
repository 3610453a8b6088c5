package org.tessera.validation.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param name of the benchmark
 * @param versions of those who took part
 * @param workload what was done, and what was left out of it
 * @param figures times and ratios
 * @param goals with the ratios that they are held against
 * @param missing peers that were not there
 */
public record BenchReport(
    String name,
    Map<String, String> versions,
    Map<String, String> workload,
    List<Figure> figures,
    List<Goal> goals,
    List<String> missing) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public BenchReport {
    figures = List.copyOf(figures);
    goals = List.copyOf(goals);
    missing = List.copyOf(missing);
  }

  /** As JSON text, without a newline at its end. */
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("name", name);
    ObjectNode machine = root.putObject("machine");
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    versions.forEach(root.putObject("versions")::put);
    workload.forEach(root.putObject("workload")::put);
    var list = root.putArray("figures");
    figures.forEach(each -> list.add(node(each)));
    var held = root.putArray("goals");
    for (Goal goal : goals) {
      ObjectNode node = held.addObject().put("name", goal.name()).put("goal", goal.goal());
      node.put("value", rounded(goal.value())).put("met", goal.met());
    }
    var absent = root.putArray("missing");
    missing.forEach(absent::add);
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  private static ObjectNode node(Figure figure) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", figure.name()).put("unit", figure.unit());
    spread(node.putObject("ours"), figure.ours());
    Figure.Peer peer = figure.peer();
    if (peer == null) {
      return node.putNull("peer").putNull("ratio");
    }
    spread(node.putObject("peer").put("name", peer.name()), peer.spread());
    return node.put("ratio", rounded(figure.ratio().orElseThrow()));
  }

  private static void spread(ObjectNode node, Spread spread) {
    node.put("median", rounded(spread.median()));
    node.put("low", rounded(spread.low())).put("high", rounded(spread.high()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }

  /** As a table for people, in Markdown. */
  public String table() {
    StringBuilder text = new StringBuilder();
    workload.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    text.append("\n| figure | ours | peer | peer | ratio |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    figures.forEach(each -> text.append(row(each)));
    text.append('\n');
    for (Goal each : goals) {
      text.append(
          "%s: %s, goal %s, %s\n"
              .formatted(
                  each.name(),
                  number(each.value()),
                  number(each.goal()),
                  each.met() ? "met" : "not met"));
    }
    missing.forEach(each -> text.append("missing: ").append(each).append('\n'));
    return text.toString();
  }

  private static String row(Figure figure) {
    Figure.Peer peer = figure.peer();
    String other = peer == null ? "- | none |" : shown(peer.spread()) + " | " + peer.name() + " |";
    String ratio = peer == null ? "-" : number(figure.ratio().orElseThrow());
    return "| %s, %s | %s | %s %s |\n"
        .formatted(figure.name(), figure.unit(), shown(figure.ours()), other, ratio);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String shown(Spread spread) {
    String format = spread.high() <= 1 ? "%.3f (%.3f to %.3f)" : "%.1f (%.1f to %.1f)";
    return String.format(Locale.ROOT, format, spread.median(), spread.low(), spread.high());
  }
}
