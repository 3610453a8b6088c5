package org.tessera.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How much of drawn text is found, and that what is not text stays. */
class TextDetectorTest {
  private static final int DRAWINGS = 40;
  private static final long SEED = 20260;
  private static final String SHA_256 =
      "3439588c030faea393a54515f51e983d8e155b19a2e8aba7891934c1cf0de526";

  @Test
  void textOnPlainGroundIsCovered() {
    assertThat(missed(DrawnText::random)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void textOnBodiesIsCovered() {
    assertThat(missed(random -> DrawnText.onBody(random, 400, 300)))
        .hasSizeLessThanOrEqualTo(DRAWINGS / 20);
  }

  @Test
  void textOnItsSideIsCovered() {
    assertThat(missed(random -> DrawnText.turned(DrawnText.onBody(random, 400, 300))))
        .hasSizeLessThanOrEqualTo(DRAWINGS / 20);
  }

  @Test
  void textIsFoundWhereTilesOfALargePictureMeet() {
    Random random = new Random(SEED);
    for (int i = 0; i < 3; i++) {
      DrawnText.Drawing drawing = DrawnText.onBody(random, 1300, 1250);
      double covered = drawing.covered(find(drawing.after(), 1300));
      assertThat(covered).as(drawing.text()).isGreaterThan(0.9);
    }
  }

  @Test
  void noiseSmoothShapesAndBodiesStay() {
    Random random = new Random(SEED);
    byte[] noise = new byte[300 * 300];
    byte[] smooth = new byte[300 * 300];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.clamp((long) (90 + random.nextGaussian() * 10), 0, 255);
      smooth[i] = (byte) (128 + 100 * Math.sin(i % 300 / 15.0) * Math.cos(i / 300 / 25.0));
    }
    assertThat(find(noise, 300)).isEmpty();
    assertThat(find(smooth, 300)).isEmpty();
    for (int i = 0; i < 20; i++) {
      assertThat(find(DrawnText.body(random, 400, 300), 400)).isEmpty();
    }
  }

  @Test
  void pictureSmallerThanALetterIsSearched() {
    for (int side : new int[] {1, 2, 7, 31}) {
      byte[] pixels = new byte[side * side];
      for (int i = 0; i < pixels.length; i += 2) {
        pixels[i] = (byte) 255;
      }
      for (Box box : find(pixels, side)) {
        assertThat(box.with(new Box(0, 0, side, side))).isEqualTo(new Box(0, 0, side, side));
      }
    }
  }

  @Test
  void modelIsTheOneThatWasMeasured() throws IOException, NoSuchAlgorithmException {
    try (InputStream in = TextDetector.class.getResourceAsStream(TextDetector.MODEL)) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Objects.requireNonNull(in, "model").readAllBytes());
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SHA_256);
    }
  }

  private static List<String> missed(Function<Random, DrawnText.Drawing> drawn) {
    Random random = new Random(SEED);
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < DRAWINGS; i++) {
      DrawnText.Drawing drawing = drawn.apply(random);
      if (drawing.covered(find(drawing.after(), drawing.columns())) < 0.95) {
        missed.add(drawing.size() + " " + drawing.text());
      }
    }
    return missed;
  }

  private static List<Box> find(byte[] grey, int columns) {
    return TextDetector.find(grey, columns, new Box(0, 0, columns, grey.length / columns));
  }
}
