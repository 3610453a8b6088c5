package org.tessera.runtime;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.PatientCase;

/**
 * A case with what has to be known beside it.
 *
 * @param patientCase what was accepted and what was not
 * @param rejectedFiles the file behind a rejected input, by its id, where there is one
 * @param conflict an identity in the manifest that contradicts the file's own
 */
record AssembledCase(
    PatientCase patientCase, Map<String, Path> rejectedFiles, Optional<Check> conflict) {
  AssembledCase {
    rejectedFiles = Map.copyOf(rejectedFiles);
  }
}
