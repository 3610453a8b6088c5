package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.PixelTile;

class MembraneTest {
  /** Rows are relaxed eight at a time; the numbers are those of one row after the other. */
  @ParameterizedTest
  @CsvSource({"1, 5", "5, 1", "3, 3", "8, 9", "31, 17", "98, 98"})
  void theOrderOfTheCellsIsThatOfReading(int width, int height) {
    Random random = new Random(width);
    float[] samples = new float[width * height];
    boolean[] open = new boolean[samples.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat();
      open[i] = i % width >= width / 5 && i % 11 != 0;
    }
    float[] filled =
        Membrane.fill(new PixelTile(width, height, 1, samples.clone()), open).samples();
    assertThat(filled).containsExactly(rowByRow(samples, open, width, height));
  }

  private static float[] rowByRow(float[] samples, boolean[] open, int width, int height) {
    double sum = 0;
    int rim = 0;
    for (int i = 0; i < samples.length; i++) {
      sum += open[i] ? 0 : samples[i];
      rim += open[i] ? 0 : 1;
    }
    float[] plane = samples.clone();
    for (int i = 0; i < plane.length; i++) {
      plane[i] = open[i] ? rim == 0 ? 0 : (float) (sum / rim) : plane[i];
    }
    float factor = (float) (2 / (1 + Math.sin(Math.PI / Math.max(width, height))));
    float moved = 1;
    for (int sweep = 0; sweep < 400 && moved > 1e-5f; sweep++) {
      moved = 0;
      for (int at = 0; at < plane.length; at++) {
        if (open[at]) {
          float step = factor * (neighbours(plane, at, width) - plane[at]);
          plane[at] += step;
          moved = Math.max(moved, Math.abs(step));
        }
      }
    }
    return plane;
  }

  private static float neighbours(float[] plane, int at, int width) {
    float sum = 0;
    int count = 0;
    int[] near = {
      at % width > 0 ? at - 1 : -1,
      at % width < width - 1 ? at + 1 : -1,
      at - width,
      at + width < plane.length ? at + width : -1
    };
    for (int each : near) {
      sum += each < 0 ? 0 : plane[each];
      count += each < 0 ? 0 : 1;
    }
    return count == 0 ? plane[at] : sum / count;
  }
}
