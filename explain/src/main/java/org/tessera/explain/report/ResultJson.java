package org.tessera.explain.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInput;

/**
 * {@code result.json}, as {@code result.schema.json} beside this class describes it. {@code null}
 * never means zero. Numbers are rounded to six significant digits (and never coarser than a
 * thousandth), so that sigmoid(baseline + contributions) stays the probability within 1e-3.
 */
public final class ResultJson {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultJson() {}

  /**
   * The sealed result.
   *
   * @param report the outcome of the case
   * @param artifacts what was written for it
   * @throws IllegalArgumentException if a number of the report is not finite
   */
  public static ObjectNode of(CaseReport report, List<Artifact> artifacts) {
    ObjectNode result = unsealed(report);
    ArrayNode files = result.putArray("artifacts");
    for (Artifact artifact : artifacts) {
      files.addObject().put("file", artifact.file()).put("kind", artifact.kind());
    }
    ObjectNode timings = result.putObject("timings");
    new TreeMap<>(report.timings())
        .forEach((stage, time) -> timings.put(stage, Wire.number(Math.max(0, time))));
    result.set("seal", Seal.of(report).json());
    return result;
  }

  /** The part of the result that is the same on every run: no artifacts, timings or seal. */
  static ObjectNode unsealed(CaseReport report) {
    ObjectNode result = NODES.objectNode();
    result.put("schemaVersion", "1.0");
    result.set("case", caseNode(report));
    ObjectNode sequence = result.putObject("sequence").put("length", report.sequenceLength());
    ObjectNode counts = sequence.putObject("tokensByModality");
    for (Modality modality : Modality.values()) {
      Integer count = report.tokensByModality().get(modality);
      if (count != null) {
        counts.put(modality.wireName(), count.intValue());
      }
    }
    result.set("model", model(report.model()));
    ArrayNode findings = result.putArray("findings");
    report
        .findings()
        .forEach(finding -> findings.add(FindingJson.of(finding, report.patientCase())));
    ArrayNode narrative = result.putArray("narrative");
    report.narrative().forEach(sentence -> narrative.add(narrative(sentence)));
    return result;
  }

  private static ObjectNode caseNode(CaseReport report) {
    PatientCase patientCase = report.patientCase();
    ObjectNode node = NODES.objectNode();
    node.put("id", Wire.text(patientCase.id()));
    node.put("status", report.status().wireName());
    put(node, "statusReason", report.statusReason());
    Optional<String> id = patientCase.patient().flatMap(patient -> patient.id());
    if (id.isPresent()) {
      ObjectNode patient = node.putObject("patient").put("id", Wire.text(id.get()));
      put(patient, "issuer", patientCase.patient().flatMap(each -> each.issuer()));
    } else {
      node.putNull("patient");
    }
    node.put("composed", patientCase.composed());
    ArrayNode inputs = node.putArray("inputs");
    inputs(patientCase).forEach(inputs::add);
    node.set("checks", checks(report.caseChecks()));
    return node;
  }

  /** Accepted and rejected inputs together, in the order of their ids (I2 before I10). */
  private static List<ObjectNode> inputs(PatientCase patientCase) {
    List<ObjectNode> inputs = new ArrayList<>();
    patientCase.evidence().forEach(evidence -> inputs.add(accepted(evidence)));
    patientCase.rejected().forEach(rejected -> inputs.add(rejected(rejected)));
    inputs.sort(
        Comparator.comparingInt((ObjectNode input) -> input.get("id").asText().length())
            .thenComparing(input -> input.get("id").asText()));
    return inputs;
  }

  private static ObjectNode accepted(Evidence evidence) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("id", evidence.id())
            .put("kind", evidence.modality().wireName())
            .put("source", Wire.fileName(evidence.origin().source()))
            .put("mediaType", Wire.text(evidence.origin().mediaType()))
            .put("sha256", evidence.origin().sha256());
    put(node, "group", evidence.origin().group());
    return node.put("accepted", true).putNull("reason");
  }

  private static ObjectNode rejected(RejectedInput rejected) {
    ObjectNode node =
        NODES
            .objectNode()
            .put("id", rejected.id())
            .put("kind", rejected.kind().map(Modality::wireName).orElse("unknown"))
            .put("source", Wire.fileName(rejected.source()));
    put(node, "mediaType", rejected.mediaType());
    return node.put("sha256", rejected.sha256())
        .putNull("group")
        .put("accepted", false)
        .put("reason", Wire.text(rejected.reason()));
  }

  private static ObjectNode model(ModelCard card) {
    ObjectNode node = NODES.objectNode().put("name", card.name()).put("version", card.version());
    put(node, "sha256", card.sha256());
    node.put("device", card.device());
    put(node, "parameters", card.parameters());
    put(node, "activeParameters", card.activeParameters());
    node.put("intendedUse", card.intendedUse());
    ArrayNode trainedOn = node.putArray("trainedOn");
    card.trainedOn().forEach(trainedOn::add);
    ArrayNode limits = node.putArray("limits");
    card.limits().forEach(limits::add);
    return node;
  }

  private static ObjectNode narrative(NarrativeSentence sentence) {
    ObjectNode node = NODES.objectNode().put("sentence", Wire.text(sentence.sentence()));
    ArrayNode findings = node.putArray("findings");
    sentence.findings().forEach(findings::add);
    node.put("verdict", sentence.passed() ? "pass" : "fail");
    put(node, "reason", sentence.reason());
    return node;
  }

  static ArrayNode checks(List<Check> checks) {
    ArrayNode nodes = NODES.arrayNode();
    for (Check check : checks) {
      ObjectNode node =
          nodes.addObject().put("name", check.name()).put("verdict", check.verdict().wireName());
      put(node, "score", check.score());
      put(node, "threshold", check.threshold());
      put(node, "direction", check.direction().map(ResultJson::direction));
      node.put("reason", Wire.text(check.reason()));
    }
    return nodes;
  }

  private static String direction(Check.Direction direction) {
    return switch (direction) {
      case ABOVE -> "above";
      case BELOW -> "below";
    };
  }

  static void put(ObjectNode node, String name, Optional<String> value) {
    value.ifPresentOrElse(text -> node.put(name, Wire.text(text)), () -> node.putNull(name));
  }

  static void put(ObjectNode node, String name, OptionalDouble value) {
    value.ifPresentOrElse(number -> node.put(name, Wire.number(number)), () -> node.putNull(name));
  }

  private static void put(ObjectNode node, String name, OptionalLong value) {
    value.ifPresentOrElse(number -> node.put(name, number), () -> node.putNull(name));
  }

  /** Contributions by wire name, in the fixed order of the modalities. */
  static void putContributions(ObjectNode node, Map<Modality, Double> contributions) {
    for (Modality modality : Modality.values()) {
      Double value = contributions.get(modality);
      if (value != null) {
        node.put(modality.wireName(), Wire.number(value));
      }
    }
  }
}
