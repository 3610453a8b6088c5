package org.tessera.fhir;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;

/**
 * A reading of one value[x] of an Observation or of a component.
 *
 * @param path the element, for example {@code valueQuantity}
 * @param number a measurement
 * @param unit its unit (UCUM where given)
 * @param words what a coded value, a string or a comparison says; empty for a measurement
 * @param codes all codes of a coded value
 * @param denies true if it says "negative", "absent", "not detected" or "no"
 */
record ObservationValue(
    String path,
    OptionalDouble number,
    Optional<String> unit,
    String words,
    List<String> codes,
    boolean denies) {
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

  // Whole answers in words that deny. Anything longer is for whoever reads the words.
  private static final Set<String> DENYING_WORDS =
      Set.of(
          "negative",
          "absent",
          "not detected",
          "none detected",
          "not present",
          "no mutation detected",
          "no mutations detected",
          "no variant detected",
          "no variants detected",
          "no pathogenic variant detected",
          "no pathogenic variants detected",
          "wild type",
          "wild-type");

  /** No value: the code says everything. */
  static ObservationValue none() {
    return new ObservationValue(
        "code", OptionalDouble.empty(), Optional.empty(), "", List.of(), false);
  }

  /** True if an answer of these words alone denies. */
  static boolean denies(String words) {
    String plain = words.strip().toLowerCase(Locale.ROOT);
    return DENYING_WORDS.contains(
        plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
  }

  /** The value of an Observation or of a component, if it has one that is read. */
  static Optional<ObservationValue> of(FhirElement element) throws RejectedInputException {
    Optional<FhirElement> quantity = element.child("valueQuantity");
    if (quantity.isPresent()) {
      return quantity(quantity.get());
    }
    Optional<Concept> concept = Concept.of(element, "valueCodeableConcept");
    if (concept.isPresent()) {
      List<String> codes = concept.get().codes();
      String words = concept.get().words();
      return Optional.of(
          new ObservationValue(
              "valueCodeableConcept",
              OptionalDouble.empty(),
              Optional.empty(),
              words,
              codes,
              codes.stream().anyMatch(DENIALS::contains) || denies(words)));
    }
    Optional<Boolean> flag = element.flag("valueBoolean");
    if (flag.isPresent()) {
      return Optional.of(worded("valueBoolean", flag.get() ? "yes" : "no", !flag.get()));
    }
    OptionalDouble integer = element.number("valueInteger");
    if (integer.isPresent()) {
      return Optional.of(measured("valueInteger", integer, Optional.empty()));
    }
    for (String name : List.of("valueString", "valueDateTime", "valueTime")) {
      Optional<String> text = element.text(name);
      if (text.isPresent()) {
        String words = Concept.bounded(text.get());
        return Optional.of(worded(name, words, name.equals("valueString") && denies(words)));
      }
    }
    return Optional.empty();
  }

  private static ObservationValue worded(String path, String words, boolean denies) {
    return new ObservationValue(
        path, OptionalDouble.empty(), Optional.empty(), words, List.of(), denies);
  }

  private static ObservationValue measured(
      String path, OptionalDouble number, Optional<String> unit) {
    return new ObservationValue(path, number, unit, "", List.of(), false);
  }

  private static Optional<ObservationValue> quantity(FhirElement quantity)
      throws RejectedInputException {
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
    return Optional.of(measured("valueQuantity", number, unit));
  }
}
