package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.Orientation;
import org.tessera.explain.report.Heat.Spot;
import org.tessera.explain.report.Picture.Area;

@DisplayName("Overlays")
class OverlaysTest {
  @TempDir Path out;

  @ParameterizedTest
  @EnumSource
  @DisplayName("put the heat on the same tissue in all eight orientations")
  void heatOnTheMark(Orientation orientation) throws IOException {
    DrawnPixels marked =
        new DrawnPixels(300, 500) {
          @Override
          float grey(double x, double y) {
            return x >= 0.2 && x < 0.3 && y >= 0.6 && y < 0.66 ? 1 : 0;
          }
        };
    Picture picture = Picture.read(marked, orientation, 1);
    Area area = picture.area(60, 300, 30, 30);
    BufferedImage image = picture.image();
    BufferedImage layer =
        Heat.layer(image.getWidth(), image.getHeight(), List.of(new Spot(area, 1)));
    int bright = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        boolean onMark = image.getRaster().getSample(x, y, 0) > 128;
        boolean inside =
            x >= area.x() * image.getWidth() - 1e-6
                && x < (area.x() + area.width()) * image.getWidth() - 1e-6
                && y >= area.y() * image.getHeight() - 1e-6
                && y < (area.y() + area.height()) * image.getHeight() - 1e-6;
        assertThat(onMark).as(x + ", " + y).isEqualTo(inside);
        bright += onMark ? 1 : 0;
      }
    }
    assertThat(bright).isEqualTo(900);
    int centreX = (int) ((area.x() + area.width() / 2) * image.getWidth());
    int centreY = (int) ((area.y() + area.height() / 2) * image.getHeight());
    assertThat(layer.getRGB(centreX, centreY) >>> 24).isGreaterThan(100);
    assertThat(layer.getRGB(image.getWidth() - 1 - centreX, centreY) >>> 24).isZero();
  }

  @Test
  @DisplayName("are listed, small, and those of an earlier run are gone")
  void files() throws IOException {
    Files.createDirectories(out.resolve("overlays"));
    Path stale = Files.writeString(out.resolve("overlays/F9-I1.png"), "somebody else's");
    ReportFiles.Written written = ReportFiles.write(SampleCase.report(), out, List.of());
    assertThat(stale).doesNotExist();
    assertThat(written.artifacts())
        .contains(
            new Artifact("result.json", "result"),
            new Artifact("overlays/I1.png", "picture"),
            new Artifact("overlays/F1-I1.png", "overlay"),
            new Artifact("overlays/I3-spectrogram.png", "spectrogram"));
    for (Artifact artifact : written.artifacts()) {
      assertThat(out.resolve(artifact.file())).exists();
    }
    BufferedImage overlay = ImageIO.read(out.resolve("overlays/F1-I1.png").toFile());
    assertThat(overlay.getHeight()).isEqualTo(490);
  }

  @Test
  @DisplayName("of a large picture have at most 1024 pixels along an edge")
  void large() throws IOException {
    DrawnPixels large =
        new DrawnPixels(4000, 3001) {
          @Override
          float grey(double x, double y) {
            return 0.5f;
          }
        };
    BufferedImage image = Picture.read(large, Orientation.TURN_CLOCKWISE, 1).image();
    assertThat(image.getWidth()).isEqualTo(769);
    assertThat(image.getHeight()).isEqualTo(1024);
  }

  @Test
  @DisplayName("keep grey values as they are")
  void greyStays() throws IOException {
    DrawnPixels flat =
        new DrawnPixels(40, 40) {
          @Override
          float grey(double x, double y) {
            return 0.25f;
          }
        };
    BufferedImage image = Picture.read(flat, Orientation.UPRIGHT, 1).image();
    BufferedImage nothing = Heat.layer(40, 40, List.of());
    assertThat(Heat.over(image, nothing).getRGB(5, 5) & 0xFFFFFF).isEqualTo(0x404040);
    Files.write(out.resolve("flat.png"), Encoded.png(image).bytes());
    BufferedImage read = ImageIO.read(out.resolve("flat.png").toFile());
    assertThat(read.getRaster().getSample(5, 5, 0)).isEqualTo(0x40);
  }

  @Test
  @DisplayName("say where the heat is in words")
  void words() {
    assertThat(Heat.where(List.of(new Spot(new Area(0.1, 0.8, 0.1, 0.1), 1))))
        .isEqualTo("the lower left");
    assertThat(Heat.where(List.of(new Spot(new Area(0.45, 0.45, 0.1, 0.1), 1))))
        .isEqualTo("the centre");
    assertThat(
            Heat.where(
                List.of(
                    new Spot(new Area(0.1, 0.1, 0.1, 0.1), 0.01),
                    new Spot(new Area(0.9, 0.4, 0.1, 0.1), 1))))
        .isEqualTo("the middle of the right");
  }
}
