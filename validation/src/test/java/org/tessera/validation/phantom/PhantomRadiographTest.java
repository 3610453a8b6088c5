package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.PixelRegion;

class PhantomRadiographTest {
  private static final int CASES = 14;

  @ParameterizedTest
  @EnumSource
  void anOpacityBrightensItsBoxesAndChangesNothingElse(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(7, world);
    for (int index = 0; index < CASES; index++) {
      int opacities = 1 + index % 2;
      PhantomRadiograph with = generator.radiograph(index, opacities);
      PhantomRadiograph without = generator.radiograph(index, 0);
      assertThat(without.opacities()).isEmpty();
      assertThat(with.opacities()).hasSize(opacities);
      assertThat(changedOutside(with, without)).as("case %s", index).isZero();
      for (PixelRegion box : with.opacities()) {
        assertThat(mean(with, box) - mean(without, box)).as("case %s", index).isGreaterThan(6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void boxesAreASensibleSizeAndWithinThePicture(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(11, world);
    for (int index = 0; index < CASES; index++) {
      PhantomRadiograph drawn = generator.radiograph(index, 1);
      for (PixelRegion box : drawn.opacities()) {
        assertThat(box.width() / drawn.columns()).isBetween(0.06, 0.20);
        assertThat(box.x() + box.width()).isLessThanOrEqualTo(drawn.columns());
        assertThat(box.y() + box.height()).isLessThanOrEqualTo(drawn.rows());
      }
    }
  }

  @Test
  void everyWorldHasMachinesOfItsOwn() {
    Set<String> train = machines(PhantomWorld.TRAIN);
    Set<String> test = machines(PhantomWorld.TEST);
    assertThat(train).hasSize(6).doesNotContainAnyElementsOf(test);
    Set<String> validation = machines(PhantomWorld.VALIDATION);
    assertThat(test).hasSize(3).doesNotContainAnyElementsOf(validation);
    assertThat(validation).hasSize(3).doesNotContainAnyElementsOf(train);
  }

  @Test
  void aPictureStoredInvertedIsShownAsAnyOther() {
    PhantomGenerator generator = new PhantomGenerator(3, PhantomWorld.TRAIN);
    PhantomRadiograph inverted =
        IntStream.range(0, 100)
            .mapToObj(index -> generator.radiograph(index, 0))
            .filter(PhantomRadiograph::monochrome1)
            .findFirst()
            .orElseThrow();
    int columns = inverted.columns();
    PixelRegion neck = new PixelRegion(1, columns / 2.0 - 10, 20, 20, 20);
    PixelRegion abdomen =
        new PixelRegion(1, columns / 2.0 - 50, 0.92 * inverted.rows(), 100, 20);
    assertThat(mean(inverted, abdomen)).isGreaterThan(128);
    assertThat(mean(inverted, neck)).isGreaterThan(100);
  }

  private static Set<String> machines(PhantomWorld world) {
    Set<String> names = new HashSet<>();
    for (int index = 0; index < 200; index++) {
      Chance chance = Chance.of(5, world, index, Chance.Stream.MACHINE);
      names.add(Machine.draw(chance, world).name());
    }
    return names;
  }

  private static int changedOutside(PhantomRadiograph with, PhantomRadiograph without) {
    int changed = 0;
    for (int row = 0; row < with.rows(); row++) {
      for (int column = 0; column < with.columns(); column++) {
        int x = column;
        int y = row;
        if (with.displayed(x, y) != without.displayed(x, y)
            && with.opacities().stream().noneMatch(box -> box.contains(x, y))) {
          changed++;
        }
      }
    }
    return changed;
  }

  private static double mean(PhantomRadiograph picture, PixelRegion box) {
    double sum = 0;
    int count = 0;
    for (int row = (int) box.y(); row < box.y() + box.height(); row++) {
      for (int column = (int) box.x(); column < box.x() + box.width(); column++) {
        sum += picture.displayed(column, row);
        count++;
      }
    }
    return sum / count;
  }
}
