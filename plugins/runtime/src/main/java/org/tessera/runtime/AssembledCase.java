package org.tessera.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInput;

/**
 * A case with what has to be known beside it.
 *
 * @param patientCase what was accepted and what was not
 * @param files the file behind each input, by its id, where there is one
 * @param conflict an identity in the manifest that contradicts the file's own
 */
record AssembledCase(
    PatientCase patientCase, Map<String, Path> files, Optional<Check> conflict) {
  AssembledCase {
    files = Map.copyOf(files);
  }

  /**
   * The same case with some inputs rejected after all.
   *
   * @param reasons a sentence by the id of the input
   */
  AssembledCase without(Map<String, String> reasons) {
    List<RejectedInput> rejected = new ArrayList<>(patientCase.rejected());
    List<Evidence> kept = new ArrayList<>();
    for (Evidence each : patientCase.evidence()) {
      String reason = reasons.get(each.id());
      if (reason == null) {
        kept.add(each);
      } else {
        EvidenceOrigin origin = each.origin();
        rejected.add(
            new RejectedInput(
                each.id(),
                Optional.of(each.modality()),
                origin.source(),
                Optional.of(origin.mediaType()),
                origin.sha256(),
                reason));
      }
    }
    PatientCase smaller =
        new PatientCase(
            patientCase.id(), patientCase.patient(), kept, rejected, patientCase.composed());
    return new AssembledCase(smaller, files, conflict);
  }
}
