package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.StudyReference;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/** Reads a bundle of {@link FhirBundleWriter} back. Other people's bundles are refused. */
public final class FhirResultReader {
  private static final int MOST_CHARACTERS = 64 << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(FhirJson.MAX_DEPTH)
                          .build())
                  .build())
          .build();

  private FhirResultReader() {}

  /**
   * Reads a bundle.
   *
   * @throws RejectedInputException with one sentence, if it is none of ours or damaged
   */
  public static ReportedResult read(String bundle) throws RejectedInputException {
    if (bundle.length() > MOST_CHARACTERS) {
      throw new RejectedInputException("The bundle has more than 64 million characters.");
    }
    try {
      return result(MAPPER.readTree(bundle));
    } catch (JsonProcessingException e) {
      throw new RejectedInputException("The bundle is not valid JSON.", e);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("The bundle has a value out of its range.", e);
    }
  }

  private static ReportedResult result(JsonNode bundle) throws RejectedInputException {
    Map<String, JsonNode> byAddress = new HashMap<>();
    Optional<JsonNode> found = Optional.empty();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      byAddress.put(entry.path("fullUrl").asText(), resource);
      if (resource.path("resourceType").asText().equals("DiagnosticReport")) {
        found = Optional.of(resource);
      }
    }
    JsonNode report =
        found.orElseThrow(
            () -> new RejectedInputException("The bundle has no DiagnosticReport."));
    Optional<ReportedResult.Status> status =
        ReportedResult.Status.of(report.path("status").asText());
    String seal = identifier(report, FhirBundleWriter.SEAL_SYSTEM, false);
    if (status.isEmpty() || seal.isEmpty()) {
      throw new RejectedInputException(
          "The DiagnosticReport was not written by this program, or its case was not analysed.");
    }
    List<ReportedFinding> findings = new ArrayList<>();
    for (JsonNode reference : report.path("result")) {
      JsonNode observation = byAddress.get(reference.path("reference").asText());
      if (observation == null) {
        throw new RejectedInputException(
            "The bundle does not have every result that its report names.");
      }
      findings.add(finding(observation));
    }
    boolean withdrawn = status.get() == ReportedResult.Status.ENTERED_IN_ERROR;
    return new ReportedResult(
        identifier(report, FhirBundleWriter.CASE_SYSTEM, false),
        seal,
        status.get(),
        withdrawn
            ? Optional.of(seal)
            : Optional.of(identifier(report, FhirBundleWriter.SEAL_SYSTEM, true))
                .filter(each -> !each.isEmpty()),
        extension(report, Profiles.REPLACES)
            .map(each -> part(each, "reason").asText())
            .filter(each -> !each.isEmpty()),
        findings,
        report.path("conclusion").asText());
  }

  private static String identifier(JsonNode resource, String system, boolean old) {
    for (JsonNode each : resource.path("identifier")) {
      if (each.path("system").asText().equals(system)
          && each.path("use").asText().equals("old") == old) {
        return each.path("value").asText();
      }
    }
    return "";
  }

  private static ReportedFinding finding(JsonNode observation) throws RejectedInputException {
    String name = identifier(observation, FindingWriter.SYSTEM, false);
    JsonNode coding = observation.path("code").path("coding").path(0);
    if (name.isEmpty() || !coding.has("code")) {
      throw new RejectedInputException("The bundle has an Observation without a coded finding.");
    }
    OptionalDouble probability = OptionalDouble.empty();
    Optional<Finding.Interval> interval = Optional.empty();
    Optional<Finding.OperatingPoint> point = Optional.empty();
    List<ReportedRegion> regions = new ArrayList<>();
    for (JsonNode component : observation.path("component")) {
      switch (component.path("code").path("coding").path(0).path("code").asText()) {
        case "probability" ->
            probability = OptionalDouble.of(share(component.path("valueQuantity")));
        case "probability-interval" -> interval = Optional.of(interval(component));
        case "operating-point" -> point = Optional.of(operatingPoint(component));
        case "evidence-region" -> regions.add(region(component));
        default -> {
          // Of a later version.
        }
      }
    }
    return new ReportedFinding(
        name.substring(name.indexOf('-') + 1),
        new Coding(
            coding.path("system").asText(),
            coding.path("code").asText(),
            coding.path("display").asText()),
        probability,
        interval,
        point,
        regions,
        observation.path("note").path(0).path("text").asText());
  }

  private static Finding.Interval interval(JsonNode component) {
    JsonNode parts = extension(component, Profiles.INTERVAL).orElse(MAPPER.createArrayNode());
    return new Finding.Interval(
        share(component.path("valueRange").path("low")),
        share(component.path("valueRange").path("high")),
        part(parts, "level").asDouble(),
        part(parts, "method").asText());
  }

  private static Finding.OperatingPoint operatingPoint(JsonNode component) {
    JsonNode parts =
        extension(component, Profiles.OPERATING_POINT).orElse(MAPPER.createArrayNode());
    return new Finding.OperatingPoint(
        share(component.path("valueQuantity")),
        part(parts, "sensitivity").asDouble(),
        part(parts, "specificity").asDouble(),
        part(parts, "from").asText());
  }

  private static ReportedRegion region(JsonNode component) throws RejectedInputException {
    JsonNode parts =
        extension(component, Profiles.REGION)
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "The bundle has a place in the evidence without its numbers."));
    EvidenceRegion region =
        switch (part(parts, "kind").asText()) {
          case "pixels" ->
              new PixelRegion(
                  part(parts, "frame").asInt(),
                  number(parts, "x"),
                  number(parts, "y"),
                  number(parts, "width"),
                  number(parts, "height"));
          case "slide" ->
              new SlideRegion(
                  number(parts, "x"),
                  number(parts, "y"),
                  number(parts, "width"),
                  number(parts, "height"));
          case "text" -> new TextSpan(part(parts, "start").asInt(), part(parts, "end").asInt());
          case "time" -> new TimeInterval(number(parts, "start"), number(parts, "end"));
          case "record" ->
              new RecordEntry(part(parts, "resource").asText(), part(parts, "path").asText());
          default ->
              throw new RejectedInputException("The bundle has a place of an unknown kind.");
        };
    Optional<StudyReference> instance =
        part(parts, "sopInstance").isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new StudyReference(
                    uid(parts, "study"),
                    uid(parts, "series"),
                    uid(parts, "sopClass"),
                    uid(parts, "sopInstance"),
                    Optional.empty()));
    return new ReportedRegion(
        part(parts, "input").asText(), instance, region, number(parts, "weight"));
  }

  private static String uid(JsonNode parts, String name) {
    String uri = part(parts, name).asText();
    return uri.startsWith(RegionWriter.OID) ? uri.substring(RegionWriter.OID.length()) : uri;
  }

  private static double number(JsonNode parts, String name) {
    return part(parts, name).asDouble();
  }

  private static double share(JsonNode quantity) {
    return new BigDecimal(quantity.path("value").asText("0"))
        .movePointLeft(2)
        .setScale(6, RoundingMode.HALF_EVEN)
        .doubleValue();
  }

  /** The parts of an extension. */
  private static Optional<JsonNode> extension(JsonNode element, String url) {
    for (JsonNode each : element.path("extension")) {
      if (each.path("url").asText().equals(url)) {
        return Optional.of(each.path("extension"));
      }
    }
    return Optional.empty();
  }

  /** The value of a part; a missing node if it is not there. */
  private static JsonNode part(JsonNode parts, String name) {
    for (JsonNode each : parts) {
      if (each.path("url").asText().equals(name)) {
        for (String type :
            List.of("valueString", "valueCode", "valueDecimal", "valueInteger", "valueUri")) {
          if (each.has(type)) {
            return each.get(type);
          }
        }
      }
    }
    return MAPPER.missingNode();
  }
}
