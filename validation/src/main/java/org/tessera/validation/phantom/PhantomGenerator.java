package org.tessera.validation.phantom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.StudyReference;
import org.tessera.validation.phantom.Chance.Stream;

/**
 * Draws the cases of one world. Case {@code i} depends on the seed, the world and {@code i} alone.
 *
 * @param seed any number
 * @param world the population
 * @param odds how often evidence is missing, noisy, stale, confounded or in Korean
 */
public record PhantomGenerator(long seed, PhantomWorld world, PhantomConditions.Odds odds) {
  /** Computed Radiography Image Storage (PS3.4 B.5). */
  private static final String COMPUTED_RADIOGRAPHY = "1.2.840.10008.5.1.4.1.1.1";

  private static final Instant EPOCH = Instant.parse("2026-01-05T08:00:00Z");
  private static final int SEARCHED = 100_000;

  /** A world under usual conditions. */
  public PhantomGenerator(long seed, PhantomWorld world) {
    this(seed, world, PhantomConditions.Odds.NONE);
  }

  /**
   * The roots of a case, without drawing it: cheap.
   *
   * @param index from 0
   */
  public PhantomCauses causes(int index) {
    PhantomCauses causes = PhantomCauses.draw(streams(index).apply(Stream.CAUSES));
    return conditions(index).confounded()
        ? causes.seen(causes.lung().opacity() ? "AP" : "PA")
        : causes;
  }

  private PhantomConditions conditions(int index) {
    return PhantomConditions.draw(streams(index).apply(Stream.CONDITIONS), odds);
  }

  /**
   * A whole case in memory.
   *
   * @param index from 0
   */
  public PhantomCase generate(int index) {
    Function<Stream, Chance> streams = streams(index);
    PhantomCauses causes = causes(index);
    String id = String.format(Locale.ROOT, "%s-%05d", world.split(), index);
    Instant acquired = EPOCH.plus(Duration.ofMinutes(37L * index));
    PhantomRadiograph radiograph = radiograph(index, causes.opacities());
    PhantomConditions conditions = conditions(index);
    Wording wording = conditions.korean() ? KoreanWording.ALL : Wording.of(world);
    Phrase note = new NoteComposer(streams.apply(Stream.NOTE), wording).compose(causes);
    Sound sound = sound(index, causes.airwayDisease());
    Instant known = acquired.minus(Duration.ofDays(conditions.staleDays()));
    List<RecordFact> facts =
        new RecordComposer(streams.apply(Stream.RECORD), known).compose(causes, id);
    PhantomTissue tissue = tissue(index, causes.atypia());
    PhantomTruth truth =
        new PhantomTruth(
            radiograph.opacities(),
            note.feverWords(),
            note.claimWords(),
            note.crackleWords(),
            sound.crackles(),
            tissue.nests(),
            ShownTruth.of(causes, note, facts),
            note.wordings());
    return new PhantomCase(
        id,
        seed,
        index,
        world,
        causes,
        identity(index, causes, acquired),
        study(id),
        acquired,
        radiograph,
        note.text(),
        sound.samples(),
        tissue,
        facts,
        conditions,
        truth);
  }

  /**
   * The first case whose causes are as wished.
   *
   * @return empty if none of the first 100,000 cases is
   */
  public Optional<PhantomCase> firstWhere(Predicate<PhantomCauses> wished) {
    for (int index = 0; index < SEARCHED; index++) {
      if (wished.test(causes(index))) {
        return Optional.of(generate(index));
      }
    }
    return Optional.empty();
  }

  /** The radiograph of a case with so many opacities, all else equal. */
  PhantomRadiograph radiograph(int index, int opacities) {
    return new RadiographPainter(streams(index), world, conditions(index))
        .paint(causes(index), opacities);
  }

  /** The sound of a case with or without crackles, all else equal. */
  Sound sound(int index, boolean crackles) {
    Function<Stream, Chance> streams = streams(index);
    return new SoundSynthesizer(
            streams.apply(Stream.SOUND),
            streams.apply(Stream.CRACKLES),
            CrackleStyle.of(world),
            conditions(index))
        .record(crackles, causes(index).coughs());
  }

  /** The tissue of a case with or without atypia. */
  PhantomTissue tissue(int index, boolean atypia) {
    return new TissuePainter(streams(index).apply(Stream.TISSUE), TissueStyle.of(world))
        .paint(atypia);
  }

  private Function<Stream, Chance> streams(int index) {
    return stream -> Chance.of(seed, world, index, stream);
  }

  private PatientIdentity identity(int index, PhantomCauses causes, Instant acquired) {
    String number =
        String.format(Locale.ROOT, "%s%04d", world.split().toUpperCase(Locale.ROOT), index);
    LocalDate born =
        acquired.atZone(ZoneOffset.UTC).toLocalDate().minusYears(causes.age()).minusDays(100);
    return new PatientIdentity(
        Optional.of("PHANTOM-" + number),
        Optional.of("TESSERA-PHANTOM"),
        Optional.of("PHANTOM^" + number),
        Optional.of(born),
        Optional.of(causes.sex()));
  }

  private StudyReference study(String id) {
    return new StudyReference(
        uid(id + "/study"),
        uid(id + "/series"),
        COMPUTED_RADIOGRAPHY,
        uid(id + "/instance"),
        Optional.empty());
  }

  /** A UID derived from a UUID (PS3.5 B.2); the UUID from the seed and the name. */
  private String uid(String name) {
    byte[] bytes = ("tessera-phantom/" + seed + "/" + name).getBytes(StandardCharsets.UTF_8);
    String digits = UUID.nameUUIDFromBytes(bytes).toString().replace("-", "");
    return "2.25." + new BigInteger(digits, 16);
  }
}
