package org.tessera.explain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.explain.assertion.NoteClaims;
import org.tessera.explain.assertion.Stance;
import org.tessera.omni.model.FindingProfile;

/**
 * Does the note or the record say otherwise? Warns, and never fails: the finding that the note
 * missed is the most valuable one.
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
    Set<Stance> records = EnumSet.noneOf(Stance.class);
    for (Evidence evidence : question.patientCase().evidence()) {
      if (evidence instanceof NoteEvidence note) {
        notes.addAll(NoteClaims.of(note.text().text(), term, opposite));
      } else if (evidence instanceof RecordEvidence kept) {
        kept.facts().stream()
            .filter(fact -> about(fact, profile, term))
            .forEach(fact -> records.add(stance(fact)));
      }
    }
    return judged(notes, records);
  }

  private Check judged(Set<Stance> notes, Set<Stance> records) {
    if (notes.contains(Stance.NEGATED) && notes.contains(Stance.AFFIRMED)) {
      return warning("The note both denies and states this; read it first.");
    }
    if (notes.contains(Stance.NEGATED)) {
      return warning("The note denies this; read it first.");
    }
    if (records.contains(Stance.NEGATED)) {
      return warning("The health record refutes this; read it first.");
    }
    Set<Stance> all = EnumSet.copyOf(notes);
    all.addAll(records);
    if (all.contains(Stance.AFFIRMED)) {
      return Check.of(name(), Verdict.PASS, "The note or record states this as well.");
    }
    if (all.contains(Stance.UNCERTAIN)) {
      return warning("The note or record mentions this only as possible; read it first.");
    }
    if (all.contains(Stance.HISTORICAL)) {
      return warning("The note or record mentions this only as past; read it first.");
    }
    return Check.of(name(), Verdict.PASS, "Neither note nor record speaks against this.");
  }

  private Check warning(String reason) {
    return Check.of(name(), Verdict.WARN, reason);
  }

  private static boolean words(Question question) {
    return !question.patientCase().of(Modality.NOTE).isEmpty()
        || !question.patientCase().of(Modality.RECORD).isEmpty();
  }

  private static boolean about(RecordFact fact, FindingProfile profile, Pattern term) {
    boolean coded =
        fact.code()
            .filter(code -> code.system().equals(profile.code().system()))
            .filter(code -> code.code().equals(profile.code().code()))
            .isPresent();
    return coded
        || switch (fact.kind()) {
          case CONDITION, OBSERVATION, REPORT ->
              term.matcher(fact.display().toLowerCase(Locale.ROOT)).find();
          case AGE, SEX, ALLERGY, MEDICATION -> false;
        };
  }

  private static Stance stance(RecordFact fact) {
    return switch (fact.assertion()) {
      case PRESENT -> Stance.AFFIRMED;
      case HISTORICAL -> Stance.HISTORICAL;
      case UNCERTAIN -> Stance.UNCERTAIN;
      case ABSENT -> Stance.NEGATED;
    };
  }
}
