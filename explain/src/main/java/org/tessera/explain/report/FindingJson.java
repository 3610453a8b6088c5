package org.tessera.explain.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Explanation.TrustTest;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/** One finding of {@code result.json}. */
final class FindingJson {
  private FindingJson() {}

  /**
   * A finding.
   *
   * @param patientCase whose moving pictures tell the seconds of a frame
   */
  static ObjectNode of(Finding finding, PatientCase patientCase) {
    ObjectNode node = ResultJson.NODES.objectNode().put("id", finding.id());
    node.putObject("code")
        .put("system", finding.code().system())
        .put("code", finding.code().code())
        .put("display", finding.code().display());
    ResultJson.put(node, "probability", finding.probability());
    finding
        .interval()
        .ifPresentOrElse(
            interval -> node.set("interval", interval(interval)), () -> node.putNull("interval"));
    finding
        .operatingPoint()
        .ifPresentOrElse(
            point -> node.set("operatingPoint", operatingPoint(point)),
            () -> node.putNull("operatingPoint"));
    node.put("status", finding.status().wireName());
    ResultJson.put(node, "statusReason", finding.statusReason());
    if (finding.baseline().isPresent()) {
      ObjectNode parts = node.putObject("modalityContributions");
      ResultJson.put(parts, "baseline", finding.baseline());
      ResultJson.putContributions(parts, finding.contributions());
    } else {
      node.putNull("modalityContributions");
    }
    ArrayNode highlights = node.putArray("highlights");
    if (isTrusted(finding)) {
      finding.highlights().forEach(highlight -> highlights.add(highlight(highlight, patientCase)));
    }
    explanation(node, finding.explanation());
    node.set("checks", ResultJson.checks(finding.checks()));
    finding
        .counterfactual()
        .filter(each -> isTrusted(finding))
        .ifPresentOrElse(
            each -> node.set("counterfactual", counterfactual(each, patientCase)),
            () -> node.putNull("counterfactual"));
    return node;
  }

  /** A map that failed its tests is no evidence: it leaves neither as numbers nor as a picture. */
  static boolean isTrusted(Finding finding) {
    return finding.explanation().map(Explanation::trusted).orElse(false);
  }

  private static ObjectNode counterfactual(Counterfactual changed, PatientCase patientCase) {
    ObjectNode node =
        ResultJson.NODES.objectNode().put("probability", Wire.number(changed.probability()));
    ArrayNode removed = node.putArray("removed");
    for (Counterfactual.Removed each : changed.removed()) {
      ObjectNode part = removed.addObject().put("input", each.input());
      part.set("region", region(each.input(), each.region(), patientCase));
      part.put("how", each.how().wireName());
    }
    return node;
  }

  private static ObjectNode interval(Interval interval) {
    return ResultJson.NODES
        .objectNode()
        .put("low", Wire.number(interval.low()))
        .put("high", Wire.number(interval.high()))
        .put("level", Wire.number(interval.level()))
        .put("method", interval.method());
  }

  private static ObjectNode operatingPoint(OperatingPoint point) {
    return ResultJson.NODES
        .objectNode()
        .put("threshold", Wire.number(point.threshold()))
        .put("sensitivity", Wire.number(point.sensitivity()))
        .put("specificity", Wire.number(point.specificity()))
        .put("from", point.from());
  }

  private static void explanation(ObjectNode node, Optional<Explanation> explanation) {
    if (explanation.isEmpty()) {
      node.putNull("explanation");
      return;
    }
    ObjectNode child =
        node.putObject("explanation")
            .put("method", explanation.get().method())
            .put("trusted", explanation.get().trusted());
    ArrayNode tests = child.putArray("tests");
    for (TrustTest test : explanation.get().tests()) {
      tests
          .addObject()
          .put("name", test.name())
          .put("score", Wire.number(test.score()))
          .put("threshold", Wire.number(test.threshold()))
          .put("passed", test.passed());
    }
  }

  private static ObjectNode highlight(Highlight highlight, PatientCase patientCase) {
    ObjectNode node = ResultJson.NODES.objectNode().put("input", highlight.input());
    node.set("region", region(highlight.input(), highlight.region(), patientCase));
    return node.put("weight", Wire.number(highlight.weight()));
  }

  private static ObjectNode region(
      String input, EvidenceRegion region, PatientCase patientCase) {
    ObjectNode node = region(region);
    if (region instanceof PixelRegion pixels) {
      Shown.seconds(patientCase, input, pixels.frame())
          .ifPresent(seconds -> node.put("seconds", Wire.number(seconds)));
    }
    return node;
  }

  private static ObjectNode region(EvidenceRegion region) {
    ObjectNode node = ResultJson.NODES.objectNode();
    return switch (region) {
      case PixelRegion pixels -> {
        node.put("type", "pixels").put("frame", pixels.frame());
        yield box(node, pixels.x(), pixels.y(), pixels.width(), pixels.height());
      }
      case SlideRegion slide -> {
        node.put("type", "slide");
        yield box(node, slide.x(), slide.y(), slide.width(), slide.height());
      }
      case TextSpan span ->
          node.put("type", "text").put("start", span.start()).put("end", span.end());
      case TimeInterval time ->
          node.put("type", "time")
              .put("start", Wire.number(time.start()))
              .put("end", Wire.number(time.end()));
      case RecordEntry entry ->
          node.put("type", "record")
              .put("resource", Wire.text(entry.resource()))
              .put("path", Wire.text(entry.path()));
    };
  }

  private static ObjectNode box(ObjectNode node, double x, double y, double width, double height) {
    return node.put("x", Wire.number(x))
        .put("y", Wire.number(y))
        .put("width", Wire.number(width))
        .put("height", Wire.number(height));
  }
}
