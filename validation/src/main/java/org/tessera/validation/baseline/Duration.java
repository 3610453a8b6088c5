package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/** How long the recording runs. */
record Duration() implements Baseline {
  @Override
  public String name() {
    return "duration";
  }

  @Override
  public Modality modality() {
    return Modality.AUDIO;
  }

  @Override
  public Kind kind() {
    return Kind.ACQUISITION;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    if (!(evidence instanceof AudioEvidence sound)) {
      throw new IOException("The evidence is not a recording.");
    }
    return new double[] {Math.log1p(sound.audio().duration())};
  }
}
