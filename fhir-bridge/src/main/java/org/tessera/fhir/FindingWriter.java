package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.ImageEvidence;

/** Writes a supported finding as an Observation (R4 10.1). */
final class FindingWriter {
  static final String SYSTEM = "urn:tessera:finding";
  private static final String MEASURE = "urn:tessera:measure";
  private static final int MAX_REGIONS = 8;
  private static final Coding PRESENT = new Coding(Coding.SNOMED_CT, "52101004", "Present");
  private static final Coding POSITIVE =
      new Coding(
          "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "POS", "Positive");

  private final CaseReport report;
  private final String device;
  private final String seal;

  FindingWriter(CaseReport report, String device, String seal) {
    this.report = report;
    this.device = device;
    this.seal = seal;
  }

  ObjectNode observation(Finding finding) {
    ObjectNode observation = Elements.resource("Observation");
    observation.set("meta", ReportWriter.meta(isSynthetic(report, finding)));
    observation
        .putArray("identifier")
        .add(Elements.identifier(SYSTEM, seal + "-" + finding.id()));
    observation.put("status", "preliminary");
    observation.set("code", Elements.concept(finding.code(), finding.code().display()));
    Subject.of(report).ifPresent(each -> observation.set("subject", each));
    ReportWriter.acquired(report)
        .ifPresent(each -> observation.put("effectiveDateTime", each.toString()));
    observation.set("valueCodeableConcept", Elements.concept(PRESENT, "Present"));
    observation.putArray("interpretation").add(Elements.concept(POSITIVE, "Positive"));
    bodySite(finding).ifPresent(each -> observation.putObject("bodySite").put("text", each));
    observation.set("device", Elements.reference(device));
    components(finding, observation.putArray("component"));
    if (observation.path("component").isEmpty()) {
      observation.remove("component");
    }
    return observation;
  }

  static boolean isSynthetic(CaseReport report, Finding finding) {
    return report.patientCase().composed() || finding.code().system().equals(Coding.PHANTOM);
  }

  private void components(Finding finding, ArrayNode components) {
    if (finding.probability().isPresent()) {
      ObjectNode component = component(components, "probability", "Probability");
      component.set("valueQuantity", percent(finding.probability().getAsDouble()));
    }
    if (finding.interval().isPresent()) {
      Finding.Interval interval = finding.interval().get();
      ObjectNode component =
          component(
              components,
              "probability-interval",
              "%s %% interval of the probability (%s)"
                  .formatted(rounded(100 * interval.level()).toPlainString(), interval.method()));
      ObjectNode range = component.putObject("valueRange");
      range.set("low", percent(interval.low()));
      range.set("high", percent(interval.high()));
    }
    if (finding.operatingPoint().isPresent()) {
      Finding.OperatingPoint point = finding.operatingPoint().get();
      component(components, "operating-point", "Counts as found from this probability on")
          .set("valueQuantity", percent(point.threshold()));
    }
    List<Highlight> strongest =
        finding.highlights().stream()
            .sorted(Comparator.comparingDouble(Highlight::weight).reversed())
            .limit(MAX_REGIONS)
            .toList();
    for (Highlight highlight : strongest) {
      component(components, "evidence-region", "Place in the evidence")
          .put("valueString", RegionWords.of(highlight, source(highlight)));
    }
  }

  private static ObjectNode component(ArrayNode components, String code, String words) {
    ObjectNode component = components.addObject();
    component.set("code", Elements.concept(new Coding(MEASURE, code, words), words));
    return component;
  }

  private static ObjectNode percent(double share) {
    return Elements.object()
        .put("value", rounded(100 * share))
        .put("unit", "%")
        .put("system", Labels.UCUM)
        .put("code", "%");
  }

  private static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    // 1E+2 is a number in JSON, but not every reader of FHIR decimals expects it.
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  private String source(Highlight highlight) {
    return evidence(highlight).map(each -> each.origin().source()).orElse(highlight.input());
  }

  private Optional<Evidence> evidence(Highlight highlight) {
    return report.patientCase().evidence().stream()
        .filter(each -> each.id().equals(highlight.input()))
        .findFirst();
  }

  /** The body part of the image that the finding rests on, where it is one and says so. */
  private Optional<String> bodySite(Finding finding) {
    List<String> sites =
        finding.highlights().stream()
            .map(this::evidence)
            .flatMap(Optional::stream)
            .filter(ImageEvidence.class::isInstance)
            .map(each -> ((ImageEvidence) each).bodyPart())
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return sites.size() == 1 ? Optional.of(sites.getFirst()) : Optional.empty();
  }
}
