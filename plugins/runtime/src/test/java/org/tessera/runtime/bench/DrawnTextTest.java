package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnTextTest {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 300;

  @Test
  void whatChangedIsTextThatCanBeRead() {
    DrawnText.Letters letters = DrawnText.Letters.installed();
    assumeFalse(letters.latin().isEmpty(), "None of the fonts of the benchmark is installed.");
    byte[] grey = new byte[WIDTH * HEIGHT];
    Arrays.fill(grey, (byte) 60);
    GreyPicture plain = new GreyPicture("plain", "test", grey, WIDTH, HEIGHT);
    for (int seed = 0; seed < 30; seed++) {
      DrawnText text = DrawnText.on(plain, letters, new Random(seed)).orElseThrow();
      assertThat(text.onBorder()).isTrue();
      int changed = 0;
      for (int i = 0; i < grey.length; i++) {
        int difference = Math.abs((text.picture().grey()[i] & 0xFF) - 60);
        changed += difference > 10 ? 1 : 0;
        if (difference > 10) {
          assertThat(text.pixels().get(i)).isTrue();
        }
      }
      assertThat(changed).isBetween(10, text.pixels().cardinality());
      assertThat(text.pixels().cardinality()).isLessThan(WIDTH * HEIGHT / 2);
      assertThat(DrawnText.on(plain, letters, new Random(seed)).orElseThrow().picture().grey())
          .as("the same seed")
          .isEqualTo(text.picture().grey());
    }
    assertThat(grey).as("the picture that was given").containsOnly(60);
  }

  @Test
  void halfOfTheFilesAreHeldOutByTheirNames(@TempDir Path folder) throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    BufferedImage white = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    white.setRGB(2, 1, 0xFFFFFF);
    for (int i = 0; i < 60; i++) {
      ImageIO.write(white, "png", images.resolve("picture" + i + ".png").toFile());
    }
    byte[] whole = Files.readAllBytes(images.resolve("picture1.png"));
    for (int i = 0; i < 20; i++) {
      Files.writeString(images.resolve("notes" + i + ".txt"), "no picture");
      Files.write(images.resolve("cut" + i + ".png"), Arrays.copyOf(whole, 30 + i));
    }
    List<GreyPicture> pictures = GreyPicture.heldOut(folder, Integer.MAX_VALUE);
    assertThat(pictures).hasSizeBetween(20, 40);
    assertThat(pictures.getFirst().grey()).containsExactly(0, 0, 0, 0, 0, -1);
    List<String> first = new ArrayList<>();
    GreyPicture.heldOut(folder, 5).forEach(each -> first.add(each.name()));
    assertThat(pictures.stream().map(GreyPicture::name)).startsWith(first.toArray(String[]::new));
  }
}
