package org.tessera.omni.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.AudioSegment;

class SignMaskTest {
  private static final int CELLS = 64;
  private static final int SIDE = 224;

  @Test
  void marksFollowTheSamplesThroughEveryCrop() {
    byte[] canvas = new byte[Example.CANVAS * Example.CANVAS];
    boolean[] cells = new boolean[CELLS * CELLS];
    for (int y = 80; y < 160; y++) {
      for (int x = 40; x < 100; x++) {
        canvas[y * Example.CANVAS + x] = (byte) 255;
        cells[y / 4 * CELLS + x / 4] = true;
      }
    }
    SignMask mask = new SignMask(cells);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      boolean tissue = round % 2 == 0;
      Augmentation.Crop crop =
          tissue
              ? Augmentation.Crop.ofTissue(random)
              : Augmentation.Crop.ofRadiograph(random);
      float[] samples =
          tissue
              ? Augmentation.tissue(canvas, crop, random)
              : Augmentation.radiograph(canvas, crop, random);
      int grid = tissue ? 7 : 14;
      float[] marks = mask.of(crop, grid);
      for (int token = 0; token < marks.length; token++) {
        double bright = brightness(samples, token, grid);
        if (marks[token] == 1) {
          assertThat(bright).as("round %d token %d", round, token).isGreaterThan(0.3);
        } else if (marks[token] == 0) {
          assertThat(bright).as("round %d token %d", round, token).isLessThan(0.2);
        }
      }
      assertThat(marks).contains(1f).contains(0f);
    }
  }

  private static double brightness(float[] samples, int token, int grid) {
    int patch = SIDE / grid;
    double sum = 0;
    for (int y = 0; y < patch; y++) {
      for (int x = 0; x < patch; x++) {
        sum += samples[(token / grid * patch + y) * SIDE + token % grid * patch + x];
      }
    }
    return sum / (patch * patch);
  }

  @Test
  void marksOfARecordingCountFromTheStartOfThePiece() {
    SignMask mask = SignMask.of(400, List.of(new TimeInterval(1.6, 2.4)));
    float[] marks = mask.of(new Augmentation.Piece(80, 240));
    assertThat(marks).hasSize(240 / AudioSegment.FRAMES_PER_TOKEN);
    float[] expected = new float[marks.length];
    Arrays.fill(expected, 10, 20, 1);
    assertThat(marks).containsExactly(expected);
  }
}
