package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/** Reads the JSON of a bundle or a patient, entry by entry, within caps. */
final class FhirJson {
  static final int MAX_DEPTH = 100;
  private static final int MAX_TOKENS = 6_000_000;
  // Base64 of the largest attachment, line breaks included.
  private static final int MAX_STRING = 46 << 20;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxStringLength(MAX_STRING)
                          .build())
                  // Two elements of one name: which of them is meant is anybody's guess.
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .build();

  private final ObjectNode root = MAPPER.createObjectNode();
  private final RecordBuilder builder = new RecordBuilder();

  private FhirJson() {}

  /**
   * Reads a record.
   *
   * @throws RejectedInputException if it is no FHIR bundle or patient in JSON, or exceeds a cap
   */
  static FhirRecord read(InputStream in) throws IOException, RejectedInputException {
    FhirJson reader = new FhirJson();
    readObject(in, reader::readRoot);
    return reader.record();
  }

  /** Reads the fields of an object; the parser stands before the first. */
  @FunctionalInterface
  interface ObjectReading {
    void read(JsonParser parser) throws IOException, RejectedInputException;
  }

  /**
   * Reads a file that is one JSON object.
   *
   * @throws RejectedInputException if it is none, or exceeds a cap
   */
  static void readObject(InputStream in, ObjectReading reading)
      throws IOException, RejectedInputException {
    try (JsonParser parser = MAPPER.getFactory().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RejectedInputException("The file is not FHIR: its JSON is not an object.");
      }
      reading.read(parser);
      if (parser.nextToken() != null) {
        throw new RejectedInputException("The file has more than one JSON object.");
      }
    } catch (StreamConstraintsException e) {
      throw new RejectedInputException(
          ("The JSON is nested deeper than %d levels, or has a value or a number of values larger "
                  + "than any record needs.")
              .formatted(MAX_DEPTH),
          e);
    } catch (JsonEOFException e) {
      throw new RejectedInputException("The JSON ends in the middle: the file was cut off.", e);
    } catch (JsonProcessingException e) {
      throw new RejectedInputException(notJson(e), e);
    }
  }

  // Never the parser's own message: it quotes the content.
  private static String notJson(JsonProcessingException e) {
    return e.getLocation() == null
        ? "The file is not valid JSON."
        : "The file is not valid JSON: line %d, column %d breaks its rules."
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private void readRoot(JsonParser parser) throws IOException, RejectedInputException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("entry")) {
        if (value != JsonToken.START_ARRAY) {
          throw new FhirElement(root, "Bundle").wrongForm("entry");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          JsonNode entry = MAPPER.readTree(parser);
          builder.addEntry(entry);
        }
      } else {
        JsonNode tree = MAPPER.readTree(parser);
        root.set(name, tree);
      }
    }
  }

  private FhirRecord record() throws RejectedInputException {
    FhirElement element = new FhirElement(root, "Bundle");
    String type = element.text("resourceType").orElse("");
    if (type.isEmpty()) {
      throw new RejectedInputException("The file is JSON, but not a FHIR resource.");
    }
    if (type.equals("Patient")) {
      builder.addResource(Optional.empty(), root);
      return builder.record(Optional.empty());
    }
    if (!type.equals("Bundle")) {
      throw new RejectedInputException(
          "The file holds one FHIR %s; a Bundle or a Patient is needed."
              .formatted(type.matches("[A-Za-z]{1,40}") ? type : "resource"));
    }
    return builder.record(assembled(element));
  }

  private static Optional<Instant> assembled(FhirElement bundle) throws RejectedInputException {
    String type = bundle.text("type").orElse("");
    return type.equals("collection") || type.equals("document")
        ? bundle.time("timestamp")
        : Optional.empty();
  }
}
