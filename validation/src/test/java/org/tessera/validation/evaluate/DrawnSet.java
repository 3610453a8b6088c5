package org.tessera.validation.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * A drawn data set in the layout of {@code cxr-kermany}: bacterial rows have a brighter middle, and
 * where wanted a mark in the corner, or a larger file.
 */
final class DrawnSet {
  private static final int SIDE = 96;

  private DrawnSet() {}

  /**
   * Draws.
   *
   * @param folder where to
   * @param difference how much brighter the middle is, in grey levels of 255
   * @param corner true to put a white mark into the corner of every bacterial radiograph
   */
  static Path draw(Path folder, int difference, boolean corner) throws IOException {
    Path set = Files.createDirectories(folder.resolve("cxr-kermany"));
    Files.createDirectories(set.resolve("images"));
    StringBuilder manifest = new StringBuilder("id,file,patient_id,split,label,view\n");
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 180; i++) {
      boolean bacterial = random.nextBoolean();
      String split = i % 3 == 0 ? "train" : i % 3 == 1 ? "val" : "test";
      String file = "images/" + i + ".png";
      int spread = random.nextInt(-25, 26);
      BufferedImage image =
          radiograph(
              random, 120 + spread + (bacterial ? difference : 0), corner && bacterial);
      ImageIO.write(image, "png", set.resolve(file).toFile());
      manifest.append(
          "%d,%s,patient-%d,%s,%s,%s%n"
              .formatted(
                  i,
                  file,
                  i / 6,
                  split,
                  bacterial ? "bacterial-pneumonia" : "viral-pneumonia",
                  i % 2 == 0 ? "AP" : "PA"));
    }
    Files.writeString(set.resolve("manifest.csv"), manifest.toString());
    return folder;
  }

  private static BufferedImage radiograph(SplittableRandom random, int middle, boolean mark) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean inside = x >= 30 && x < 66 && y >= 30 && y < 66;
        boolean corner = mark && x < 9 && y < 9;
        int grey = (corner ? 240 : inside ? middle : 90) + random.nextInt(-8, 9);
        image.getRaster().setSample(x, y, 0, Math.clamp(grey, 0, 255));
      }
    }
    return image;
  }
}
