package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedResult;

/**
 * Writes the outcome of a case as a FHIR R4 transaction bundle: a Device (the model), an
 * Observation for each supported finding, a DiagnosticReport, all of them preliminary and labelled
 * as asserted by artificial intelligence (security label AIAST), a Provenance with the seal and an
 * AuditEvent. The profiles are {@link Profiles}.
 *
 * <p>Withheld, abstained and not-found findings never appear, and neither does a sentence of the
 * narrative that was struck out or rests on such a finding. That nothing is reported is said to be
 * no negative result. Phantom findings and composed cases are tagged HTEST.
 *
 * <p>Every address is made of the content (name-based UUID), and a resource is created only if none
 * with the same identifier or tag exists: the same outcome gives the same text, and posting it
 * twice changes nothing.
 *
 * <p>An amended result updates the earlier DiagnosticReport in place ({@code amended}) and marks
 * the earlier Observations {@code entered-in-error}; a withdrawn one marks all of them.
 */
public final class FhirBundleWriter {
  static final String SEAL_SYSTEM = "urn:tessera:seal";
  static final String CASE_SYSTEM = "urn:tessera:case";

  private final CaseReport report;
  private final ReportedResult result;
  private final ArrayNode entries = Elements.object().putArray("entry");

  private FhirBundleWriter(CaseReport report, ReportedResult result) {
    this.report = report;
    this.result = result;
  }

  /**
   * Writes a bundle without the time of its making.
   *
   * @param report the outcome
   * @param seal the hash that seals the result, 64 hexadecimal digits
   * @return JSON text
   */
  public static String write(CaseReport report, String seal) {
    return write(report, seal, Optional.empty());
  }

  /**
   * Writes a bundle.
   *
   * @param report the outcome
   * @param seal the hash that seals the result, 64 hexadecimal digits
   * @param issued when the report was made available, where the caller knows
   * @return JSON text
   */
  public static String write(CaseReport report, String seal, Optional<Instant> issued) {
    return write(report, ReportedResult.of(report, seal), issued, List.of());
  }

  /**
   * Writes a bundle.
   *
   * @param report the outcome: patient, evidence and model are taken from it
   * @param result what of it may leave; amended and withdrawn results name the earlier one
   * @param issued when the report was made available, where the caller knows
   * @param earlier the findings of the earlier result, which must not be used any more
   * @return JSON text
   */
  public static String write(
      CaseReport report,
      ReportedResult result,
      Optional<Instant> issued,
      List<ReportedFinding> earlier) {
    return Elements.text(new FhirBundleWriter(report, result).bundle(issued, earlier));
  }

  private ObjectNode bundle(Optional<Instant> issued, List<ReportedFinding> earlier) {
    ObjectNode device = DeviceWriter.device(report.model());
    String deviceAddress = Elements.address(device);
    created(device, "identifier=" + DeviceWriter.identity(report.model()));
    FindingWriter findings = new FindingWriter(report, deviceAddress, result.seal());
    List<String> observations = new ArrayList<>();
    for (ReportedFinding finding : result.findings()) {
      ObjectNode observation = findings.observation(finding);
      created(observation, search(FindingWriter.identifier(finding, result.seal())));
      observations.add(Elements.address(observation));
    }
    ObjectNode diagnosticReport =
        new ReportWriter(report, result, issued).diagnosticReport(observations);
    if (result.predecessor().isPresent()) {
      String seal = result.predecessor().get();
      for (ReportedFinding finding : earlier) {
        updated(
            findings.withdrawn(finding, seal), search(FindingWriter.identifier(finding, seal)));
      }
      updated(diagnosticReport, "identifier=" + SEAL_SYSTEM + "|" + seal);
    } else {
      created(diagnosticReport, "identifier=" + SEAL_SYSTEM + "|" + result.seal());
    }
    String address = Elements.address(diagnosticReport);
    TraceWriter trace = new TraceWriter(report, result, deviceAddress, issued);
    List<String> targets = new ArrayList<>(List.of(address));
    targets.addAll(observations);
    created(trace.provenance(targets), "_tag=" + SEAL_SYSTEM + "|" + trace.tag());
    created(trace.audit(address), "_tag=" + SEAL_SYSTEM + "|" + trace.tag());
    ObjectNode bundle = Elements.resource("Bundle");
    bundle.set("identifier", Elements.identifier(SEAL_SYSTEM, result.seal()));
    bundle.put("type", "transaction");
    bundle.set("entry", entries);
    return bundle;
  }

  private static String search(ObjectNode identifier) {
    return "identifier="
        + identifier.path("system").textValue()
        + "|"
        + identifier.path("value").textValue();
  }

  // R4 3.1.0.7.1: a conditional create.
  private void created(ObjectNode resource, String search) {
    request(resource)
        .put("method", "POST")
        .put("url", type(resource))
        .put("ifNoneExist", search);
  }

  // R4 3.1.0.4.3: a conditional update.
  private void updated(ObjectNode resource, String search) {
    request(resource).put("method", "PUT").put("url", type(resource) + "?" + search);
  }

  private ObjectNode request(ObjectNode resource) {
    ObjectNode entry = Elements.entry(Elements.address(resource), resource);
    entries.add(entry);
    return entry.putObject("request");
  }

  private static String type(ObjectNode resource) {
    return resource.path("resourceType").textValue();
  }
}
