package org.tessera.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RejectedInputException;

/**
 * A Variant of the Genomics Reporting guide (HL7, STU2 and STU3): an Observation of LOINC 69548-6
 * whose value says whether the variant is there, and whose components say which one it is. Read as
 * one statement: {@code Genetic variant assessment: BRCA1 c.68_69del p.Glu23fs, Heterozygous,
 * Pathogenic}. Coordinates, sequence identifiers and read depths address the variant and are not
 * read.
 *
 * @param code of the Observation
 * @param value the variant in words; denies if it was looked for and not found
 * @param uncertain true if the laboratory could not tell
 */
record GeneticVariant(Concept code, ObservationValue value, boolean uncertain) {
  private static final String VARIANT = "69548-6";
  private static final String GENE = "48018-6";
  private static final String PHENOTYPE = "81259-4";

  // The name of the change: coding, then protein; where there is neither, genomic, then any.
  private static final List<String> NAMES = List.of("48004-6", "48005-3");
  private static final List<String> OTHER_NAMES = List.of("81290-9", "81252-9");

  // Allelic state, germline or somatic, clinical significance.
  private static final List<String> QUALITIES = List.of("53034-5", "48002-0", "53037-8");

  // Reference sequences, alleles, range, coordinates, assembly, chromosome, band, depth, dbSNP.
  private static final Set<String> ADDRESSES =
      Set.of(
          "48013-7",
          "51958-7",
          "69547-8",
          "69551-0",
          "81254-5",
          "92822-6",
          "62374-4",
          "48000-4",
          "48001-2",
          "82121-5",
          "81255-2");

  private static final String PRESENT = "LA9633-4";

  /** No call, indeterminate. */
  private static final Set<String> UNCERTAIN = Set.of("LA18198-4", "LA11884-6");

  /** The variant of an Observation; empty if it is about something else. */
  static Optional<GeneticVariant> of(FhirElement body) throws RejectedInputException {
    Optional<Concept> code = Concept.of(body, "code");
    if (code.isEmpty() || !code.get().codes().contains(VARIANT)) {
      return Optional.empty();
    }
    Map<String, String> said = new HashMap<>();
    for (FhirElement component : body.children("component")) {
      Optional<Concept> asked = Concept.of(component, "code");
      Optional<ObservationValue> answer = ObservationValue.of(component);
      if (asked.isPresent() && answer.isPresent() && !answer.get().words().isEmpty()) {
        asked.get().codes().forEach(each -> said.putIfAbsent(each, answer.get().words()));
      }
    }
    Optional<ObservationValue> own = ObservationValue.of(body);
    String words = words(said, own);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GeneticVariant(
            code.get(),
            new ObservationValue(
                own.map(ObservationValue::path).orElse("code"),
                OptionalDouble.empty(),
                Optional.empty(),
                words,
                List.of(),
                own.isPresent() && own.get().denies()),
            own.isPresent() && own.get().codes().stream().anyMatch(UNCERTAIN::contains)));
  }

  private static String words(Map<String, String> said, Optional<ObservationValue> own) {
    List<String> names = named(said, NAMES);
    if (names.isEmpty()) {
      names = named(said, OTHER_NAMES).stream().limit(1).toList();
    }
    List<String> variant = new ArrayList<>(named(said, List.of(GENE)));
    variant.addAll(names);
    List<String> parts = new ArrayList<>();
    if (!variant.isEmpty()) {
      parts.add(String.join(" ", variant));
    }
    parts.addAll(named(said, QUALITIES));
    own.filter(each -> !each.codes().contains(PRESENT) && !each.words().isEmpty())
        .ifPresent(each -> parts.add(each.words()));
    return Concept.bounded(String.join(", ", parts));
  }

  private static List<String> named(Map<String, String> said, List<String> codes) {
    return codes.stream().filter(said::containsKey).map(said::get).toList();
  }

  /** How a record of this status states the variant. */
  Assertion assertion(Assertion status) {
    return value.denies()
        ? Assertion.ABSENT
        : uncertain && status == Assertion.PRESENT ? Assertion.UNCERTAIN : status;
  }

  /**
   * True if a component says more than the variant's words do. Of a variant that is not there none
   * does: what it would have meant is no statement about the patient.
   */
  boolean leaves(FhirElement component) throws RejectedInputException {
    Optional<Concept> asked = Concept.of(component, "code");
    return !value.denies()
        && asked.isPresent()
        && asked.get().codes().stream()
            .noneMatch(
                each ->
                    ADDRESSES.contains(each)
                        || each.equals(GENE)
                        || NAMES.contains(each)
                        || OTHER_NAMES.contains(each)
                        || QUALITIES.contains(each));
  }

  /** True for a disease that a variant predisposes to: possible, and no diagnosis. */
  static boolean isPredicted(Concept code) {
    return code.codes().contains(PHENOTYPE);
  }

  /** True for a fact that was read of such a disease. */
  static boolean isPredicted(RecordFact fact) {
    return fact.code().filter(each -> each.code().equals(PHENOTYPE)).isPresent();
  }
}
