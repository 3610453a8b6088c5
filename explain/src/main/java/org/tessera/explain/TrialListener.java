package org.tessera.explain;

import java.util.List;
import java.util.OptionalDouble;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;

/**
 * Is told how far a trial is, so that a page can show answers before all checks are through. Called
 * on the thread of the trial, which waits meanwhile. What it is told early is not judged yet and
 * must be shown as such. If the computation does not hold, the case is judged anew and everything
 * is told again.
 */
public interface TrialListener {
  /** Hears nothing. */
  TrialListener NONE = new TrialListener() {};

  /**
   * What the model answers, before any check.
   *
   * @param id of the finding
   * @param code what is asked
   * @param probability calibrated; empty if the computation gave no number
   * @param onTrial true if it reaches an operating point, so that its checks are under way
   */
  record EarlyFinding(String id, Coding code, OptionalDouble probability, boolean onTrial) {}

  /** After the first batch of passes. */
  default void firstFindings(List<EarlyFinding> findings) {}

  /** A check of a finding is through; in no particular order. */
  default void checked(String finding, Check check) {}

  /** A finding has its status, its highlights and its counterfactual. */
  default void judged(Finding finding) {}
}
