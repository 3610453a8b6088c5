package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005) at 128 x 128: cells of 16 pixels, nine
 * unsigned orientations, blocks of 2 x 2 cells with L2-Hys normalization.
 */
record GradientHistograms() implements Baseline {
  private static final int SIDE = 128;
  private static final int CELL = 16;
  private static final int CELLS = SIDE / CELL;
  private static final int BINS = 9;
  private static final int BLOCK = 2;
  private static final int BLOCKS = CELLS - BLOCK + 1;
  private static final int PER_BLOCK = BLOCK * BLOCK * BINS;
  private static final double CLIP = 0.2;

  @Override
  public String name() {
    return "hog";
  }

  @Override
  public Modality modality() {
    return Modality.IMAGE;
  }

  @Override
  public Kind kind() {
    return Kind.PLAIN;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    return blocks(cells(Picture.of(evidence, SIDE, SIDE)));
  }

  /** (CELLS x CELLS, BINS): gradient magnitude by orientation, shared by the two nearest bins. */
  static double[] cells(Picture picture) {
    double[] cells = new double[CELLS * CELLS * BINS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double dx = picture.at(Math.min(x + 1, SIDE - 1), y) - picture.at(Math.max(x - 1, 0), y);
        double dy = picture.at(x, Math.min(y + 1, SIDE - 1)) - picture.at(x, Math.max(y - 1, 0));
        double magnitude = Math.hypot(dx, dy);
        double angle = (Math.atan2(dy, dx) + Math.PI) % Math.PI;
        double at = angle / Math.PI * BINS - 0.5;
        int below = (int) Math.floor(at);
        int offset = (y / CELL * CELLS + x / CELL) * BINS;
        cells[offset + Math.floorMod(below, BINS)] += magnitude * (1 - (at - below));
        cells[offset + Math.floorMod(below + 1, BINS)] += magnitude * (at - below);
      }
    }
    return cells;
  }

  private static double[] blocks(double[] cells) {
    double[] features = new double[BLOCKS * BLOCKS * PER_BLOCK];
    for (int row = 0; row < BLOCKS; row++) {
      for (int column = 0; column < BLOCKS; column++) {
        int at = (row * BLOCKS + column) * PER_BLOCK;
        for (int cell = 0; cell < BLOCK * BLOCK; cell++) {
          int from = ((row + cell / BLOCK) * CELLS + column + cell % BLOCK) * BINS;
          System.arraycopy(cells, from, features, at + cell * BINS, BINS);
        }
        normalize(features, at);
        for (int i = at; i < at + PER_BLOCK; i++) {
          features[i] = Math.min(features[i], CLIP);
        }
        normalize(features, at);
      }
    }
    return features;
  }

  private static void normalize(double[] features, int at) {
    double squares = 1e-6;
    for (int i = at; i < at + PER_BLOCK; i++) {
      squares += features[i] * features[i];
    }
    double length = Math.sqrt(squares);
    for (int i = at; i < at + PER_BLOCK; i++) {
      features[i] /= length;
    }
  }
}
