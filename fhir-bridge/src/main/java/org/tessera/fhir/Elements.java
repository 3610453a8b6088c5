package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.PatientIdentity;

/** Makes the elements of FHIR JSON (R4 2.24). */
final class Elements {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          .build()
          .writer(
              // The same bytes on every system.
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private Elements() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode resource(String type) {
    return object().put("resourceType", type);
  }

  static String text(ObjectNode resource) {
    try {
      return WRITER.writeValueAsString(resource) + "\n";
    } catch (JsonProcessingException e) {
      // A tree of strings and numbers can always be written.
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode coding(Coding coding) {
    return object()
        .put("system", coding.system())
        .put("code", coding.code())
        .put("display", coding.display());
  }

  static ObjectNode concept(Coding coding, String words) {
    ObjectNode concept = object();
    concept.putArray("coding").add(coding(coding));
    return concept.put("text", words);
  }

  static ObjectNode concept(Optional<Coding> coding, String words) {
    return coding.map(each -> concept(each, words)).orElseGet(() -> object().put("text", words));
  }

  static ObjectNode status(String system, String code) {
    ObjectNode concept = object();
    concept.putArray("coding").add(object().put("system", system).put("code", code));
    return concept;
  }

  static ObjectNode quantity(double value, String unit) {
    ObjectNode quantity = object().put("value", BigDecimal.valueOf(value)).put("unit", unit);
    // UCUM codes are printable ASCII without blanks.
    return unit.matches("[!-~]+")
        ? quantity.put("system", Labels.UCUM).put("code", unit)
        : quantity;
  }

  static ObjectNode reference(String address) {
    return object().put("reference", address);
  }

  static ObjectNode identifier(String system, String value) {
    return object().put("system", system).put("value", value);
  }

  /** An identifier of a patient; an issuer that is no URI is named as the assigner. */
  static Optional<ObjectNode> identifier(PatientIdentity patient) {
    if (patient.id().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode identifier = object();
    patient
        .issuer()
        .filter(each -> URI.matcher(each).matches())
        .ifPresent(each -> identifier.put("system", each));
    identifier.put("value", patient.id().get());
    patient
        .issuer()
        .filter(each -> !URI.matcher(each).matches())
        .ifPresent(each -> identifier.putObject("assigner").put("display", each));
    return Optional.of(identifier);
  }

  /** An entry with an address made of the resource's own content. */
  static ObjectNode entry(String address, ObjectNode resource) {
    ObjectNode entry = object().put("fullUrl", address);
    entry.set("resource", resource);
    return entry;
  }

  static String address(ObjectNode resource) {
    return "urn:uuid:" + Hashes.uuid(text(resource));
  }
}
