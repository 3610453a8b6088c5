package org.tessera.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How much of drawn text is found, and that what is not text stays. */
class TextRegionsTest {
  private static final int BOXES = 300;
  private static final long SEED = 20260;

  @Test
  void nearlyAllDrawnTextIsCovered() {
    Random random = new Random(SEED);
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < BOXES; i++) {
      DrawnText.Drawing drawing = DrawnText.random(random);
      List<Box> boxes = TextRegions.find(drawing.after(), drawing.columns(), drawing.rows());
      if (drawing.covered(boxes) < 0.95) {
        missed.add(drawing.size() + " " + drawing.text());
      }
    }
    assertThat(missed.size()).as("seed " + SEED + ": " + missed).isLessThanOrEqualTo(BOXES / 20);
  }

  @Test
  void faintNoiseAndSmoothShapesAreNoText() {
    Random random = new Random(SEED);
    byte[] noise = new byte[300 * 300];
    byte[] smooth = new byte[300 * 300];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.clamp((long) (90 + random.nextGaussian() * 3), 0, 255);
      smooth[i] = (byte) (128 + 100 * Math.sin(i % 300 / 15.0) * Math.cos(i / 300 / 25.0));
    }
    assertThat(TextRegions.find(noise, 300, 300)).isEmpty();
    assertThat(TextRegions.find(smooth, 300, 300)).isEmpty();
  }
}
