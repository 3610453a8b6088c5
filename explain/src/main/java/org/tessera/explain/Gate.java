package org.tessera.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Modality;

/**
 * The rule that turns checks into a status. In this order:
 *
 * <ol>
 *   <li>A deciding modality is missing, the computation gave no number, or no operating point was
 *       ever measured: {@code abstained}.
 *   <li>Below the operating point: {@code not-found}. The reason says so if the model could not
 *       have judged the case anyway.
 *   <li>{@code competence} or {@code out-of-distribution} fails: {@code abstained}. Whether the
 *       model can judge at all comes before whether this judgement is grounded: a withheld finding
 *       tells the reader that the evidence was weighed.
 *   <li>Any other check fails, but for the two that ask how sure the model is: {@code withheld}.
 *   <li>{@code consistency} or {@code conformal} fails: {@code abstained}.
 *   <li>{@code evidence-drop}, {@code wrong-patient} or {@code blank-input} did not pass, because
 *       it could not be asked: {@code abstained}, too little evidence.
 *   <li>Otherwise {@code supported}. A warning never changes the status.
 * </ol>
 */
final class Gate {
  /** A failure of these means that the model cannot judge. */
  static final Set<String> ABILITY = Set.of("competence", "out-of-distribution");

  /** A failure of these means that the model is not sure enough. */
  static final Set<String> SURENESS = Set.of("consistency", "conformal");

  private static final Set<String> UNABLE_OR_UNSURE =
      Stream.concat(ABILITY.stream(), SURENESS.stream()).collect(Collectors.toUnmodifiableSet());

  /** These must pass. */
  static final List<String> GROUNDING = List.of("evidence-drop", "wrong-patient", "blank-input");

  private Gate() {}

  /**
   * A status with its reason.
   *
   * @param status of the finding
   * @param reason one sentence for a clinician
   */
  record Ruling(Status status, String reason) {}

  static Ruling rule(Question question, List<Check> checks) {
    return unjudged(question)
        .or(() -> notFound(question, checks))
        .or(() -> failed(checks, ABILITY::contains).map(Gate::abstained))
        .or(
            () ->
                failed(checks, name -> !UNABLE_OR_UNSURE.contains(name)).map(Gate::withheld))
        .or(() -> failed(checks, SURENESS::contains).map(Gate::abstained))
        .or(() -> ungrounded(checks).map(Gate::abstained))
        .orElse(new Ruling(Status.SUPPORTED, "It passed every check that it needs on this case."));
  }

  private static Optional<Ruling> unjudged(Question question) {
    List<Modality> missing = question.missing();
    String words = question.words();
    if (!missing.isEmpty()) {
      return Optional.of(
          abstained(
              question.deciding().size() == 1
                  ? "No %s in this case, so %s was not judged."
                      .formatted(question.profile().subject(), words)
                  : "No %s in this case, so %s was not judged; it needs %s."
                      .formatted(
                          Question.words(missing), words, Question.words(question.deciding()))));
    }
    if (!question.shapley().finite()) {
      return Optional.of(
          abstained(
              "The computation did not give a number, so %s was not judged.".formatted(words)));
    }
    return question.operatingPoint().isEmpty()
        ? Optional.of(
            abstained(
                "No operating point was ever measured for %s, so it is not reported."
                    .formatted(words)))
        : Optional.empty();
  }

  private static Optional<Ruling> notFound(Question question, List<Check> checks) {
    double threshold = question.operatingPoint().orElse(1);
    double probability = question.shapley().probability();
    if (probability >= threshold) {
      return Optional.empty();
    }
    String below =
        "The probability of %s is below the operating point of %s."
            .formatted(precise(probability), precise(threshold));
    return Optional.of(
        new Ruling(
            Status.NOT_FOUND,
            failed(checks, ABILITY::contains)
                .map(check -> Phrases.inSentence(check.reason()))
                .map(reason -> below + " That excludes nothing: " + reason)
                .orElse(below + " That does not exclude it.")));
  }

  private static Optional<Check> failed(List<Check> checks, Predicate<String> asked) {
    return checks.stream()
        .filter(check -> check.verdict() == Verdict.FAIL)
        .filter(check -> asked.test(check.name()))
        .min((a, b) -> Panel.order(a.name()) - Panel.order(b.name()));
  }

  private static Optional<Check> ungrounded(List<Check> checks) {
    return GROUNDING.stream()
        .flatMap(
            name ->
                checks.stream()
                    .filter(check -> check.name().equals(name))
                    .findFirst()
                    .or(() -> Optional.of(Check.notApplicable(name, "It was not asked: " + name)))
                    .stream())
        .filter(check -> check.verdict() != Verdict.PASS)
        .findFirst();
  }

  private static Ruling abstained(Check check) {
    return abstained(check.reason());
  }

  private static Ruling abstained(String reason) {
    return new Ruling(Status.ABSTAINED, reason);
  }

  private static Ruling withheld(Check check) {
    return new Ruling(Status.WITHHELD, check.reason());
  }

  private static String precise(double probability) {
    return String.format(Locale.ROOT, "%.2f", probability);
  }
}
