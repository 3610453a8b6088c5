package org.tessera.validation.baseline;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.SlideEvidence;

/** A picture given by a formula. */
record Drawn(Evidence evidence, Content content) {
  private static final EvidenceOrigin ORIGIN =
      new EvidenceOrigin(
          "I1", "drawn", "image/png", "0".repeat(64), Optional.empty(), Optional.empty(),
          Optional.empty());

  static Drawn radiograph(int width, int height, DoubleBinaryOperator grey) {
    return new Drawn(
        new ImageEvidence(
            ORIGIN,
            new Formula(width, height, 1, grey),
            Orientation.UPRIGHT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty()),
        new Nothing());
  }

  static Drawn tile(int side, DoubleBinaryOperator grey) {
    return new Drawn(
        new SlideEvidence(ORIGIN, new Formula(side, side, 3, grey), OptionalDouble.empty()),
        new Nothing());
  }

  private record Formula(int width, int height, int channels, DoubleBinaryOperator grey)
      implements PixelSource {
    @Override
    public int frames() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) {
      int columns = (int) Math.ceil(region.width() / downsample);
      int rows = (int) Math.ceil(region.height() / downsample);
      float[] samples = new float[columns * rows * channels];
      for (int i = 0; i < samples.length; i++) {
        int pixel = i / channels;
        samples[i] =
            (float)
                grey.applyAsDouble(
                    region.x() + (pixel % columns + 0.5) * downsample,
                    region.y() + (pixel / columns + 0.5) * downsample);
      }
      return new PixelTile(columns, rows, channels, samples);
    }
  }

  private record Nothing() implements Content {
    @Override
    public String name() {
      return "drawn.png";
    }

    @Override
    public String mediaType() {
      return "image/png";
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public String sha256() {
      return "0".repeat(64);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public Optional<Path> file() {
      return Optional.empty();
    }
  }
}
