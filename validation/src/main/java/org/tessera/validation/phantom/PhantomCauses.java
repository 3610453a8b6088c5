package org.tessera.validation.phantom;

import java.util.List;
import org.tessera.casemodel.Sex;

/**
 * The roots of the causal graph of one case; everything seen, read and heard follows from them and
 * from chance.
 *
 * @param lung what ails the phantom: decides opacity and fever
 * @param airwayDisease decides crackles
 * @param atypia decides whether the tissue is atypical
 * @param opacities how many opacities are drawn, 0 to 2
 * @param fever how the note speaks of fever; asserted exactly if the lung state brings fever
 * @param claim what the note says about an opacity: independent of the image
 * @param auscultation true if the note says that crackles were heard: independent of the sound
 * @param listing what the record says about an opacity: independent of the image
 * @param pacemaker true if the image shows one; the note and the record may mention it
 * @param coughs how often the recording has a cough; the note and the record may mention it
 * @param age in years, 18 to 90
 * @param sex female or male
 * @param view {@code PA} or {@code AP}
 */
public record PhantomCauses(
    LungState lung,
    boolean airwayDisease,
    boolean atypia,
    int opacities,
    FeverMention fever,
    NoteClaim claim,
    boolean auscultation,
    RecordListing listing,
    boolean pacemaker,
    int coughs,
    int age,
    Sex sex,
    String view) {
  private static final List<FeverMention> NO_FEVER =
      List.of(
          FeverMention.DENIED,
          FeverMention.DENIED,
          FeverMention.SILENT,
          FeverMention.HISTORICAL,
          FeverMention.FAMILY,
          FeverMention.CONDITIONAL);

  /** True if the finding is really there. */
  public boolean has(PhantomFinding finding) {
    return switch (finding) {
      case OPACITY -> lung.opacity();
      case CRACKLES -> airwayDisease;
      case ATYPIA -> atypia;
      case INFECTION -> lung.opacity() && fever == FeverMention.ASSERTED;
      case DISCORDANCE -> lung.opacity() != (listing == RecordListing.LISTED);
      case MISMATCH -> airwayDisease != auscultation;
    };
  }

  /** True if the note says the opposite of what the image shows. */
  public boolean noteDisagrees() {
    return switch (claim) {
      case ASSERTED -> !lung.opacity();
      case DENIED -> lung.opacity();
      case SILENT -> false;
    };
  }

  static PhantomCauses draw(Chance chance) {
    LungState lung = LungState.draw(chance);
    boolean airway = chance.in(0.5);
    boolean atypia = chance.in(0.5);
    int opacities = lung.opacity() ? (chance.in(0.25) ? 2 : 1) : 0;
    FeverMention quiet = chance.of(NO_FEVER);
    NoteClaim claim =
        chance.in(0.4)
            ? NoteClaim.SILENT
            : (chance.in(0.5) ? NoteClaim.ASSERTED : NoteClaim.DENIED);
    return new PhantomCauses(
        lung,
        airway,
        atypia,
        opacities,
        lung.fever() ? FeverMention.ASSERTED : quiet,
        claim,
        chance.in(0.5),
        chance.in(0.5) ? RecordListing.LISTED : chance.of(RecordListing.OTHERS),
        chance.in(0.2),
        chance.whole(0, 2),
        chance.whole(18, 90),
        chance.in(0.5) ? Sex.FEMALE : Sex.MALE,
        chance.in(0.55) ? "PA" : "AP");
  }

  /** The same phantom, seen in another view. */
  PhantomCauses seen(String other) {
    return new PhantomCauses(
        lung,
        airwayDisease,
        atypia,
        opacities,
        fever,
        claim,
        auscultation,
        listing,
        pacemaker,
        coughs,
        age,
        sex,
        other);
  }
}
