package org.tessera.runtime.work;

import java.io.IOException;
import java.nio.file.Path;
import org.tessera.casemodel.RejectedInputException;

/** Analyses cases of a kind. May be asked by several threads. */
public interface CaseAnalysis {

  /**
   * A result.
   *
   * @param seal 64 hexadecimal digits
   * @param completed false if the case was stopped: the result says why, and nothing may leave
   * @param sentence what a person should know, or empty
   */
  record Result(String seal, boolean completed, String sentence) {}

  /**
   * Analyses a revision of a case. The same revision may be asked for again, if the process ended
   * before the answer was noted.
   *
   * @param work the case
   * @param revision what belongs to it
   * @param folder empty; whatever is written here is kept if this returns
   * @throws RejectedInputException if it never can be analysed, with one sentence
   * @throws IOException if disk or model do not allow it now; it is tried again without end
   * @throws RuntimeException if it fails; it is tried again a few times
   */
  Result analyse(WorkCase work, CaseRevision revision, Path folder)
      throws IOException, RejectedInputException;
}
