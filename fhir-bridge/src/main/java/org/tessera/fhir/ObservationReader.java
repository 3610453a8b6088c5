package org.tessera.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.RejectedInputException;

/**
 * Turns an Observation into facts: one for its own value and one for each component; a genetic
 * variant (see {@link GeneticVariant}) into one for the variant and one for each component that
 * says more.
 *
 * <p>A number keeps its unit (UCUM where given). A coded value, a string or a comparison stands in
 * the words, after a colon. A value that says "negative", "absent" or "no" makes the fact absent. A
 * disease that a variant only predisposes to is uncertain, never a diagnosis.
 */
final class ObservationReader {
  private final FhirResource resource;

  ObservationReader(FhirResource resource) {
    this.resource = resource;
  }

  List<RecordFact> facts() throws RejectedInputException {
    FhirElement body = resource.body();
    Optional<Assertion> status = FactReader.resultAssertion(body);
    if (status.isEmpty()) {
      return List.of();
    }
    Optional<Instant> time =
        body.firstTime("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued");
    Optional<GeneticVariant> variant = GeneticVariant.of(body);
    Assertion assertion =
        variant.isPresent() ? variant.get().assertion(status.get()) : status.get();
    List<FhirElement> components = body.children("component");
    List<RecordFact> facts = new ArrayList<>();
    if (variant.isPresent()) {
      facts.add(fact(variant.get().code(), "", variant.get().value(), time, assertion));
    } else {
      fact(body, "", time, assertion, !components.isEmpty()).ifPresent(facts::add);
    }
    for (int i = 0; i < components.size(); i++) {
      if (variant.isEmpty() || variant.get().leaves(components.get(i))) {
        String path = "component[" + i + "].";
        fact(components.get(i), path, time, assertion, false).ifPresent(facts::add);
      }
    }
    return facts;
  }

  private Optional<RecordFact> fact(
      FhirElement element,
      String prefix,
      Optional<Instant> time,
      Assertion assertion,
      boolean needsValue)
      throws RejectedInputException {
    Optional<Concept> code = Concept.of(element, "code");
    Optional<ObservationValue> value = ObservationValue.of(element);
    boolean missing = value.isEmpty() && (needsValue || element.node().has("dataAbsentReason"));
    if (code.isEmpty() || missing) {
      return Optional.empty();
    }
    Assertion held =
        assertion == Assertion.PRESENT && GeneticVariant.isPredicted(code.get())
            ? Assertion.UNCERTAIN
            : assertion;
    return Optional.of(
        fact(code.get(), prefix, value.orElse(ObservationValue.none()), time, held));
  }

  private RecordFact fact(
      Concept code,
      String prefix,
      ObservationValue read,
      Optional<Instant> time,
      Assertion assertion) {
    boolean age = isAge(code) && read.number().isPresent();
    String words = read.words().isEmpty() ? "" : ": " + read.words();
    return new RecordFact(
        new RecordEntry(resource.key(), prefix + read.path()),
        age ? Kind.AGE : Kind.OBSERVATION,
        age ? Optional.empty() : code.coding(),
        code.words() + words,
        read.number(),
        read.unit(),
        time,
        read.denies() ? Assertion.ABSENT : assertion);
  }

  private static boolean isAge(Concept code) {
    return code.codes().contains(Labels.AGE.code());
  }
}
