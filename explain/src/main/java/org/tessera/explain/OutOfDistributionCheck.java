package org.tessera.explain;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.signal.NoteLanguage;
import org.tessera.omni.token.Segment;

/**
 * Is the deciding evidence like what the model has learned from? Per deciding modality: not blank,
 * an English note, a tile and no whole slide, and close to training inputs in the latent space (the
 * limit is stored with the model). The modality that is farthest beyond its limit is the one
 * reported.
 */
final class OutOfDistributionCheck implements FindingCheck {
  /** Pixels of a side of the largest picture that counts as a tile. */
  private static final int LARGEST_TILE = 1024;

  @Override
  public String name() {
    return "out-of-distribution";
  }

  @Override
  public boolean preliminary() {
    return true;
  }

  @Override
  public Check judge(Question question, double[] logits) {
    List<Modality> present =
        question.deciding().stream().filter(question.encoded()::has).toList();
    if (present.isEmpty()) {
      return Check.notApplicable(name(), "None of the evidence that decides this is in the case.");
    }
    for (Modality modality : present) {
      Optional<String> unreadable = unreadable(question, modality);
      if (unreadable.isPresent()) {
        return Check.of(name(), Verdict.FAIL, unreadable.get());
      }
    }
    return distance(question, present);
  }

  private static Optional<String> unreadable(Question question, Modality modality) {
    List<Segment> segments =
        question.variants().sequence().segments().stream()
            .filter(segment -> segment.modality() == modality)
            .toList();
    if (!segments.isEmpty() && segments.stream().allMatch(BlankSignal::isBlank)) {
      return Optional.of("The %s is blank: there is nothing to read.".formatted(name(modality)));
    }
    boolean whole =
        modality == Modality.SLIDE
            && question.patientCase().of(modality).stream()
                .anyMatch(OutOfDistributionCheck::isWholeSlide);
    if (whole) {
      return Optional.of(
          "The slide is more than one tile; the model was only measured on single tiles.");
    }
    List<Evidence> notes =
        modality == Modality.NOTE ? question.patientCase().of(Modality.NOTE) : List.of();
    boolean read =
        notes.isEmpty()
            || notes.stream()
                .anyMatch(
                    each ->
                        each instanceof NoteEvidence note
                            && NoteLanguage.of(note.text().text()) == NoteLanguage.ENGLISH);
    return read
        ? Optional.empty()
        : Optional.of("The note is not in English, the only language that the model reads.");
  }

  /** More pixels than a tile has: what is read of it was chosen, and nobody measured the choice. */
  private static boolean isWholeSlide(Evidence evidence) {
    return evidence instanceof SlideEvidence slide
        && Math.max(slide.pixels().width(), slide.pixels().height()) > LARGEST_TILE;
  }

  private Check distance(Question question, List<Modality> present) {
    Check worst =
        Check.notApplicable(
            name(), "The model stores no examples of this evidence to compare with.");
    double worstExcess = Double.NEGATIVE_INFINITY;
    for (Modality modality : present) {
      Optional<LatentReference> reference =
          question.model().reference(question.index(), modality);
      if (reference.isPresent()) {
        double limit = reference.get().limit();
        double distance =
            reference.get().distance(question.model().latent(question.encoded(), modality));
        if (!(distance - limit <= worstExcess)) {
          worstExcess = distance - limit;
          worst = held(modality, distance, limit);
        }
      }
    }
    return worst;
  }

  private Check held(Modality modality, double distance, double limit) {
    boolean near = distance <= limit;
    return CheckScores.measured(
        name(),
        near ? Verdict.PASS : Verdict.FAIL,
        distance,
        limit,
        Direction.BELOW,
        near
            ? "The %s is like those that the model has learned from.".formatted(name(modality))
            : "The %s is unlike anything that the model has learned from."
                .formatted(name(modality)));
  }

  private static String name(Modality modality) {
    return modality == Modality.AUDIO ? "recording" : modality.wireName();
  }
}
