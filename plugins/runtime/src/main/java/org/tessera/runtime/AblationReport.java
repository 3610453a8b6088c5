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
 * @param stepSeconds mean time of a training step of each variant, in its fastest epoch
 * @param use which expert took what on the compared rows
 */
record AblationReport(
    ModelConfig config,
    String split,
    int refused,
    List<VariantComparison.Row<Architecture>> rows,
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
    root.set("findings", table().json());
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  private VariantTable<Architecture> table() {
    return new VariantTable<>(rows, Architecture.DENSE, AblationReport::folder);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(table().markdown());
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
}
