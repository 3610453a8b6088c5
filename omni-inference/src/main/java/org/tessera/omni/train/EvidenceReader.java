package org.tessera.omni.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;

/** Reads a file of a data set as evidence; whoever runs the training wires the decoders. */
@FunctionalInterface
public interface EvidenceReader {

  /**
   * Reads a file.
   *
   * @param modality what the data set says that the file is
   * @return at least one evidence of that modality
   */
  List<Evidence> read(Path file, Modality modality) throws IOException, RejectedInputException;
}
