package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.StudyReference;

/** Writes a supported finding as an Observation (R4 10.1). */
final class FindingWriter {
  static final String SYSTEM = "urn:tessera:finding";
  static final String MEASURE = "urn:tessera:measure";
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

  ObjectNode observation(ReportedFinding finding) {
    ObjectNode observation = head(finding, seal, "preliminary");
    observation.set("valueCodeableConcept", Elements.concept(PRESENT, "Present"));
    observation.putArray("interpretation").add(Elements.concept(POSITIVE, "Positive"));
    if (!finding.gate().isBlank()) {
      observation.putArray("note").addObject().put("text", finding.gate());
    }
    bodySite(finding).ifPresent(each -> observation.putObject("bodySite").put("text", each));
    observation.set("device", Elements.reference(device));
    studies(finding, observation);
    components(finding, observation.putArray("component"));
    if (observation.path("component").isEmpty()) {
      observation.remove("component");
    }
    return observation;
  }

  /** The earlier observation of a finding that must not be used any more. */
  ObjectNode withdrawn(ReportedFinding finding, String earlier) {
    ObjectNode observation = head(finding, earlier, "entered-in-error");
    observation.set("device", Elements.reference(device));
    return observation;
  }

  private ObjectNode head(ReportedFinding finding, String ownSeal, String status) {
    ObjectNode observation = Elements.resource("Observation");
    observation.set("meta", ReportWriter.meta(Profiles.FINDING, isSynthetic(report, finding)));
    observation.putArray("identifier").add(identifier(finding, ownSeal));
    observation.put("status", status);
    observation.set("code", Elements.concept(finding.code(), finding.code().display()));
    Subject.of(report).ifPresent(each -> observation.set("subject", each));
    ReportWriter.acquired(report)
        .ifPresent(each -> observation.put("effectiveDateTime", each.toString()));
    return observation;
  }

  static ObjectNode identifier(ReportedFinding finding, String seal) {
    return Elements.identifier(SYSTEM, seal + "-" + finding.id());
  }

  static boolean isSynthetic(CaseReport report, ReportedFinding finding) {
    return report.patientCase().composed() || finding.code().system().equals(Coding.PHANTOM);
  }

  private void studies(ReportedFinding finding, ObjectNode observation) {
    List<String> studies =
        finding.regions().stream()
            .flatMap(each -> each.instance().stream())
            .map(StudyReference::studyUid)
            .distinct()
            .toList();
    for (String uid : studies) {
      observation.withArray("derivedFrom").add(ReportWriter.study(uid));
    }
  }

  private void components(ReportedFinding finding, ArrayNode components) {
    if (finding.probability().isPresent()) {
      ObjectNode component = component(components, "probability", "Probability");
      component.set("valueQuantity", percent(finding.probability().getAsDouble()));
    }
    if (finding.interval().isPresent()) {
      Finding.Interval interval = finding.interval().get();
      ObjectNode component =
          component(components, "probability-interval", "Interval of the probability");
      ArrayNode parts = Profiles.extension(component, Profiles.INTERVAL);
      Profiles.decimal(parts, "level", interval.level());
      Profiles.text(parts, "method", interval.method());
      ObjectNode range = component.putObject("valueRange");
      range.set("low", percent(interval.low()));
      range.set("high", percent(interval.high()));
    }
    if (finding.operatingPoint().isPresent()) {
      Finding.OperatingPoint point = finding.operatingPoint().get();
      ObjectNode component =
          component(components, "operating-point", "Counts as found from this probability on");
      ArrayNode parts = Profiles.extension(component, Profiles.OPERATING_POINT);
      Profiles.decimal(parts, "sensitivity", point.sensitivity());
      Profiles.decimal(parts, "specificity", point.specificity());
      Profiles.text(parts, "from", point.from());
      component.set("valueQuantity", percent(point.threshold()));
    }
    for (ReportedRegion region : finding.regions()) {
      ObjectNode component = component(components, "evidence-region", "Place in the evidence");
      RegionWriter.write(component, region);
      component.put("valueString", RegionWords.of(region, source(region)));
    }
  }

  private static ObjectNode component(ArrayNode components, String code, String words) {
    ObjectNode component = components.addObject();
    component.set("code", Elements.concept(new Coding(MEASURE, code, words), words));
    return component;
  }

  private static ObjectNode percent(double share) {
    return Elements.object()
        .put("value", Profiles.Decimals.percent(share))
        .put("unit", "%")
        .put("system", Labels.UCUM)
        .put("code", "%");
  }

  private String source(ReportedRegion region) {
    return evidence(region).map(each -> each.origin().source()).orElse(region.input());
  }

  private Optional<Evidence> evidence(ReportedRegion region) {
    return report.patientCase().evidence().stream()
        .filter(each -> each.id().equals(region.input()))
        .findFirst();
  }

  /** The body part of the image that the finding rests on, where it is one and says so. */
  private Optional<String> bodySite(ReportedFinding finding) {
    List<String> sites =
        finding.regions().stream()
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
