package org.tessera.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.RejectedInputException;

/**
 * Turns an Observation into facts: one for its own value and one for each component.
 *
 * <p>A number keeps its unit (UCUM where given). A coded value, a string or a comparison stands in
 * the words, after a colon. A value that says "negative", "absent" or "no" makes the fact absent.
 */
final class ObservationReader {
  // Coded answers that deny: SNOMED CT negative, absent, not detected, no; LOINC the same; HL7 v2.
  private static final Set<String> DENIALS =
      Set.of(
          "260385009",
          "2667000",
          "260415000",
          "373067005",
          "131194007",
          "LA6577-6",
          "LA9634-2",
          "LA11883-8",
          "LA32-8",
          "N");

  private final FhirResource resource;

  ObservationReader(FhirResource resource) {
    this.resource = resource;
  }

  List<RecordFact> facts() throws RejectedInputException {
    FhirElement body = resource.body();
    Optional<Assertion> assertion = FactReader.resultAssertion(body);
    if (assertion.isEmpty()) {
      return List.of();
    }
    Optional<Instant> time =
        body.firstTime("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued");
    List<FhirElement> components = body.children("component");
    List<RecordFact> facts = new ArrayList<>();
    Optional<RecordFact> own = fact(body, "", time, assertion.get(), !components.isEmpty());
    own.ifPresent(facts::add);
    for (int i = 0; i < components.size(); i++) {
      String path = "component[" + i + "].";
      fact(components.get(i), path, time, assertion.get(), false).ifPresent(facts::add);
    }
    return facts;
  }

  /** A reading of one value[x]. */
  private record Value(
      String path, OptionalDouble number, Optional<String> unit, String words, boolean denies) {}

  private Optional<RecordFact> fact(
      FhirElement element,
      String prefix,
      Optional<Instant> time,
      Assertion assertion,
      boolean needsValue)
      throws RejectedInputException {
    Optional<Concept> code = Concept.of(element, "code");
    Optional<Value> value = value(element);
    boolean missing = value.isEmpty() && (needsValue || element.node().has("dataAbsentReason"));
    if (code.isEmpty() || missing) {
      return Optional.empty();
    }
    Value read =
        value.orElse(new Value("code", OptionalDouble.empty(), Optional.empty(), "", false));
    boolean age = isAge(code.get()) && read.number().isPresent();
    String words = read.words().isEmpty() ? "" : ": " + read.words();
    return Optional.of(
        new RecordFact(
            new RecordEntry(resource.key(), prefix + read.path()),
            age ? Kind.AGE : Kind.OBSERVATION,
            age ? Optional.empty() : code.get().coding(),
            code.get().words() + words,
            read.number(),
            read.unit(),
            time,
            read.denies() ? Assertion.ABSENT : assertion));
  }

  private static boolean isAge(Concept code) {
    return code.codes().contains(Labels.AGE.code());
  }

  private static Optional<Value> value(FhirElement element) throws RejectedInputException {
    Optional<FhirElement> quantity = element.child("valueQuantity");
    if (quantity.isPresent()) {
      return quantity(quantity.get());
    }
    Optional<Concept> concept = Concept.of(element, "valueCodeableConcept");
    if (concept.isPresent()) {
      boolean denies = concept.get().codes().stream().anyMatch(DENIALS::contains);
      return Optional.of(worded("valueCodeableConcept", concept.get().words(), denies));
    }
    Optional<Boolean> flag = element.flag("valueBoolean");
    if (flag.isPresent()) {
      return Optional.of(worded("valueBoolean", flag.get() ? "yes" : "no", !flag.get()));
    }
    OptionalDouble integer = element.number("valueInteger");
    if (integer.isPresent()) {
      return Optional.of(new Value("valueInteger", integer, Optional.empty(), "", false));
    }
    for (String name : List.of("valueString", "valueDateTime", "valueTime")) {
      Optional<String> text = element.text(name);
      if (text.isPresent()) {
        return Optional.of(worded(name, Concept.bounded(text.get()), false));
      }
    }
    return Optional.empty();
  }

  private static Value worded(String path, String words, boolean denies) {
    return new Value(path, OptionalDouble.empty(), Optional.empty(), words, denies);
  }

  private static Optional<Value> quantity(FhirElement quantity) throws RejectedInputException {
    OptionalDouble number = quantity.number("value");
    if (number.isEmpty()) {
      return Optional.empty();
    }
    boolean ucum = quantity.text("system").filter(Labels.UCUM::equals).isPresent();
    Optional<String> code = ucum ? quantity.text("code") : Optional.empty();
    Optional<String> shown = quantity.text("unit").or(() -> code);
    Optional<String> unit = code.or(() -> shown);
    // "< 5" is no measurement of 5: the number stays out of the value.
    Optional<String> comparator = quantity.text("comparator");
    if (comparator.isPresent()) {
      String limit = comparator.get() + " " + number.getAsDouble();
      String words = Concept.bounded(limit + " " + shown.orElse(""));
      return Optional.of(worded("valueQuantity", words, false));
    }
    return Optional.of(new Value("valueQuantity", number, unit, "", false));
  }
}
