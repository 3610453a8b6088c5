package org.tessera.runtime;

import java.util.List;
import org.tessera.casemodel.RejectedInputException;

/** The files that a DICOMDIR refers to. */
final class DicomDirectoryFiles {
  private DicomDirectoryFiles() {}

  static List<OfferedFile> of(CaseInput input) throws RejectedInputException {
    throw new RejectedInputException("A DICOMDIR is not followed yet.");
  }
}
