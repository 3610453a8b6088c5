package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;

/**
 * What a person does with a result that is there, as a transaction bundle made of that of the
 * result ({@link FhirBundleWriter}).
 *
 * <p>Signed: the DiagnosticReport and its Observations become {@code final}, the clinician is the
 * report's {@code resultsInterpreter}, and a Provenance and an AuditEvent say who signed and when.
 * The label that a model asserted it stays. Withdrawn: all of them become {@code entered-in-error}
 * and lose what they said.
 *
 * <p>The same act by the same person at the same time gives the same text.
 */
public final class ResultAct {
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final Coding UPDATE =
      new Coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "UPDATE", "revise");
  private static final Coding NULLIFY =
      new Coding("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "NULLIFY", "nullify");

  private final Clinician by;
  private final Instant when;
  private final Optional<String> why;
  private final ArrayNode entries = Elements.object().putArray("entry");
  private final List<String> targets = new ArrayList<>();
  private String seal = "";
  private String report = "";
  private String device = "";
  private JsonNode sealed = Elements.object();

  private ResultAct(Clinician by, Instant when, Optional<String> why) {
    this.by = by;
    this.when = when;
    this.why = why;
  }

  /**
   * The result, signed.
   *
   * @param bundle of the result, as it was written
   * @throws RejectedInputException if it is no bundle of a result
   */
  public static String signed(String bundle, Clinician by, Instant when)
      throws RejectedInputException {
    return new ResultAct(by, when, Optional.empty()).act(bundle);
  }

  /**
   * The result, withdrawn.
   *
   * @param bundle of the result, as it was written
   * @param why one sentence
   * @throws RejectedInputException if it is no bundle of a result
   */
  public static String withdrawn(String bundle, Clinician by, Instant when, String why)
      throws RejectedInputException {
    return new ResultAct(by, when, Optional.of(why)).act(bundle);
  }

  private String act(String bundle) throws RejectedInputException {
    for (JsonNode entry : parsed(bundle).path("entry")) {
      if (entry instanceof ObjectNode object
          && object.path("resource") instanceof ObjectNode resource) {
        take(object, resource);
      }
    }
    if (report.isEmpty() || device.isEmpty() || seal.isEmpty()) {
      throw new RejectedInputException("The bundle is not that of a result.");
    }
    String tag = seal + "-" + (why.isPresent() ? "withdrawn" : "signed");
    String search = "_tag=" + FhirBundleWriter.SEAL_SYSTEM + "|" + tag;
    created(provenance(tag), search);
    created(audit(tag), search);
    ObjectNode acted = Elements.resource("Bundle");
    acted.set("identifier", Elements.identifier(FhirBundleWriter.SEAL_SYSTEM, tag));
    acted.put("type", "transaction");
    acted.set("entry", entries);
    return Elements.text(acted);
  }

  private static JsonNode parsed(String bundle) throws RejectedInputException {
    try {
      return FhirJson.MAPPER.readTree(bundle);
    } catch (JsonProcessingException e) {
      throw new RejectedInputException("The bundle of the result is damaged.", e);
    }
  }

  private void take(ObjectNode entry, ObjectNode resource) {
    String address = entry.path("fullUrl").asText("");
    boolean update = entry.path("request").path("method").asText("").equals("PUT");
    switch (resource.path("resourceType").asText("")) {
      case "Device" -> {
        device = address;
        entries.add(entry);
      }
      case "Observation" -> {
        // Those that are updated belong to an earlier result, which is withdrawn already.
        if (!update) {
          observation(resource);
          updated(entry, resource, resource.path("identifier").path(0));
        }
      }
      case "DiagnosticReport" -> {
        report = address;
        JsonNode identifier = resource.path("identifier").path(0);
        seal = identifier.path("value").asText("");
        report(resource);
        updated(entry, resource, identifier);
      }
      case "Provenance" -> sealed = resource.path("extension");
      default -> {}
    }
  }

  private void updated(ObjectNode entry, ObjectNode resource, JsonNode identifier) {
    targets.add(entry.path("fullUrl").asText(""));
    entry
        .putObject("request")
        .put("method", "PUT")
        .put(
            "url",
            "%s?identifier=%s|%s"
                .formatted(
                    resource.path("resourceType").asText(""),
                    identifier.path("system").asText(""),
                    identifier.path("value").asText("")));
    entries.add(entry);
  }

  private void created(ObjectNode resource, String search) {
    ObjectNode entry = Elements.entry(Elements.address(resource), resource);
    entry
        .putObject("request")
        .put("method", "POST")
        .put("url", resource.path("resourceType").asText(""))
        .put("ifNoneExist", search);
    entries.add(entry);
  }

  private void observation(ObjectNode observation) {
    observation.put("status", status());
    if (why.isPresent()) {
      observation.remove(
          List.of(
              "valueCodeableConcept",
              "interpretation",
              "note",
              "bodySite",
              "derivedFrom",
              "component"));
    }
  }

  private void report(ObjectNode resource) {
    resource.put("status", status());
    resource.put("issued", when.toString());
    String conclusion = resource.path("conclusion").asText("");
    if (why.isEmpty()) {
      resource.putArray("resultsInterpreter").add(person());
      resource.put("conclusion", ReportedResult.signed(conclusion));
      return;
    }
    resource.remove(List.of("result", "extension"));
    Profiles.text(Profiles.extension(resource, Profiles.REPLACES), "reason", why.get());
    resource.put("conclusion", ReportedResult.withdrawal(why.get()));
  }

  private String status() {
    return (why.isPresent()
            ? ReportedResult.Status.ENTERED_IN_ERROR
            : ReportedResult.Status.FINAL)
        .wireName();
  }

  /** A logical reference (R4 2.3.0.2): we do not know where the practitioner's resource is. */
  private ObjectNode person() {
    ObjectNode person = Elements.object().put("type", "Practitioner");
    by.id()
        .ifPresent(
            id -> {
              ObjectNode identifier = person.putObject("identifier");
              by.system().ifPresent(system -> identifier.put("system", system));
              identifier.put("value", id);
            });
    return person.put("display", by.name());
  }

  private ObjectNode provenance(String tag) {
    ObjectNode provenance = Elements.resource("Provenance");
    provenance.set("meta", TraceWriter.meta(Profiles.PROVENANCE, tag));
    provenance.set("extension", sealed);
    ArrayNode target = provenance.putArray("target");
    targets.forEach(each -> target.add(Elements.reference(each)));
    provenance.put("recorded", when.toString());
    why.ifPresent(each -> provenance.putArray("reason").addObject().put("text", each));
    Coding activity = why.isPresent() ? NULLIFY : UPDATE;
    provenance.set("activity", Elements.concept(activity, activity.display()));
    String role = why.isPresent() ? "Performer" : "Verifier";
    ObjectNode agent = provenance.putArray("agent").addObject();
    agent.set("type", Elements.concept(TraceWriter.participant(role), role));
    agent.set("who", person());
    ObjectNode entity = provenance.putArray("entity").addObject().put("role", "revision");
    entity
        .putObject("what")
        .set("identifier", Elements.identifier(FhirBundleWriter.SEAL_SYSTEM, seal));
    return provenance;
  }

  private ObjectNode audit(String tag) {
    ObjectNode audit = Elements.resource("AuditEvent");
    audit.set("meta", TraceWriter.meta(Profiles.AUDIT, tag));
    audit.set("type", Elements.coding(new Coding(DICOM, "110110", "Patient Record")));
    audit.put("action", "U");
    audit.put("recorded", when.toString());
    audit.put("outcome", "0");
    ObjectNode agent = audit.putArray("agent").addObject();
    agent.set(
        "type",
        Elements.concept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/extra-security-role-type",
                "humanuser",
                "human user"),
            "Person"));
    agent.set("who", person());
    agent.put("requestor", true);
    audit.putObject("source").set("observer", Elements.reference(device));
    audit.putArray("entity").addObject().set("what", Elements.reference(report));
    return audit;
  }
}
