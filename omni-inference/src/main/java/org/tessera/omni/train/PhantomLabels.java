package org.tessera.omni.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tessera.casemodel.Modality;

/**
 * What is true of a phantom put together from several phantoms' evidence. Each modality shows its
 * own signs, independently of the others, and every finding follows from signs; so evidence of
 * different phantoms joins to a case whose truth is known.
 */
final class PhantomLabels {
  /** Column: the note asserts fever. */
  static final String NOTE_FEVER = "note_fever";

  /** Column: the note says that crackles were heard. */
  static final String NOTE_CRACKLES = "note_crackles";

  /** Column: the record lists an opacity as a present problem. */
  static final String RECORD_OPACITY = "record_opacity";

  private static final String MACHINE = "machine";
  private static final String FEVER_WORDING = "fever_wording";
  private static final String CRACKLE_WORDING = "crackle_wording";

  /** Columns: what a world has of its own. */
  static final List<String> LOOKS = List.of(MACHINE, FEVER_WORDING, CRACKLE_WORDING);

  private PhantomLabels() {}

  /** The looks that a finding is told by; none of findings that are not of phantoms. */
  static List<String> looks(String finding) {
    return switch (finding) {
      case "phantom-opacity", "phantom-discordance" -> List.of(MACHINE);
      case "phantom-infection" -> List.of(MACHINE, FEVER_WORDING);
      case "phantom-mismatch" -> List.of(CRACKLE_WORDING);
      default -> List.of();
    };
  }

  /**
   * Whether a finding is there.
   *
   * @param finding key
   * @param shown whose evidence of a modality is shown
   * @return empty if a sign is not known
   */
  static Optional<Boolean> of(String finding, Function<Modality, LabelledRow> shown) {
    return switch (finding) {
      case "phantom-infection" ->
          both(
              shown,
              Modality.IMAGE,
              "phantom-opacity",
              Modality.NOTE,
              NOTE_FEVER,
              Boolean::logicalAnd);
      case "phantom-discordance" ->
          both(
              shown,
              Modality.IMAGE,
              "phantom-opacity",
              Modality.RECORD,
              RECORD_OPACITY,
              Boolean::logicalXor);
      case "phantom-mismatch" ->
          both(
              shown,
              Modality.AUDIO,
              "phantom-crackles",
              Modality.NOTE,
              NOTE_CRACKLES,
              Boolean::logicalXor);
      case "phantom-opacity" -> sign(shown.apply(Modality.IMAGE), finding);
      case "phantom-crackles" -> sign(shown.apply(Modality.AUDIO), finding);
      case "phantom-atypia" -> sign(shown.apply(Modality.SLIDE), finding);
      default -> Optional.empty();
    };
  }

  /**
   * What one modality shows of a finding that two decide.
   *
   * @return empty if it is not known
   */
  static Optional<Boolean> sign(String finding, Modality modality, LabelledRow row) {
    return switch (modality) {
      case IMAGE -> sign(row, "phantom-opacity");
      case AUDIO -> sign(row, "phantom-crackles");
      case RECORD -> sign(row, RECORD_OPACITY);
      case NOTE -> sign(row, finding.equals("phantom-infection") ? NOTE_FEVER : NOTE_CRACKLES);
      case SLIDE, CINE -> Optional.empty();
    };
  }

  /** Findings that a modality's own sign decides, alone or with another modality's. */
  static List<String> decidedBy(Modality modality) {
    return switch (modality) {
      case IMAGE -> List.of("phantom-opacity", "phantom-infection", "phantom-discordance");
      case AUDIO -> List.of("phantom-crackles", "phantom-mismatch");
      case SLIDE -> List.of("phantom-atypia");
      case NOTE, RECORD, CINE -> List.of();
    };
  }

  /** How two signs make a finding. */
  private interface Rule {
    boolean of(boolean one, boolean other);
  }

  private static Optional<Boolean> both(
      Function<Modality, LabelledRow> shown,
      Modality first,
      String one,
      Modality second,
      String other,
      Rule rule) {
    return sign(shown.apply(first), one)
        .flatMap(left -> sign(shown.apply(second), other).map(right -> rule.of(left, right)));
  }

  private static Optional<Boolean> sign(LabelledRow row, String name) {
    Map<String, Boolean> known = row.labels().containsKey(name) ? row.labels() : row.signs();
    return Optional.ofNullable(known.get(name));
  }
}
