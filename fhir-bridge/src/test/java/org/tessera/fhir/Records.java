package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;

/** Records for the tests, and their decoding. */
final class Records {
  static final String PATIENT =
      """
      {"resource":{"resourceType":"Patient","id":"p1",
       "identifier":[{"system":"urn:oid:1.2.3","value":"4711"}],
       "name":[{"use":"official","family":"Kim","given":["Min","Ji"]}],
       "gender":"female","birthDate":"1980-05-04"}}""";

  private Records() {}

  /** A collection of the given entries. */
  static String bundle(String... entries) {
    return """
        {"resourceType":"Bundle","type":"collection","entry":[%s]}"""
        .formatted(String.join(",", entries));
  }

  /** An entry with a resource about the patient of {@link #PATIENT}. */
  static String entry(String type, String id, String elements) {
    return """
        {"resource":{"resourceType":"%s","id":"%s","subject":{"reference":"Patient/p1"},%s}}"""
        .formatted(type, id, elements);
  }

  /** What was decoded, and what was rejected on the way. */
  record Outcome(List<Evidence> evidence, List<RejectedInput> rejected) {
    List<RecordFact> facts() {
      return evidence.stream()
          .filter(RecordEvidence.class::isInstance)
          .flatMap(each -> ((RecordEvidence) each).facts().stream())
          .toList();
    }

    RecordFact fact(RecordFact.Kind kind) {
      List<RecordFact> found = facts().stream().filter(each -> each.kind() == kind).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  static Outcome decode(String json, ContentDecoder... attachmentDecoders)
      throws IOException, RejectedInputException {
    return decode(json, Optional.empty(), attachmentDecoders);
  }

  static Outcome decode(
      String json, Optional<Instant> acquired, ContentDecoder... attachmentDecoders)
      throws IOException, RejectedInputException {
    return decode(content("application/fhir+json", json), acquired, attachmentDecoders);
  }

  static Outcome decode(
      Content content, Optional<Instant> acquired, ContentDecoder... attachmentDecoders)
      throws IOException, RejectedInputException {
    List<RejectedInput> rejected = new ArrayList<>();
    AtomicInteger next = new AtomicInteger(1);
    DecodeContext context =
        new DecodeContext(
            () -> "I" + next.getAndIncrement(),
            Optional.empty(),
            Optional.empty(),
            acquired,
            rejected::add);
    return new Outcome(
        new FhirDecoder(List.of(attachmentDecoders)).decode(content, context), rejected);
  }

  static Content content(String mediaType, String text) {
    return new AttachmentContent(
        "bundle.json", mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The one sentence with which a record is refused. */
  static String refusal(Content content) {
    RejectedInputException refused =
        catchThrowableOfType(
            RejectedInputException.class, () -> decode(content, Optional.empty()));
    assertThat(refused).as("the record must be refused").isNotNull();
    String sentence = refused.sentence();
    assertThat(sentence).matches("[A-Z][^\\n]*\\.").doesNotContain("Exception", "com.", "org.");
    return sentence;
  }

  static String refusal(String json) {
    return refusal(content("application/fhir+json", json));
  }

  /** The synthetic records of Synthea, where the data folder is there. */
  static List<Path> synthea() throws IOException {
    Optional<Path> folder = data().map(each -> each.resolve("fhir-synthea"));
    Assumptions.assumeTrue(
        folder.isPresent() && Files.isDirectory(folder.get()),
        "shared/data/fhir-synthea is not there");
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      return files.filter(each -> each.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Optional<Path> data() {
    String set = System.getProperty("tessera.data");
    if (set != null) {
      return Optional.of(Path.of(set));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/data"))) {
        return Optional.of(at.resolve("shared/data"));
      }
    }
    return Optional.empty();
  }
}
