package org.tessera.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.RejectedInputException;

/**
 * A CodeableConcept.
 *
 * @param coding the SNOMED CT code, else the first complete one
 * @param words its text, else the display of a code, else a code; never blank
 * @param codes all codes
 */
record Concept(Optional<Coding> coding, String words, List<String> codes) {
  private static final int MAX_WORDS = 300;

  /** The concept of an element, or empty if it has neither text nor code. */
  static Optional<Concept> of(FhirElement element, String name) throws RejectedInputException {
    Optional<FhirElement> concept = element.child(name);
    return concept.isEmpty() ? Optional.empty() : of(concept.get());
  }

  static Optional<Concept> of(FhirElement concept) throws RejectedInputException {
    Optional<String> text = concept.text("text");
    List<Coding> codings = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    Optional<String> display = Optional.empty();
    for (FhirElement each : concept.children("coding")) {
      Optional<String> code = each.text("code");
      Optional<String> system = each.text("system");
      Optional<String> words = each.text("display").map(Concept::bounded);
      display = display.or(() -> words);
      code.ifPresent(codes::add);
      if (code.isPresent() && system.isPresent()) {
        codings.add(
            new Coding(system.get(), code.get(), words.or(() -> text).orElse(code.get())));
      }
    }
    Optional<Coding> coding =
        codings.stream()
            .filter(each -> each.system().equals(Coding.SNOMED_CT))
            .findFirst()
            .or(() -> codings.stream().findFirst());
    return text.map(Concept::bounded)
        .or(firstOf(display, codes))
        .map(words -> new Concept(coding, words, List.copyOf(codes)));
  }

  private static Supplier<Optional<String>> firstOf(Optional<String> display, List<String> codes) {
    return () -> display.or(() -> codes.stream().findFirst());
  }

  /** The words on one line, at most 300 characters, without control characters. */
  static String bounded(String text) {
    String line =
        text.strip()
            .codePoints()
            .limit(MAX_WORDS)
            .map(each -> Character.isISOControl(each) ? ' ' : each)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return line.strip();
  }
}
