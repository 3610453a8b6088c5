package org.tessera.explain;

import java.util.List;
import org.tessera.casemodel.Check;
import org.tessera.omni.model.Pass;

/**
 * One question put to a finding. First all checks say which passes they need, then everything runs
 * as one batch, then each reads its own answers. Checks do not see each other: their order does not
 * matter. Stateless.
 */
interface FindingCheck {

  /** Name in the panel, for example {@code evidence-drop}. */
  String name();

  /**
   * True if the check needs no pass and a failure means that the finding can only abstain, so that
   * nothing else has to be run.
   */
  default boolean preliminary() {
    return false;
  }

  /** The passes that it needs; none if it has nothing to ask. */
  default List<Pass> plan(Question question) {
    return List.of();
  }

  /**
   * What it wants to ask in addition, now that it has its first answers; cut to what is left of the
   * finding's budget.
   *
   * @param logits of the planned passes
   */
  default List<Pass> further(Question question, double[] logits) {
    return List.of();
  }

  /**
   * Judges.
   *
   * @param question the same as at planning
   * @param logits of the planned passes and of the further ones, in the same order
   */
  Check judge(Question question, double[] logits);
}
