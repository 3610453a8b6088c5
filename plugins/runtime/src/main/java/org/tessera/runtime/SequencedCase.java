package org.tessera.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.token.CaseTime;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;

/**
 * A case as one sequence. An input whose pixels or sound turn out not to be decodable only now
 * (they are read late) is moved to the rejected ones, so that nobody believes it was looked at.
 *
 * @param assembled the case, what could not be decoded among the rejected
 * @param sequence its tokens
 */
record SequencedCase(AssembledCase assembled, TokenSequence sequence) {

  static SequencedCase of(AssembledCase assembled) {
    TokenSequence sequence = SequenceBuilder.build(assembled.patientCase());
    Map<String, String> broken = broken(assembled.patientCase(), sequence);
    if (broken.isEmpty()) {
      return new SequencedCase(assembled, sequence);
    }
    AssembledCase without = assembled.without(broken);
    return new SequencedCase(without, SequenceBuilder.build(without.patientCase()));
  }

  PatientCase patientCase() {
    return assembled.patientCase();
  }

  /** Sentences by the ids of the inputs that gave no token because they cannot be decoded. */
  private static Map<String, String> broken(PatientCase patientCase, TokenSequence sequence) {
    Map<String, String> broken = new HashMap<>();
    for (Evidence each : patientCase.evidence()) {
      boolean leftOut =
          sequence.notices().stream()
              .anyMatch(notice -> notice.startsWith(each.id() + " is left out: it cannot be"));
      if (leftOut) {
        failure(each, patientCase).ifPresent(sentence -> broken.put(each.id(), sentence));
      }
    }
    return broken;
  }

  private static Optional<String> failure(Evidence evidence, PatientCase patientCase) {
    try {
      SequenceBuilder.segment(evidence, CaseTime.of(patientCase), notice -> {});
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          e.getCause() instanceof RejectedInputException rejected
              ? rejected.sentence()
              : "The content cannot be decoded; the file may be damaged.");
    }
  }
}
