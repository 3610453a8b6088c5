package org.tessera.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.Architecture;
import org.tessera.omni.model.ExpertUse;
import org.tessera.omni.model.ModelConfig;
import org.tessera.validation.evaluate.VariantComparison;

/**
 * What an ablation found, as JSON and as Markdown.
 *
 * @param config the sizes, which all variants share
 * @param split whose rows were compared
 * @param refused rows that could not be read
 * @param rows of each finding and variant
 * @param stepSeconds mean time of a training step of each variant
 * @param use which expert took what on the compared rows
 */
record AblationReport(
    ModelConfig config,
    String split,
    int refused,
    List<VariantComparison.Row> rows,
    Map<Architecture, Double> stepSeconds,
    Map<Architecture, ExpertUse> use) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static String folder(Architecture architecture) {
    return architecture.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("split", split).put("refused", refused);
    var variants = root.putArray("variants");
    for (Architecture each : Architecture.values()) {
      ObjectNode node = variants.addObject().put("name", folder(each));
      node.put("activeWeightsPerToken", config.with(each).activePerToken());
      node.put("stepSeconds", stepSeconds.getOrDefault(each, 0.0));
      var dead = node.putArray("deadExperts");
      var shares = node.putArray("experts");
      Optional.ofNullable(use.get(each))
          .ifPresent(
              counted -> {
                counted.dead().forEach(dead::add);
                counted.shares().forEach(share -> shares.addPOJO(share));
              });
    }
    var findings = root.putArray("findings");
    for (VariantComparison.Row row : rows) {
      ObjectNode node = findings.addObject().put("name", row.finding());
      node.put("variant", folder(row.architecture()));
      node.put("n", row.n()).put("positives", row.positives()).put("auroc", row.auroc());
      put(node, "interval", row.interval());
      node.put("differenceToDense", row.difference());
      put(node, "differenceInterval", row.paired());
    }
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  private static void put(ObjectNode node, String name, Optional<Interval> interval) {
    interval.ifPresent(each -> node.putArray(name).add(each.low()).add(each.high()));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| finding | n (positive) | variant | AUROC [95 %] | minus dense [95 %, paired]")
        .append(" |\n")
        .append("| --- | --- | --- | --- | --- |\n");
    for (VariantComparison.Row row : rows) {
      boolean dense = row.architecture() == Architecture.DENSE;
      text.append(
          "| %s | %d (%d) | %s | %s | %s |\n"
              .formatted(
                  row.finding(),
                  row.n(),
                  row.positives(),
                  folder(row.architecture()),
                  shown("%.3f", row.auroc(), row.interval()),
                  dense ? "" : shown("%+.3f", row.difference(), row.paired())));
    }
    text.append("\n| variant | weights per token | step, s | against dense | dead experts |\n")
        .append("| --- | --- | --- | --- | --- |\n");
    double dense = stepSeconds.getOrDefault(Architecture.DENSE, 0.0);
    for (Architecture each : Architecture.values()) {
      double seconds = stepSeconds.getOrDefault(each, 0.0);
      ExpertUse counted = use.getOrDefault(each, new ExpertUse(config.with(each)));
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.3f | %.2f x | %s |\n",
              folder(each),
              config.with(each).activePerToken(),
              seconds,
              dense > 0 ? seconds / dense : Double.NaN,
              each.sparse() ? counted.dead().toString() : "no experts"));
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
