package org.tessera.explain;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tessera.casemodel.RecordFact;
import org.tessera.omni.assertion.NoteClaims;
import org.tessera.omni.assertion.Stance;
import org.tessera.omni.model.FindingProfile;

/**
 * How the statements of a health record speak about a finding. A coded statement is one about the
 * finding if its code is the finding's; any other if its words name it, and then the words are read
 * as those of a note are: "Chest X-ray: No consolidation." denies, "Family history of cancer" is
 * about somebody else. What FHIR says of the statement as a whole (R4 9.2.3: refuted, provisional,
 * resolved; a report that is only preliminary) weakens or turns what the words say.
 *
 * @param listed conditions and observations
 * @param reports conclusions of earlier reports
 * @param allergies reactions to a substance
 */
record RecordClaims(Set<Stance> listed, Set<Stance> reports, Set<Stance> allergies) {

  static RecordClaims of(List<RecordFact> facts, FindingProfile profile) {
    Pattern term = FindingTerms.terms(profile.key(), profile.code().display());
    Pattern opposite = FindingTerms.opposites(profile.key());
    RecordClaims claims =
        new RecordClaims(
            EnumSet.noneOf(Stance.class),
            EnumSet.noneOf(Stance.class),
            EnumSet.noneOf(Stance.class));
    for (RecordFact fact : facts) {
      Set<Stance> said = EnumSet.noneOf(Stance.class);
      NoteClaims.of(fact.display(), term, opposite)
          .forEach(words -> said.add(combined(fact.assertion(), words)));
      if (said.isEmpty() && coded(fact, profile)) {
        said.add(combined(fact.assertion(), Stance.AFFIRMED));
      }
      switch (fact.kind()) {
        case CONDITION, OBSERVATION -> claims.listed.addAll(said);
        case REPORT -> claims.reports.addAll(said);
        case ALLERGY -> claims.allergies.addAll(said);
        case AGE, SEX, MEDICATION -> {}
      }
    }
    return claims;
  }

  private static boolean coded(RecordFact fact, FindingProfile profile) {
    return fact.code()
        .filter(code -> code.system().equals(profile.code().system()))
        .filter(code -> code.code().equals(profile.code().code()))
        .isPresent();
  }

  /** What the words say, under what the record says of the statement. */
  private static Stance combined(RecordFact.Assertion assertion, Stance words) {
    return switch (assertion) {
      case PRESENT -> words;
      case HISTORICAL ->
          words == Stance.NEGATED ? Stance.HISTORICAL : later(Stance.HISTORICAL, words);
      case UNCERTAIN -> words == Stance.NEGATED ? words : later(Stance.UNCERTAIN, words);
      case ABSENT -> later(Stance.NEGATED, words);
    };
  }

  private static Stance later(Stance a, Stance b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
