package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;

/**
 * What somebody posted to be analysed, made one bundle: a Bundle of any type, a Patient, a
 * DocumentReference, or Parameters whose parameters hold bundles and resources, in JSON or XML. It
 * is copied entry by entry, so that no more than the largest entry is held (XML is held as a
 * whole), within the caps of {@link FhirDecoder}.
 */
public final class PostedRecord {
  private static final int MOST_STUDIES = 64;

  /** Types that are read, or that only say when something was. */
  private static final Set<String> UNDERSTOOD = Set.of("ImagingStudy", "Encounter");

  /**
   * What was found on the way.
   *
   * @param patients ids of the Patient resources
   * @param studies Study Instance UIDs that ImagingStudy resources name, in their order
   * @param unread how many resources there were of each type that is not read
   */
  public record Summary(Set<String> patients, List<String> studies, Map<String, Integer> unread) {
    public Summary {
      patients = Set.copyOf(patients);
      studies = List.copyOf(studies);
      unread = Map.copyOf(unread);
    }
  }

  private final JsonGenerator out;
  private final Set<String> patients = new TreeSet<>();
  private final Set<String> studies = new LinkedHashSet<>();
  private final Map<String, Integer> unread = new TreeMap<>();
  private int resources;

  private PostedRecord(JsonGenerator out) {
    this.out = out;
  }

  /**
   * Copies.
   *
   * @param body the file that was posted
   * @param xml whether it is XML
   * @param bundle receives the bundle in JSON; not closed
   * @throws RejectedInputException with one sentence, if it is nothing that can be analysed
   */
  public static Summary copy(Path body, boolean xml, OutputStream bundle)
      throws IOException, RejectedInputException {
    byte[] converted = {};
    if (xml) {
      try (InputStream in = Files.newInputStream(body)) {
        converted = FhirXml.json(in);
      }
    }
    Shape shape = new Shape();
    try (InputStream in = open(body, xml, converted)) {
      FhirJson.readObject(in, shape::read);
    }
    try (InputStream in = open(body, xml, converted);
        JsonGenerator out = FhirJson.MAPPER.getFactory().createGenerator(bundle)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      PostedRecord copy = new PostedRecord(out);
      copy.write(in, shape);
      return new Summary(copy.patients, List.copyOf(copy.studies), copy.unread);
    }
  }

  private static InputStream open(Path body, boolean xml, byte[] converted) throws IOException {
    return xml ? new ByteArrayInputStream(converted) : Files.newInputStream(body);
  }

  /** What is where, found before anything is copied: JSON has no order of its members. */
  private static final class Shape {
    private String type = "";
    private final List<String> parameters = new ArrayList<>();

    private void read(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("resourceType") && value == JsonToken.VALUE_STRING) {
          type = parser.getText();
        } else if (name.equals("parameter") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            parameters.add(parameter(parser));
          }
        } else {
          parser.skipChildren();
        }
      }
    }

    /** The type of the resource of a parameter; empty if it has none. */
    private static String parameter(JsonParser parser) throws IOException {
      String found = "";
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return found;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("resource") && value == JsonToken.START_OBJECT) {
          found = resourceType(parser);
        } else {
          parser.skipChildren();
        }
      }
      return found;
    }

    private static String resourceType(JsonParser parser) throws IOException {
      String found = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean type = parser.currentName().equals("resourceType");
        JsonToken value = parser.nextToken();
        if (type && value == JsonToken.VALUE_STRING) {
          found = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      return found;
    }
  }

  private void write(InputStream in, Shape shape) throws IOException, RejectedInputException {
    out.writeStartObject();
    out.writeStringField("resourceType", "Bundle");
    switch (shape.type) {
      case "Bundle" -> FhirJson.readObject(in, this::bundle);
      case "Patient", "DocumentReference" -> {
        out.writeArrayFieldStart("entry");
        FhirJson.readObject(in, this::single);
        out.writeEndArray();
      }
      case "Parameters" -> {
        out.writeStringField("type", "collection");
        out.writeArrayFieldStart("entry");
        FhirJson.readObject(in, parser -> parameters(parser, shape.parameters));
        out.writeEndArray();
      }
      default ->
          throw new RejectedInputException(
              "A Bundle, a Patient, a DocumentReference or Parameters with a parameter named bundle"
                  + " is needed.");
    }
    out.writeEndObject();
    if (resources == 0) {
      throw new RejectedInputException("There is no resource in it.");
    }
  }

  private void bundle(JsonParser parser) throws IOException, RejectedInputException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("entry")) {
        requireArray(value, "Bundle", "entry");
        out.writeArrayFieldStart("entry");
        entries(parser);
        out.writeEndArray();
      } else if (name.equals("type") || name.equals("timestamp")) {
        out.writeFieldName(name);
        out.copyCurrentStructure(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void requireArray(JsonToken value, String place, String name)
      throws RejectedInputException {
    if (value != JsonToken.START_ARRAY) {
      throw new FhirElement(FhirJson.MAPPER.createObjectNode(), place).wrongForm(name);
    }
  }

  private void entries(JsonParser parser) throws IOException, RejectedInputException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode entry = FhirJson.MAPPER.readTree(parser);
      note(entry.path("resource"), entry.path("fullUrl").asText(""));
      out.writeTree(entry);
    }
  }

  /** A resource alone. A document may name its patient by an identifier only (R4 2.3.0.2). */
  private void single(JsonParser parser) throws IOException, RejectedInputException {
    JsonNode resource = FhirJson.MAPPER.readTree(parser);
    JsonNode subject = resource.path("subject");
    if (subject.path("identifier").isObject() && !subject.has("reference")) {
      ObjectNode patient = FhirJson.MAPPER.createObjectNode();
      patient.put("resourceType", "Patient").put("id", "subject");
      patient.putArray("identifier").add(subject.path("identifier"));
      resource(patient);
      ((ObjectNode) subject).put("reference", "Patient/subject");
    }
    resource(resource);
  }

  private void parameters(JsonParser parser, List<String> types)
      throws IOException, RejectedInputException {
    int next = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("parameter");
      JsonToken value = parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
        continue;
      }
      requireArray(value, "Parameters", "parameter");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parameter(parser, types.get(next));
        next++;
      }
    }
  }

  private void parameter(JsonParser parser, String type)
      throws IOException, RejectedInputException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new FhirElement(FhirJson.MAPPER.createObjectNode(), "Parameters")
          .wrongForm("parameter");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("resource");
      JsonToken value = parser.nextToken();
      if (!wanted || value != JsonToken.START_OBJECT) {
        parser.skipChildren();
      } else if (type.equals("Bundle")) {
        bundleInside(parser);
      } else {
        resource(FhirJson.MAPPER.readTree(parser));
      }
    }
  }

  private void bundleInside(JsonParser parser) throws IOException, RejectedInputException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals("entry");
      JsonToken value = parser.nextToken();
      if (wanted) {
        requireArray(value, "Bundle", "entry");
        entries(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void resource(JsonNode resource) throws IOException, RejectedInputException {
    note(resource, "");
    ObjectNode entry = FhirJson.MAPPER.createObjectNode();
    entry.set("resource", resource);
    out.writeTree(entry);
  }

  private void note(JsonNode resource, String fullUrl) throws RejectedInputException {
    String type = resource.path("resourceType").asText("");
    if (!type.matches("[A-Z][A-Za-z]{1,40}")) {
      return;
    }
    resources++;
    switch (type) {
      case "Patient" -> {
        String id = resource.path("id").asText("");
        patients.add(id.isEmpty() ? fullUrl.substring(fullUrl.lastIndexOf('/') + 1) : id);
      }
      case "ImagingStudy" -> study(resource);
      default -> {
        if (!RecordBuilder.READ.contains(type) && !UNDERSTOOD.contains(type)) {
          unread.merge(type, 1, Integer::sum);
        }
      }
    }
  }

  /** R4 8.17: the identifier of system urn:dicom:uid is the Study Instance UID as an OID. */
  private void study(JsonNode resource) throws RejectedInputException {
    for (JsonNode identifier : resource.path("identifier")) {
      String value = identifier.path("value").asText("");
      if (identifier.path("system").asText("").equals("urn:dicom:uid")) {
        studies.add(value.startsWith("urn:oid:") ? value.substring("urn:oid:".length()) : value);
      }
    }
    if (studies.size() > MOST_STUDIES) {
      throw new RejectedInputException(
          "More than %d imaging studies are named.".formatted(MOST_STUDIES));
    }
  }
}
