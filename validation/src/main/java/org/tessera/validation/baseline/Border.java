package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/**
 * Only the outer eighth of the picture on each side, at 48 x 48: side markers, device text,
 * collimation and arms, no lung.
 */
record Border() implements Baseline {
  private static final int SIDE = 48;
  private static final int FRAME = 6;

  @Override
  public String name() {
    return "border";
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
    int inner = SIDE - 2 * FRAME;
    double[] features = new double[SIDE * SIDE - inner * inner];
    int next = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (Math.min(Math.min(x, y), Math.min(SIDE - 1 - x, SIDE - 1 - y)) < FRAME) {
          features[next++] = picture.at(x, y);
        }
      }
    }
    return features;
  }
}
