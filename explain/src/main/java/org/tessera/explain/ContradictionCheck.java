package org.tessera.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.omni.assertion.NoteClaims;
import org.tessera.omni.assertion.Stance;
import org.tessera.omni.model.FindingProfile;

/**
 * Does the note or the record say otherwise? The record's conditions, observations, allergies and
 * earlier reports are read (see {@link RecordClaims}); what was entered in error never gets here.
 * Warns, and never fails: the finding that the note missed is the most valuable one.
 */
final class ContradictionCheck implements FindingCheck {
  @Override
  public String name() {
    return "contradiction";
  }

  @Override
  public Check judge(Question question, double[] logits) {
    if (question.encoded().tokens().isEmpty() || !words(question)) {
      return Check.notApplicable(
          name(), "No note and no record in this case could say otherwise.");
    }
    FindingProfile profile = question.profile();
    Pattern term = FindingTerms.terms(profile.key(), profile.code().display());
    Pattern opposite = FindingTerms.opposites(profile.key());
    Set<Stance> notes = EnumSet.noneOf(Stance.class);
    List<RecordFact> facts = new ArrayList<>();
    for (Evidence evidence : question.patientCase().evidence()) {
      if (evidence instanceof NoteEvidence note) {
        notes.addAll(NoteClaims.of(note.text().text(), term, opposite));
      } else if (evidence instanceof RecordEvidence kept) {
        facts.addAll(kept.facts());
      }
    }
    return judged(notes, RecordClaims.of(facts, profile));
  }

  private Check judged(Set<Stance> notes, RecordClaims record) {
    return denial(notes, record)
        .or(() -> agreement(notes, record))
        .or(() -> lessThanSaid(notes, record))
        .orElseGet(
            () -> Check.of(name(), Verdict.PASS, "Neither note nor record speaks against this."));
  }

  private Optional<Check> denial(Set<Stance> notes, RecordClaims record) {
    if (notes.contains(Stance.NEGATED)) {
      return Optional.of(
          warning(
              notes.contains(Stance.AFFIRMED)
                  ? "The note both denies and states this; read it first."
                  : "The note denies this; read it first."));
    }
    if (record.listed().contains(Stance.NEGATED)) {
      return Optional.of(
          warning(
              record.listed().contains(Stance.AFFIRMED)
                  ? "The health record both lists and refutes this; read it first."
                  : "The health record refutes this; read it first."));
    }
    if (record.reports().contains(Stance.NEGATED)) {
      return Optional.of(
          warning(
              record.reports().contains(Stance.AFFIRMED)
                  ? "Earlier reports both state and deny this; read them first."
                  : "An earlier report denies this; read it first."));
    }
    return Optional.empty();
  }

  private Optional<Check> agreement(Set<Stance> notes, RecordClaims record) {
    return notes.contains(Stance.AFFIRMED)
            || record.listed().contains(Stance.AFFIRMED)
            || record.reports().contains(Stance.AFFIRMED)
        ? Optional.of(
            Check.of(name(), Verdict.PASS, "The note or record states this as well."))
        : Optional.empty();
  }

  private Optional<Check> lessThanSaid(Set<Stance> notes, RecordClaims record) {
    Set<Stance> all = EnumSet.copyOf(notes);
    all.addAll(record.listed());
    all.addAll(record.reports());
    if (record.allergies().contains(Stance.AFFIRMED)) {
      return Optional.of(
          warning("The health record lists this as an allergic reaction; read it first."));
    }
    if (all.contains(Stance.UNCERTAIN)) {
      return Optional.of(
          warning("The note or record mentions this only as possible; read it first."));
    }
    return all.contains(Stance.HISTORICAL)
        ? Optional.of(warning("The note or record mentions this only as past; read it first."))
        : Optional.empty();
  }

  private Check warning(String reason) {
    return Check.of(name(), Verdict.WARN, reason);
  }

  private static boolean words(Question question) {
    return !question.patientCase().of(Modality.NOTE).isEmpty()
        || !question.patientCase().of(Modality.RECORD).isEmpty();
  }
}
