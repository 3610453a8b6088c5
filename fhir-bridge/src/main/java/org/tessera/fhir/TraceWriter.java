package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ReportedResult;

/**
 * Writes where a result comes from (Provenance, R4 6.3) and that it was made (AuditEvent, R4 6.4).
 * Neither has an identifier in R4: each carries the seal as a tag, by which a repeat finds it.
 */
final class TraceWriter {
  static final String INPUT_SYSTEM = "urn:tessera:input";
  private static final int MOST_INPUTS = 256;
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String OPERATIONS =
      "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

  private final CaseReport report;
  private final ReportedResult result;
  private final String device;
  private final Optional<Instant> recorded;

  TraceWriter(
      CaseReport report, ReportedResult result, String device, Optional<Instant> recorded) {
    this.report = report;
    this.result = result;
    this.device = device;
    this.recorded = recorded;
  }

  ObjectNode provenance(List<String> targets) {
    ObjectNode provenance = Elements.resource("Provenance");
    provenance.set("meta", meta(Profiles.PROVENANCE));
    ArrayNode seal = Profiles.extension(provenance, Profiles.SEAL);
    Profiles.text(seal, "result", result.seal());
    Profiles.text(seal, "sequence", report.sequenceSha256());
    Profiles.text(seal, "model", report.model().sha256().orElse("none"));
    Profiles.text(seal, "algorithm", "SHA-256 over RFC 8785");
    ArrayNode target = provenance.putArray("target");
    targets.forEach(each -> target.add(Elements.reference(each)));
    recorded(provenance);
    result
        .reason()
        .ifPresent(each -> provenance.putArray("reason").addObject().put("text", each));
    provenance.set("activity", Elements.concept(activity(), activity().display()));
    ObjectNode agent = provenance.putArray("agent").addObject();
    agent.set("type", Elements.concept(participant("Assembler"), "Assembler"));
    agent.set("who", Elements.reference(device));
    ArrayNode entities = Elements.object().putArray("entity");
    result
        .predecessor()
        .ifPresent(each -> entity(entities, "revision", FhirBundleWriter.SEAL_SYSTEM, each));
    report.patientCase().evidence().stream()
        .map(Evidence::origin)
        .limit(MOST_INPUTS)
        .forEach(each -> entity(entities, "source", INPUT_SYSTEM, each.sha256()));
    if (!entities.isEmpty()) {
      provenance.set("entity", entities);
    }
    return provenance;
  }

  private static void entity(ArrayNode entities, String role, String system, String value) {
    ObjectNode entity = entities.addObject().put("role", role);
    entity.putObject("what").set("identifier", Elements.identifier(system, value));
  }

  private Coding activity() {
    return switch (result.status()) {
      case PRELIMINARY -> new Coding(OPERATIONS, "CREATE", "create");
      case AMENDED, FINAL -> new Coding(OPERATIONS, "UPDATE", "revise");
      case ENTERED_IN_ERROR -> new Coding(OPERATIONS, "NULLIFY", "nullify");
    };
  }

  ObjectNode audit(String diagnosticReport) {
    ObjectNode audit = Elements.resource("AuditEvent");
    audit.set("meta", meta(Profiles.AUDIT));
    audit.set("type", Elements.coding(new Coding(DICOM, "110110", "Patient Record")));
    audit.put("action", result.status() == ReportedResult.Status.PRELIMINARY ? "C" : "U");
    recorded(audit);
    audit.put("outcome", "0");
    ObjectNode agent = audit.putArray("agent").addObject();
    agent.set(
        "type", Elements.concept(new Coding(DICOM, "110150", "Application"), "Application"));
    agent.set("who", Elements.reference(device));
    agent.put("requestor", false);
    audit.putObject("source").set("observer", Elements.reference(device));
    audit.putArray("entity").addObject().set("what", Elements.reference(diagnosticReport));
    return audit;
  }

  /** Required, but only the caller knows; R4 2.4.1.1.1, data-absent-reason. */
  private void recorded(ObjectNode resource) {
    recorded.ifPresentOrElse(
        each -> resource.put("recorded", each.toString()),
        () ->
            resource
                .putObject("_recorded")
                .putArray("extension")
                .addObject()
                .put("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
                .put("valueCode", "unknown"));
  }

  /** What an agent did, a code of Provenance (R4 6.3.4). */
  static Coding participant(String display) {
    return new Coding(
        "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
        display.toLowerCase(Locale.ROOT),
        display);
  }

  private ObjectNode meta(String profile) {
    return meta(profile, tag());
  }

  /** R4 gives these resources no identifier: a tag is what a repeat finds them by. */
  static ObjectNode meta(String profile, String tag) {
    ObjectNode meta = Elements.object();
    meta.putArray("profile").add(profile);
    meta.putArray("tag")
        .addObject()
        .put("system", FhirBundleWriter.SEAL_SYSTEM)
        .put("code", tag);
    return meta;
  }

  /** A withdrawal is another act than the making of the same result. */
  String tag() {
    return result.status() == ReportedResult.Status.ENTERED_IN_ERROR
        ? result.seal() + "-withdrawn"
        : result.seal();
  }
}
