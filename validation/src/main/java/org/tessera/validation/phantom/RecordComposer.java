package org.tessera.validation.phantom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;

/**
 * Writes the health record of a case. What its problem list says of an opacity is independent of
 * the image, its other diseases of everything, and its temperature is that of an earlier visit. It
 * may mention the pacemaker that the image shows and the cough that is heard.
 */
final class RecordComposer {
  private static final String LOINC = "http://loinc.org";
  private static final List<Coding> CONDITIONS =
      List.of(
          snomed("38341003", "Hypertensive disorder"),
          snomed("44054006", "Diabetes mellitus type 2"),
          snomed("40930008", "Hypothyroidism"),
          snomed("396275006", "Osteoarthritis"),
          snomed("37796009", "Migraine"),
          snomed("90560007", "Gout"),
          snomed("49436004", "Atrial fibrillation"));

  static final Coding OPACITY = snomed("427359005", "Solitary nodule of lung");

  static final Coding PACEMAKER = snomed("441509002", "Cardiac pacemaker in situ");
  static final Coding COUGH = snomed("49727002", "Cough");

  private final Chance chance;
  private final Instant now;
  private final List<RecordFact> facts = new ArrayList<>();

  RecordComposer(Chance chance, Instant now) {
    this.chance = chance;
    this.now = now;
  }

  List<RecordFact> compose(PhantomCauses causes, String patient) {
    facts.add(
        new RecordFact(
            new RecordEntry("Patient/" + patient, "birthDate"),
            Kind.AGE,
            Optional.empty(),
            causes.age() + " years old",
            OptionalDouble.of(causes.age()),
            Optional.of("a"),
            Optional.of(now),
            Assertion.PRESENT));
    facts.add(
        new RecordFact(
            new RecordEntry("Patient/" + patient, "gender"),
            Kind.SEX,
            Optional.empty(),
            causes.sex().name().toLowerCase(Locale.ROOT),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Assertion.PRESENT));
    List<Runnable> problems = new ArrayList<>();
    for (Coding code : chance.shuffled(CONDITIONS).subList(0, chance.whole(0, 3))) {
      Assertion assertion = chance.in(0.8) ? Assertion.PRESENT : Assertion.HISTORICAL;
      problems.add(() -> condition(code, assertion, 100, 4000));
    }
    switch (causes.listing()) {
      case LISTED -> problems.add(() -> condition(OPACITY, Assertion.PRESENT, 1, 700));
      case RESOLVED -> problems.add(() -> condition(OPACITY, Assertion.HISTORICAL, 1, 700));
      case REFUTED -> problems.add(() -> condition(OPACITY, Assertion.ABSENT, 1, 700));
      case SILENT -> {}
    }
    if (causes.pacemaker() && chance.in(0.8)) {
      problems.add(() -> condition(PACEMAKER, Assertion.PRESENT, 100, 4000));
    }
    if (causes.coughs() > 0 && chance.in(0.6)) {
      problems.add(() -> condition(COUGH, Assertion.PRESENT, 1, 30));
    }
    chance.shuffled(problems).forEach(Runnable::run);
    observation(
        new Coding(LOINC, "8867-4", "Heart rate"), chance.whole(56, 104), "/min", daysAgo(1, 90));
    if (chance.in(0.5)) {
      double degrees = chance.in(0.2) ? chance.between(38, 39.5) : chance.between(36, 37.3);
      Coding temperature = new Coding(LOINC, "8310-5", "Body temperature");
      observation(temperature, Math.round(10 * degrees) / 10.0, "Cel", daysAgo(60, 900));
    }
    return List.copyOf(facts);
  }

  private void condition(Coding code, Assertion assertion, int fewestDays, int mostDays) {
    facts.add(
        new RecordFact(
            new RecordEntry("Condition/c" + (facts.size() - 1), "code"),
            Kind.CONDITION,
            Optional.of(code),
            code.display(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.of(daysAgo(fewestDays, mostDays)),
            assertion));
  }

  private void observation(Coding code, double value, String unit, Instant time) {
    facts.add(
        new RecordFact(
            new RecordEntry("Observation/o" + (facts.size() - 1), "valueQuantity"),
            Kind.OBSERVATION,
            Optional.of(code),
            code.display(),
            OptionalDouble.of(value),
            Optional.of(unit),
            Optional.of(time),
            Assertion.PRESENT));
  }

  private Instant daysAgo(int fewest, int most) {
    return now.minus(Duration.ofDays(chance.whole(fewest, most)));
  }

  private static Coding snomed(String code, String display) {
    return new Coding(Coding.SNOMED_CT, code, display);
  }
}
