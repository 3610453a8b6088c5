package org.tessera.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;

class PictureBaselinesTest {
  @Test
  void theBorderSeesNothingOfTheMiddle() throws IOException {
    Drawn dark = Drawn.radiograph(200, 150, (x, y) -> 0.2);
    Drawn lung =
        Drawn.radiograph(
            200, 150, (x, y) -> x > 30 && x < 170 && y > 22 && y < 128 ? 0.9 : 0.2);
    double[] without = new Border().features(dark.content(), dark.evidence());
    double[] with = new Border().features(lung.content(), lung.evidence());
    assertThat(with).containsExactly(without, within(1e-6));
    double[] thumbnail = new Thumbnail().features(lung.content(), lung.evidence());
    assertThat(thumbnail[16 * 32 + 16]).as("the thumbnail does").isEqualTo(0.9, within(1e-3));
  }

  @Test
  void theBorderSeesAMarkInTheCorner() throws IOException {
    Drawn plain = Drawn.radiograph(200, 150, (x, y) -> 0.2);
    Drawn marked = Drawn.radiograph(200, 150, (x, y) -> x < 12 && y < 12 ? 1 : 0.2);
    double[] features = new Border().features(marked.content(), marked.evidence());
    assertThat(features[0]).isEqualTo(1, within(0.05));
    assertThat(new Border().features(plain.content(), plain.evidence())[0])
        .isEqualTo(0.2, within(1e-5));
  }

  @Test
  void aThumbnailDoesNotTellTheAspectRatio() throws IOException {
    Drawn wide = Drawn.radiograph(300, 100, (x, y) -> x / 300);
    Drawn tall = Drawn.radiograph(100, 300, (x, y) -> x / 100);
    assertThat(new Thumbnail().features(wide.content(), wide.evidence()))
        .containsExactly(
            new Thumbnail().features(tall.content(), tall.evidence()), within(0.012));
  }

  @Test
  void gradientsAreBinnedByTheirDirection() {
    double[] across = GradientHistograms.cells(stripes((x, y) -> 0.5 + 0.5 * Math.sin(x / 3)));
    double[] down = GradientHistograms.cells(stripes((x, y) -> 0.5 + 0.5 * Math.sin(y / 3)));
    // nine bins of 20 degrees centred at 10, 30 ...: 0 degrees is shared by the outer two
    assertThat(strongest(across)).isIn(0, 8);
    assertThat(strongest(down)).isEqualTo(4);
  }

  @Test
  void histogramsDoNotDependOnContrast() throws IOException {
    Drawn strong = Drawn.radiograph(128, 128, (x, y) -> 0.5 + 0.4 * Math.sin(x / 5 + y / 9));
    Drawn weak = Drawn.radiograph(128, 128, (x, y) -> 0.5 + 0.2 * Math.sin(x / 5 + y / 9));
    assertThat(new GradientHistograms().features(weak.content(), weak.evidence()))
        .containsExactly(
            new GradientHistograms().features(strong.content(), strong.evidence()),
            within(0.01));
  }

  @Test
  void textureIsBlindToBrightnessAndColourIsNot() throws IOException {
    DoubleBinaryOperator weave = (x, y) -> 0.3 + 0.1 * Math.sin(x) * Math.cos(y);
    Drawn dark = Drawn.tile(224, weave);
    Drawn bright = Drawn.tile(224, (x, y) -> weave.applyAsDouble(x, y) + 0.3);
    double[] darkTexture = new Texture().features(dark.content(), dark.evidence());
    double[] brightTexture = new Texture().features(bright.content(), bright.evidence());
    int patterns = darkTexture.length - Summary.SIZE;
    double distance = 0;
    for (int i = Summary.SIZE; i < darkTexture.length; i++) {
      distance += Math.abs(darkTexture[i] - brightTexture[i]) / 2 / 3;
    }
    assertThat(patterns).isEqualTo(3 * 59);
    assertThat(distance).as("share of pixels in another bin").isLessThan(0.05);
    double[] darkColour = new Colour().features(dark.content(), dark.evidence());
    double[] brightColour = new Colour().features(bright.content(), bright.evidence());
    assertThat(brightColour[0] - darkColour[0]).isEqualTo(0.3, within(0.01));
  }

  @Test
  void patternsOfATileAddUpToOne() throws IOException {
    Drawn tile = Drawn.tile(224, (x, y) -> (x * 31 + y * 17) % 7 / 7);
    double[] features = new Texture().features(tile.content(), tile.evidence());
    double sum =
        Arrays.stream(features, Summary.SIZE, Summary.SIZE + 59).sum();
    assertThat(sum).isEqualTo(1, within(1e-9));
  }

  @Test
  void everyModalityThatDecidesSomethingHasAShortcutToBeat() {
    for (Modality modality :
        new Modality[] {Modality.IMAGE, Modality.SLIDE, Modality.AUDIO, Modality.NOTE}) {
      assertThat(Baselines.of(modality))
          .as(modality.wireName())
          .anyMatch(each -> each.kind().shortcut())
          .allMatch(each -> each.modality() == modality);
    }
  }

  private static Picture stripes(DoubleBinaryOperator grey) {
    float[] samples = new float[128 * 128];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) grey.applyAsDouble(i % 128, i / 128);
    }
    return new Picture(128, 128, samples);
  }

  private static int strongest(double[] cells) {
    double[] sums = new double[9];
    for (int i = 0; i < cells.length; i++) {
      sums[i % 9] += cells[i];
    }
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] > sums[best] ? i : best;
    }
    return best;
  }
}
