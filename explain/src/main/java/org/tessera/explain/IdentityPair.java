package org.tessera.explain;

import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.Sex;

/**
 * Compares two identities.
 *
 * <ul>
 *   <li>Conflict: different identifiers of the same issuer (or both without issuer), different
 *       birth dates, female against male, or names without a common part unless the same identifier
 *       and the same birth date speak for a changed name.
 *   <li>Doubt: names that agree only in part; identifiers of different issuers (or one without
 *       issuer), which cannot be compared, unless name and birth date both agree.
 *   <li>Fine: everything that both carry agrees.
 * </ul>
 */
final class IdentityPair {
  private IdentityPair() {}

  enum Rank {
    FINE,
    DOUBT,
    CONFLICT
  }

  record Outcome(Rank rank, String reason) {
    static final Outcome FINE = new Outcome(Rank.FINE, "");
  }

  static Outcome compare(IdentityCheck.Source a, IdentityCheck.Source b) {
    PatientIdentity p = a.identity();
    PatientIdentity q = b.identity();
    boolean sameIssuer = sameIssuer(p, q);
    boolean bothIds = p.id().isPresent() && q.id().isPresent();
    boolean sameId = bothIds && p.id().equals(q.id());
    boolean bothBorn = p.birthDate().isPresent() && q.birthDate().isPresent();
    boolean sameBirth = bothBorn && p.birthDate().equals(q.birthDate());
    if (bothIds && sameIssuer && !sameId) {
      return conflict(a, b, "carry different patient identifiers");
    }
    if (bothBorn && !sameBirth) {
      return conflict(a, b, "give different birth dates");
    }
    if (opposite(p.sex(), q.sex())) {
      return conflict(a, b, "give different sexes");
    }
    Optional<PersonName.Likeness> names = names(p, q);
    if (names.filter(likeness -> likeness == PersonName.Likeness.DIFFERENT).isPresent()) {
      return sameId && sameIssuer && sameBirth
          ? doubt(a, b, "carry the same identifier and birth date under different names")
          : conflict(a, b, "carry different names");
    }
    if (names.filter(likeness -> likeness == PersonName.Likeness.PARTLY).isPresent()) {
      return doubt(a, b, "carry names that agree only in part");
    }
    if (bothIds && !sameIssuer && !sameId && !(names.isPresent() && sameBirth)) {
      return doubt(a, b, "carry identifiers of different issuers that cannot be compared");
    }
    return Outcome.FINE;
  }

  /** The same without blank parts and without blanks at the ends; identifiers in one case. */
  static PatientIdentity tidy(PatientIdentity identity) {
    return new PatientIdentity(
        identity.id().map(String::strip).filter(id -> !id.isEmpty()).map(IdentityPair::upper),
        identity.issuer().map(String::strip).filter(issuer -> !issuer.isEmpty()),
        identity.name().filter(name -> !PersonName.of(name).isEmpty()),
        identity.birthDate(),
        identity.sex());
  }

  private static String upper(String id) {
    return id.toUpperCase(Locale.ROOT);
  }

  private static boolean sameIssuer(PatientIdentity p, PatientIdentity q) {
    return p.issuer().map(IdentityPair::upper).equals(q.issuer().map(IdentityPair::upper));
  }

  private static boolean opposite(Optional<Sex> a, Optional<Sex> b) {
    return a.isPresent()
        && b.isPresent()
        && a.get() != b.get()
        && a.get() != Sex.OTHER
        && b.get() != Sex.OTHER;
  }

  private static Optional<PersonName.Likeness> names(PatientIdentity p, PatientIdentity q) {
    return p.name()
        .map(PersonName::of)
        .flatMap(mine -> q.name().map(PersonName::of).map(mine::likeness));
  }

  private static Outcome conflict(IdentityCheck.Source a, IdentityCheck.Source b, String what) {
    return new Outcome(Rank.CONFLICT, sentence(a, b, what));
  }

  private static Outcome doubt(IdentityCheck.Source a, IdentityCheck.Source b, String what) {
    return new Outcome(Rank.DOUBT, sentence(a, b, what));
  }

  private static String sentence(IdentityCheck.Source a, IdentityCheck.Source b, String what) {
    return Phrases.sentence("%s and %s %s.".formatted(a.label(), b.label(), what));
  }
}
