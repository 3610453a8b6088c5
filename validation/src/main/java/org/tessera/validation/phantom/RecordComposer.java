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
 * Writes the health record of a case. It tells nothing about the findings: its diseases are others,
 * and its temperature is that of an earlier visit.
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
    conditions(chance.shuffled(CONDITIONS).subList(0, chance.whole(0, 3)));
    observation(
        new Coding(LOINC, "8867-4", "Heart rate"), chance.whole(56, 104), "/min", daysAgo(1, 90));
    if (chance.in(0.5)) {
      double degrees = chance.in(0.2) ? chance.between(38, 39.5) : chance.between(36, 37.3);
      Coding temperature = new Coding(LOINC, "8310-5", "Body temperature");
      observation(temperature, Math.round(10 * degrees) / 10.0, "Cel", daysAgo(60, 900));
    }
    return List.copyOf(facts);
  }

  private void conditions(List<Coding> codes) {
    for (Coding code : codes) {
      facts.add(
          new RecordFact(
              new RecordEntry("Condition/c" + (facts.size() - 1), "code"),
              Kind.CONDITION,
              Optional.of(code),
              code.display(),
              OptionalDouble.empty(),
              Optional.empty(),
              Optional.of(daysAgo(100, 4000)),
              chance.in(0.8) ? Assertion.PRESENT : Assertion.HISTORICAL));
    }
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
