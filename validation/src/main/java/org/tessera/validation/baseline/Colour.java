package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.SlideEvidence;

/** Statistics of red, green and blue and of their differences: the stain, no shape. */
record Colour() implements Baseline {
  private static final int LONG_SIDE = 112;
  private static final int CURVES = 6;

  @Override
  public String name() {
    return "colour";
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
    if (!(evidence instanceof SlideEvidence slide)) {
      throw new IOException("The evidence is not tissue.");
    }
    int width = slide.pixels().width();
    int height = slide.pixels().height();
    double downsample = Math.max(1, Math.max(width, height) / (double) LONG_SIDE);
    PixelTile tile = slide.pixels().read(new PixelRegion(1, 0, 0, width, height), downsample);
    int pixels = tile.width() * tile.height();
    double[][] curves = new double[CURVES][pixels];
    for (int i = 0; i < pixels; i++) {
      double red = tile.samples()[i * tile.channels()];
      double green = tile.samples()[i * tile.channels() + tile.channels() / 2];
      double blue = tile.samples()[i * tile.channels() + tile.channels() - 1];
      curves[0][i] = red;
      curves[1][i] = green;
      curves[2][i] = blue;
      curves[3][i] = red - green;
      curves[4][i] = green - blue;
      curves[5][i] = blue - red;
    }
    double[] features = new double[CURVES * Summary.SIZE];
    for (int curve = 0; curve < CURVES; curve++) {
      Summary.of(curves[curve], features, curve * Summary.SIZE);
    }
    return features;
  }
}
