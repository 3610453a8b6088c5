package org.tessera.validation.baseline;

import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/** How many bytes the file has: compression quality, exposure, length; nothing of the patient. */
record FileSize(Modality modality) implements Baseline {
  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public Kind kind() {
    return Kind.ACQUISITION;
  }

  @Override
  public double[] features(Content content, Evidence evidence) {
    return new double[] {Math.log1p(content.size())};
  }
}
