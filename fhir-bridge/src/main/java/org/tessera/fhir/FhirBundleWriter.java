package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;

/**
 * Writes the outcome of a case as a FHIR R4 transaction bundle: a Device (the model), an
 * Observation for each supported finding, and a DiagnosticReport, all of them preliminary and
 * labelled as asserted by artificial intelligence (security label AIAST).
 *
 * <p>Withheld, abstained and not-found findings never appear, and neither does a sentence of the
 * narrative that was struck out or rests on such a finding. That nothing is reported is said to be
 * no negative result. Phantom findings and composed cases are tagged HTEST.
 *
 * <p>Every address is made of the content (name-based UUID), and the report is created only if none
 * with the same seal exists: the same outcome gives the same text, and posting it twice changes
 * nothing.
 */
public final class FhirBundleWriter {
  static final String SEAL_SYSTEM = "urn:tessera:seal";

  private FhirBundleWriter() {}

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
    ObjectNode device = DeviceWriter.device(report.model());
    String deviceAddress = Elements.address(device);
    FindingWriter findings = new FindingWriter(report, deviceAddress, seal);
    List<ObjectNode> observations = new ArrayList<>();
    for (Finding finding : report.findings()) {
      if (finding.status() == Finding.Status.SUPPORTED) {
        observations.add(findings.observation(finding));
      }
    }
    ObjectNode diagnosticReport =
        new ReportWriter(report, seal, issued)
            .diagnosticReport(observations.stream().map(Elements::address).toList());
    ObjectNode bundle = Elements.resource("Bundle");
    bundle.set("identifier", Elements.identifier(SEAL_SYSTEM, seal));
    bundle.put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    entries.add(posted(device, DeviceWriter.identity(report.model())));
    for (ObjectNode observation : observations) {
      String finding = observation.path("identifier").path(0).path("value").textValue();
      entries.add(posted(observation, FindingWriter.SYSTEM + "|" + finding));
    }
    entries.add(posted(diagnosticReport, SEAL_SYSTEM + "|" + seal));
    return Elements.text(bundle);
  }

  // R4 3.1.0.7.1: a conditional create.
  private static ObjectNode posted(ObjectNode resource, String identifier) {
    ObjectNode entry = Elements.entry(Elements.address(resource), resource);
    entry
        .putObject("request")
        .put("method", "POST")
        .put("url", resource.path("resourceType").textValue())
        .put("ifNoneExist", "identifier=" + identifier);
    return entry;
  }
}
