package org.tessera.explain;

import java.util.List;

/** The checks of a finding, and the order in which they are shown. */
final class Panel {
  private static final List<String> ORDER =
      List.of(
          "competence",
          "evidence-drop",
          "wrong-patient",
          "blank-input",
          "text-leak",
          "contradiction",
          "consistency",
          "neighbours",
          "out-of-distribution",
          "conformal");

  private Panel() {}

  static List<FindingCheck> checks() {
    return List.of(
        new CompetenceCheck(),
        new EvidenceDropCheck(),
        new WrongPatientCheck(),
        new BlankInputCheck(),
        new TextLeakCheck(),
        new ContradictionCheck(),
        new ConsistencyCheck(),
        new NeighboursCheck(),
        new OutOfDistributionCheck(),
        new ConformalCheck());
  }

  /** Place of a check in the panel; unknown ones come last. */
  static int order(String name) {
    int at = ORDER.indexOf(name);
    return at < 0 ? ORDER.size() : at;
  }
}
