package org.tessera.validation.gate;

import org.tessera.casemodel.Finding.Status;

/**
 * What became of one finding on one case.
 *
 * @param finding key
 * @param patient cluster
 * @param truth whether the case has it
 * @param probability that the model gave
 * @param found true if the probability reaches the operating point
 * @param status what the gate made of it
 * @param blocker the check that decided against it; empty if none did
 */
public record GateCase(
    String finding,
    String patient,
    boolean truth,
    double probability,
    boolean found,
    Status status,
    String blocker) {

  /** True if a clinician would read it as a finding. */
  public boolean shown() {
    return status == Status.SUPPORTED;
  }
}
