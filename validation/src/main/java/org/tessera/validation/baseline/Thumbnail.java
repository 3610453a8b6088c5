package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/** The picture at 32 x 32: posture, exposure and field of view, hardly any lung. */
record Thumbnail() implements Baseline {
  private static final int SIDE = 32;

  @Override
  public String name() {
    return "thumbnail";
  }

  @Override
  public Modality modality() {
    return Modality.IMAGE;
  }

  @Override
  public Kind kind() {
    return Kind.SHORTCUT;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    Picture picture = Picture.of(evidence, SIDE, SIDE);
    double[] features = new double[SIDE * SIDE];
    for (int i = 0; i < features.length; i++) {
      features[i] = picture.samples()[i];
    }
    return features;
  }
}
