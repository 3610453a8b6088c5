package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.signal.AudioDecoder;
import org.tessera.omni.signal.RasterDecoder;

/** Pictures and sound of the shared data sets; the highlights are set by hand, not by a model. */
@DisplayName("A report of real files")
class RealEvidenceTest {
  private static final String RADIOGRAPH = "cxr-boxes/images/00000150_002.jpg";
  private static final String TILE = "pathology-tiles/images/lc25000-aca-t000-3152.jpg";
  private static final String COUGH = "cough-covid/audio/00096021-2cb2-4098-b906-4878a5e225a3.mp3";

  @TempDir Path out;

  @Test
  @DisplayName("lays the heat on the radiologist's box, shows the tissue, plays the cough")
  void realFiles() throws IOException, RejectedInputException {
    CaseReport report = report(evidence());
    ReportFiles.Written written = ReportFiles.write(report, out, List.of());
    assertThat(written.artifacts().stream().map(Artifact::file))
        .contains("overlays/F1-I1.png", "overlays/F1-I2.png", "overlays/I3-spectrogram.png");
    BufferedImage plain = ImageIO.read(out.resolve("overlays/I1.png").toFile());
    BufferedImage heat = ImageIO.read(out.resolve("overlays/F1-I1.png").toFile());
    assertThat(distance(plain, heat, 354, 343)).isGreaterThan(40);
    assertThat(distance(plain, heat, 80, 343)).isLessThan(4);
    assertThat(distance(plain, heat, 354, 80)).isLessThan(4);
    assertThat(Files.size(out.resolve("report.html"))).isBetween(100_000L, 3_000_000L);
  }

  private static List<Evidence> evidence() throws IOException, RejectedInputException {
    RasterDecoder raster = new RasterDecoder();
    return List.of(
        RealFile.decoded(raster, RADIOGRAPH, "image/jpeg", "I1", Modality.IMAGE),
        RealFile.decoded(raster, TILE, "image/jpeg", "I2", Modality.SLIDE),
        RealFile.decoded(new AudioDecoder(), COUGH, "audio/mpeg", "I3", Modality.AUDIO));
  }

  /** The box is row {@code 00000150_002} of boxes.csv. */
  private static CaseReport report(List<Evidence> evidence) {
    CaseReport sample = SampleCase.report();
    double end = ((AudioEvidence) evidence.getLast()).audio().duration();
    CaseReport real =
        new CaseReport(
            new PatientCase("real-files", Optional.empty(), evidence, List.of(), true),
            CaseReport.Status.COMPLETED,
            Optional.empty(),
            List.of(),
            320,
            Map.of(Modality.IMAGE, 196, Modality.SLIDE, 49, Modality.AUDIO, 75),
            SampleCase.sha('5'),
            sample.model(),
            sample.findings().subList(0, 1),
            List.of(),
            Map.of());
    return SampleFindingsEdit.highlighted(
        real,
        List.of(
            new Highlight("I1", new PixelRegion(1, 300.7, 298.0, 107.8, 90.5), 1),
            new Highlight("I2", new SlideRegion(32, 64, 64, 32), 0.7),
            new Highlight("I3", new TimeInterval(end / 3, end / 2), 0.9)));
  }

  /** Greatest difference of a colour channel, 0 to 255. */
  private static int distance(BufferedImage a, BufferedImage b, int x, int y) {
    int widest = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int first = sample(a, x, y, shift);
      widest = Math.max(widest, Math.abs(first - (b.getRGB(x, y) >> shift & 0xFF)));
    }
    return widest;
  }

  private static int sample(BufferedImage image, int x, int y, int shift) {
    return image.getRaster().getNumBands() == 1
        ? image.getRaster().getSample(x, y, 0)
        : image.getRGB(x, y) >> shift & 0xFF;
  }
}
