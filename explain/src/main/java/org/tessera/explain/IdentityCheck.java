package org.tessera.explain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;

/**
 * Do all inputs belong to the same patient? A conflict stops the case.
 *
 * <p>Every pair of identities is compared (see {@link IdentityPair}), the case's own name included:
 * naming a case never overrides a conflict. Dates are held against each other, never against the
 * clock, so that a case gives the same verdict on any day: an input made before its patient was
 * born is a conflict; a date before 1900, a patient older than 120 years and inputs more than 50
 * years apart are warned of. Reasons name inputs, never a patient.
 */
public final class IdentityCheck {
  static final String NAME = "identity";

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final int MOST_COMPARED = 100;
  private static final long OLDEST = 120;
  private static final long MOST_YEARS_APART = 50;

  private IdentityCheck() {}

  /** An identity and where it stands. */
  record Source(String label, PatientIdentity identity) {}

  /**
   * Judges a case.
   *
   * @return {@code fail} if inputs belong to different patients
   */
  public static Check judge(PatientCase patientCase) {
    if (patientCase.composed()) {
      return Check.notApplicable(
          NAME, "This case was composed of several people on purpose, for a test.");
    }
    List<Source> sources = sources(patientCase);
    List<IdentityPair.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < Math.min(sources.size(), MOST_COMPARED); i++) {
      for (int j = 0; j < i; j++) {
        outcomes.add(IdentityPair.compare(sources.get(j), sources.get(i)));
      }
    }
    if (sources.size() > MOST_COMPARED) {
      outcomes.add(
          new IdentityPair.Outcome(
              IdentityPair.Rank.CONFLICT,
              "The inputs carry more than %d different identities.".formatted(MOST_COMPARED)));
    }
    outcomes.addAll(dates(patientCase, sources));
    return outcomes.stream()
        .max(Comparator.comparing(IdentityPair.Outcome::rank))
        .filter(outcome -> outcome.rank() != IdentityPair.Rank.FINE)
        .map(outcome -> Check.of(NAME, verdict(outcome), outcome.reason()))
        .orElseGet(() -> fine(patientCase));
  }

  private static Verdict verdict(IdentityPair.Outcome outcome) {
    return switch (outcome.rank()) {
      case CONFLICT -> Verdict.FAIL;
      case DOUBT -> Verdict.WARN;
      case FINE -> Verdict.PASS;
    };
  }

  private static Check fine(PatientCase patientCase) {
    int inputs = patientCase.evidence().size();
    long carrying =
        patientCase.evidence().stream()
            .filter(each -> identity(each.origin().patient()).isPresent())
            .count();
    boolean named = identity(patientCase.patient()).isPresent();
    if (carrying + (named ? 1 : 0) < 2) {
      return Check.notApplicable(
          NAME,
          carrying == 0
              ? "No input carries an identity, so there was nothing to compare."
              : "Only one input carries an identity, so there was nothing to compare.");
    }
    return Check.of(
        NAME,
        Verdict.PASS,
        carrying == inputs
            ? "All inputs carry the same patient's identity."
            : "All identities agree; %d of %d inputs carry none."
                .formatted(inputs - carrying, inputs));
  }

  private static List<Source> sources(PatientCase patientCase) {
    List<Source> sources = new ArrayList<>();
    identity(patientCase.patient())
        .ifPresent(identity -> sources.add(new Source("the case's name", identity)));
    for (Evidence evidence : patientCase.evidence()) {
      identity(evidence.origin().patient())
          .filter(own -> sources.stream().noneMatch(known -> known.identity().equals(own)))
          .ifPresent(identity -> sources.add(new Source(evidence.id(), identity)));
    }
    return sources;
  }

  private static Optional<PatientIdentity> identity(Optional<PatientIdentity> written) {
    return written.map(IdentityPair::tidy).filter(identity -> !identity.isEmpty());
  }

  private static List<IdentityPair.Outcome> dates(PatientCase patientCase, List<Source> sources) {
    List<IdentityPair.Outcome> outcomes = new ArrayList<>();
    List<Evidence> dated =
        patientCase.evidence().stream()
            .filter(each -> each.origin().acquired().isPresent())
            .sorted(Comparator.comparing(each -> each.origin().acquired().orElseThrow()))
            .toList();
    for (Source source : sources) {
      Optional<LocalDate> born = source.identity().birthDate();
      born.filter(date -> date.isBefore(EARLIEST))
          .ifPresent(date -> outcomes.add(doubt(source.label(), "a birth date before 1900")));
      for (Evidence each : dated) {
        born.ifPresent(date -> outcomes.add(age(source, date, each)));
      }
    }
    dated.stream()
        .filter(each -> day(each).isBefore(EARLIEST))
        .forEach(each -> outcomes.add(doubt(each.id(), "a date before 1900")));
    if (!dated.isEmpty()
        && day(dated.getFirst()).until(day(dated.getLast()), ChronoUnit.YEARS)
            > MOST_YEARS_APART) {
      outcomes.add(
          new IdentityPair.Outcome(
              IdentityPair.Rank.DOUBT,
              "Inputs %s and %s are more than %d years apart."
                  .formatted(dated.getFirst().id(), dated.getLast().id(), MOST_YEARS_APART)));
    }
    return outcomes;
  }

  private static IdentityPair.Outcome age(Source source, LocalDate born, Evidence evidence) {
    // A day of grace: acquisition times carry a zone, birth dates none.
    if (day(evidence).plusDays(1).isBefore(born)) {
      return new IdentityPair.Outcome(
          IdentityPair.Rank.CONFLICT,
          "Input %s was made before the birth date that %s gives."
              .formatted(evidence.id(), source.label()));
    }
    return born.until(day(evidence), ChronoUnit.YEARS) > OLDEST
        ? doubt(source.label(), "a birth date more than 120 years before an input")
        : IdentityPair.Outcome.FINE;
  }

  private static IdentityPair.Outcome doubt(String label, String what) {
    return new IdentityPair.Outcome(
        IdentityPair.Rank.DOUBT,
        Phrases.sentence("%s carries %s, which is not plausible.".formatted(label, what)));
  }

  private static LocalDate day(Evidence evidence) {
    Instant acquired = evidence.origin().acquired().orElseThrow();
    return acquired.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
