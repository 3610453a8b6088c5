package org.tessera.validation.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.validation.evaluate.EvaluationReport.BaselineFigures;
import org.tessera.validation.evaluate.EvaluationReport.FindingFigures;
import org.tessera.validation.evaluate.EvaluationReport.Rates;
import org.tessera.validation.evaluate.EvaluationReport.Stratum;

/**
 * The JSON that {@code evaluate} writes. {@code null} means not measured or not defined, never
 * zero; {@code interval} is {@code {"low","high","level","method"}}, as in {@code result.json}.
 */
public final class EvaluationJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private EvaluationJson() {}

  /** The report as JSON text, without a newline at its end. */
  public static String write(EvaluationReport report) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode model = root.putObject("model");
    model.put("name", report.model().name());
    model.put("version", report.model().version());
    model.put("sha256", report.model().sha256().orElse(null));
    root.put("data", report.data());
    root.put("split", report.split());
    report.rowsBySet().forEach(root.putObject("rows")::put);
    report.refused().forEach(root.putObject("refused")::put);
    var findings = root.putArray("findings");
    report.findings().forEach(each -> findings.add(finding(each)));
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  private static ObjectNode finding(FindingFigures figures) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", figures.profile().key());
    ObjectNode code = node.putObject("code");
    code.put("system", figures.profile().code().system());
    code.put("code", figures.profile().code().code());
    code.put("display", figures.profile().code().display());
    node.put("phantom", figures.profile().phantom());
    node.put("n", figures.n());
    node.put("positives", figures.positives());
    node.put("clusters", figures.clusters());
    estimate(node, "auroc", "interval", figures.auroc());
    node.put(
        "competent", figures.profile().competence().map(each -> each.competent()).orElse(null));
    node.put(
        "competenceReason",
        figures.profile().competence().map(each -> each.reason()).orElse(null));
    rates(node, figures.atThreshold());
    number(node, "brier", figures.brier());
    number(node, "calibrationError", figures.calibrationError());
    number(node, "intervalCoverage", figures.coverage().given());
    number(node, "intervalCoverageDrawn", figures.coverage().drawn());
    number(node, "intervalWidth", figures.coverage().width());
    var strata = node.putArray("strata");
    figures.strata().forEach(each -> strata.add(stratum(each)));
    var baselines = node.putArray("baselines");
    figures.baselines().forEach(each -> baselines.add(baseline(each)));
    var maskings = node.putArray("maskings");
    figures
        .maskings()
        .forEach(
            (masking, auroc) ->
                estimate(
                    maskings.addObject().put("name", masking.wireName()),
                    "auroc",
                    "interval",
                    auroc));
    var notes = node.putArray("notes");
    figures.notes().forEach(notes::add);
    return node;
  }

  private static void rates(ObjectNode node, Optional<Rates> rates) {
    if (rates.isEmpty()) {
      node.putNull("operatingPoint");
      return;
    }
    ObjectNode point = node.putObject("operatingPoint");
    number(point, "threshold", rates.get().threshold());
    estimate(point, "sensitivity", "sensitivityInterval", rates.get().sensitivity());
    estimate(point, "specificity", "specificityInterval", rates.get().specificity());
  }

  private static ObjectNode stratum(Stratum stratum) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("by", stratum.by());
    node.put("value", stratum.value());
    node.put("n", stratum.n());
    node.put("positives", stratum.positives());
    estimate(node, "auroc", "interval", stratum.auroc());
    return node;
  }

  private static ObjectNode baseline(BaselineFigures baseline) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", baseline.name());
    node.put("kind", baseline.kind().wireName());
    estimate(node, "auroc", "interval", baseline.auroc());
    estimate(node, "gain", "gainInterval", baseline.gain());
    return node;
  }

  private static void estimate(
      ObjectNode node, String value, String interval, Estimate estimate) {
    number(node, value, estimate.value());
    if (estimate.interval().isEmpty()) {
      node.putNull(interval);
      return;
    }
    Interval bounds = estimate.interval().get();
    ObjectNode inner = node.putObject(interval);
    number(inner, "low", bounds.low());
    number(inner, "high", bounds.high());
    inner.put("level", bounds.level());
    inner.put("method", bounds.method());
  }

  /** Four decimals are more than any of these figures can bear. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(value * 1e4) / 1e4);
    }
  }
}
