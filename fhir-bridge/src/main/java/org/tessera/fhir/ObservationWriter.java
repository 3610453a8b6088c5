package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;

/** Writes facts into an Observation; the counterpart of {@link ObservationReader}. */
final class ObservationWriter {
  private static final Pattern COMPONENT = Pattern.compile("component\\[(\\d{1,3})]\\.(\\w+)");
  private static final Pattern LIMIT = Pattern.compile("(<|<=|>=|>) (\\S+)(?: (.+))?");
  private static final Coding ABSENT = new Coding(Coding.SNOMED_CT, "2667000", "Absent");

  private final ObjectNode observation;

  ObservationWriter(ObjectNode observation) {
    this.observation = observation;
  }

  /**
   * Writes a fact.
   *
   * @throws IllegalArgumentException if an Observation cannot say it
   */
  void write(RecordFact fact) {
    // Its reader knows a predicted disease to be uncertain; the result as a whole need not be.
    if (!observation.has("status") || !GeneticVariant.isPredicted(fact)) {
      observation.put("status", FactWriter.resultStatus(fact));
    }
    FactWriter.time(observation, "effectiveDateTime", fact);
    Matcher component = COMPONENT.matcher(fact.entry().path());
    if (!component.matches()) {
      write(observation, fact.entry().path(), fact);
      return;
    }
    if (!observation.has("code")) {
      observation.set("code", Elements.object().put("text", "Panel"));
    }
    ArrayNode components = observation.withArray("component");
    int index = Integer.parseInt(component.group(1));
    while (components.size() <= index) {
      components.add(missing());
    }
    ObjectNode element = Elements.object();
    components.set(index, element);
    write(element, component.group(2), fact);
  }

  // Keeps the numbering where an earlier component is not written.
  private static ObjectNode missing() {
    ObjectNode element = Elements.object();
    element.set("code", Elements.object().put("text", "Not stated"));
    element.set(
        "dataAbsentReason",
        Elements.status(
            "http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown"));
    return element;
  }

  private static void write(ObjectNode element, String path, RecordFact fact) {
    boolean worded = !path.equals("code") && fact.value().isEmpty();
    FactWriter.Words words = FactWriter.Words.of(fact, worded);
    element.set("code", Elements.concept(fact.code(), words.name()));
    if (fact.value().isPresent()) {
      number(element, path, fact);
    } else if (words.value().isPresent()) {
      worded(element, path, words.value().get(), fact.assertion());
    } else if (fact.assertion() == Assertion.ABSENT) {
      throw new IllegalArgumentException("An absent observation needs words after a colon");
    }
  }

  private static void number(ObjectNode element, String path, RecordFact fact) {
    if (fact.assertion() == Assertion.ABSENT) {
      throw new IllegalArgumentException("FHIR has no absent measurement");
    }
    double value = fact.value().getAsDouble();
    if (path.equals("valueInteger")) {
      element.put("valueInteger", Math.toIntExact(Math.round(value)));
      return;
    }
    element.set(
        "valueQuantity",
        fact.unit()
            .map(unit -> Elements.quantity(value, unit))
            .orElseGet(() -> Elements.object().put("value", BigDecimal.valueOf(value))));
  }

  private static void worded(
      ObjectNode element, String path, String words, Assertion assertion) {
    boolean absent = assertion == Assertion.ABSENT;
    Matcher limit = LIMIT.matcher(words);
    if (path.equals("valueBoolean")) {
      element.put("valueBoolean", !absent);
    } else if (path.equals("valueQuantity") && limit.matches()) {
      ObjectNode quantity =
          Elements.object()
              .put("value", new BigDecimal(limit.group(2)))
              .put("comparator", limit.group(1));
      Optional.ofNullable(limit.group(3)).ifPresent(unit -> quantity.put("unit", unit));
      element.set("valueQuantity", quantity);
    } else if (absent && !(path.equals("valueString") && ObservationValue.denies(words))) {
      element.set("valueCodeableConcept", Elements.concept(ABSENT, words));
    } else if (path.equals("valueCodeableConcept")) {
      element.set(path, Elements.object().put("text", words));
    } else {
      element.put(path.startsWith("value") ? path : "valueString", words);
    }
  }
}
