package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/**
 * Grey statistics and histograms of uniform local binary patterns (Ojala 2002) at three distances,
 * at 224 x 224: texture without colour.
 */
record Texture() implements Baseline {
  private static final int SIDE = 224;
  private static final int[] DISTANCES = {1, 2, 4};
  private static final int[] PATTERN_BIN = patternBins();
  private static final int BINS = 59;
  private static final int[] DX = {1, 1, 0, -1, -1, -1, 0, 1};
  private static final int[] DY = {0, 1, 1, 1, 0, -1, -1, -1};

  @Override
  public String name() {
    return "texture";
  }

  @Override
  public Modality modality() {
    return Modality.SLIDE;
  }

  @Override
  public Kind kind() {
    return Kind.PLAIN;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    Picture picture = Picture.of(evidence, SIDE, SIDE);
    double[] grey = new double[SIDE * SIDE];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = picture.samples()[i];
    }
    double[] features = new double[Summary.SIZE + DISTANCES.length * BINS];
    Summary.of(grey, features, 0);
    for (int i = 0; i < DISTANCES.length; i++) {
      patterns(picture, DISTANCES[i], features, Summary.SIZE + i * BINS);
    }
    return features;
  }

  private static void patterns(Picture picture, int distance, double[] into, int at) {
    int inner = SIDE - 2 * distance;
    double share = 1.0 / (inner * inner);
    for (int y = distance; y < SIDE - distance; y++) {
      for (int x = distance; x < SIDE - distance; x++) {
        int pattern = 0;
        float centre = picture.at(x, y);
        for (int bit = 0; bit < 8; bit++) {
          float there = picture.at(x + distance * DX[bit], y + distance * DY[bit]);
          pattern |= there >= centre ? 1 << bit : 0;
        }
        into[at + PATTERN_BIN[pattern]] += share;
      }
    }
  }

  /** A bin for each pattern with at most two changes around the circle; one for all others. */
  private static int[] patternBins() {
    int[] bins = new int[256];
    int next = 0;
    for (int pattern = 0; pattern < bins.length; pattern++) {
      int turned = (pattern >> 1) | (pattern & 1) << 7;
      bins[pattern] = Integer.bitCount(pattern ^ turned) <= 2 ? next++ : BINS - 1;
    }
    return bins;
  }
}
