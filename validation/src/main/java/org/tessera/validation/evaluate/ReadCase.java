package org.tessera.validation.evaluate;

import java.util.Map;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;

/**
 * A row as a case, with the files that it came from.
 *
 * @param patientCase one evidence per file
 * @param contents the file behind the evidence of each modality
 */
public record ReadCase(PatientCase patientCase, Map<Modality, Content> contents) {
  public ReadCase {
    contents = Map.copyOf(contents);
  }
}
