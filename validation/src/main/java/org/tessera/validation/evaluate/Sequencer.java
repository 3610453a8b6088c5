package org.tessera.validation.evaluate;

import java.io.IOException;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.token.TokenSequence;

/** Turns a case into the model's sequence. Called from two threads at once. */
@FunctionalInterface
public interface Sequencer {

  /**
   * The sequence.
   *
   * @throws IOException if the evidence cannot be decoded
   * @throws RejectedInputException if nothing in it can be used
   */
  TokenSequence build(PatientCase patientCase) throws IOException, RejectedInputException;
}
