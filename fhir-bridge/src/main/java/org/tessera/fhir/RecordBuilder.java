package org.tessera.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;

/** Collects the resources of a bundle, keeping of each only what is used. */
final class RecordBuilder {
  /** Resource types whose statements, notes or sounds are read. */
  static final Set<String> READ =
      Set.of(
          "Patient",
          "Condition",
          "Observation",
          "AllergyIntolerance",
          "Medication",
          "MedicationRequest",
          "MedicationStatement",
          "MedicationAdministration",
          "DiagnosticReport",
          "DocumentReference",
          "Media",
          "Binary");

  // Of all other types: whose it is and when it was.
  private static final List<String> KEPT =
      List.of(
          "id",
          "resourceType",
          "meta",
          "subject",
          "patient",
          "period",
          "performedDateTime",
          "performedPeriod",
          "occurrenceDateTime");

  private final Map<String, FhirResource> byAddress = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private int entries;

  void addEntry(JsonNode node) throws RejectedInputException {
    entries++;
    if (!node.isObject()) {
      throw new FhirElement(node, "Bundle").wrongForm("entry");
    }
    FhirElement entry = new FhirElement(node, "Bundle.entry");
    Optional<FhirElement> request = entry.child("request");
    if (request.isPresent()
        && request.get().text("method").filter("DELETE"::equals).isPresent()) {
      request.get().text("url").ifPresent(deleted::add);
    }
    Optional<FhirElement> resource = entry.child("resource");
    if (resource.isPresent()) {
      addResource(entry.text("fullUrl"), resource.get().node());
    }
  }

  void addResource(Optional<String> fullUrl, JsonNode node) throws RejectedInputException {
    Optional<String> type = new FhirElement(node, "Bundle.entry.resource").text("resourceType");
    if (type.isEmpty() || !type.get().matches("[A-Z][A-Za-z]{1,40}")) {
      throw new RejectedInputException(
          "Entry %d of the FHIR bundle does not say what resource it is.".formatted(entries));
    }
    FhirElement body = new FhirElement(reduced(type.get(), (ObjectNode) node), type.get());
    String id = body.text("id").or(() -> uuid(fullUrl)).orElse("entry-" + entries);
    FhirResource resource =
        new FhirResource(type.get(), type.get() + "/" + id, fullUrl, body);
    String address = fullUrl.orElse(resource.key());
    FhirResource known = byAddress.get(address);
    if (known == null) {
      byAddress.put(address, resource);
    } else if (!known.body().node().equals(body.node())) {
      byAddress.put(address, newer(known, resource));
    }
  }

  // R4 bdl-7: one address twice only as different versions, as a rule the newest first.
  private static FhirResource newer(FhirResource known, FhirResource other)
      throws RejectedInputException {
    Optional<String> version = version(known);
    if (version.isEmpty() || version.equals(version(other))) {
      throw new RejectedInputException(
          "The FHIR bundle has two different resources of type %s at the same address."
              .formatted(other.type()));
    }
    return changed(other).isAfter(changed(known)) ? other : known;
  }

  private static Optional<String> version(FhirResource resource) throws RejectedInputException {
    Optional<FhirElement> meta = resource.body().child("meta");
    return meta.isPresent() ? meta.get().text("versionId") : Optional.empty();
  }

  private static Optional<String> uuid(Optional<String> fullUrl) {
    return fullUrl
        .filter(each -> each.startsWith("urn:uuid:"))
        .map(each -> each.substring("urn:uuid:".length()));
  }

  private static ObjectNode reduced(String type, ObjectNode node) {
    if (!READ.contains(type)) {
      node.retain(KEPT);
    } else {
      // The generated narrative only repeats the elements, in XHTML.
      node.remove(List.of("text", "extension"));
    }
    return node;
  }

  private static Instant changed(FhirResource resource) throws RejectedInputException {
    Optional<FhirElement> meta = resource.body().child("meta");
    return meta.isPresent()
        ? meta.get().time("lastUpdated").orElse(Instant.MIN)
        : Instant.MIN;
  }

  FhirRecord record(Optional<Instant> assembled) {
    byAddress.values().removeIf(each -> deleted.contains(each.key()));
    return new FhirRecord(List.copyOf(byAddress.values()), assembled);
  }
}
