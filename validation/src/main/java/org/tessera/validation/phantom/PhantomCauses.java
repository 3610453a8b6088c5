package org.tessera.validation.phantom;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Sex;

/**
 * The roots of the causal graph of one case; everything seen, read and heard follows from them and
 * from chance.
 *
 * @param lung what ails the phantom: decides opacity and fever
 * @param airwayDisease decides crackles
 * @param opacities how many opacities are drawn, 0 to 2
 * @param fever how the note speaks of fever; asserted exactly if the lung state brings fever
 * @param claim what the note says about an opacity: independent of the image
 * @param age in years, 18 to 90
 * @param sex female or male
 * @param view {@code PA} or {@code AP}
 */
public record PhantomCauses(
    LungState lung,
    boolean airwayDisease,
    int opacities,
    FeverMention fever,
    NoteClaim claim,
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
      case INFECTION -> lung.opacity() && fever == FeverMention.ASSERTED;
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
    int opacities = lung.opacity() ? (chance.in(0.25) ? 2 : 1) : 0;
    FeverMention quiet = chance.of(NO_FEVER);
    Optional<FeverMention> fever =
        lung.fever() ? Optional.of(FeverMention.ASSERTED) : Optional.empty();
    NoteClaim claim =
        chance.in(0.4)
            ? NoteClaim.SILENT
            : (chance.in(0.5) ? NoteClaim.ASSERTED : NoteClaim.DENIED);
    int age = chance.whole(18, 90);
    Sex sex = chance.in(0.5) ? Sex.FEMALE : Sex.MALE;
    String view = chance.in(0.55) ? "PA" : "AP";
    return new PhantomCauses(
        lung, airway, opacities, fever.orElse(quiet), claim, age, sex, view);
  }
}
