package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;

/** A tile of stained tissue, or of a slide the tile with most tissue, as 7 x 7 parts. */
public final class SlideTokenizer {
  private static final int OVERVIEW = 512;
  private static final double LEAST_TISSUE = 0.05;

  private SlideTokenizer() {}

  /**
   * Reads a tile in grey (colour is the laboratory's more than the disease's).
   *
   * @param evidence a tile or a slide
   * @param time the case's time axis
   * @param notices told what was left out
   * @throws IOException if the pixels cannot be decoded
   */
  public static SlideSegment segment(
      SlideEvidence evidence, CaseTime time, Consumer<String> notices) throws IOException {
    PixelWindow window = window(evidence, notices);
    Canvas canvas = Canvas.of(window, Orientation.UPRIGHT, 1, SlideSegment.SIDE);
    double days = time.days(evidence.origin().acquired()).orElse(0.0);
    int part = SlideSegment.SIDE / SlideSegment.GRID;
    List<Token> tokens = new ArrayList<>();
    for (int row = 0; row < SlideSegment.GRID; row++) {
      for (int column = 0; column < SlideSegment.GRID; column++) {
        PixelRegion inside = canvas.toSource(column * part, row * part, part, part);
        SlideRegion region =
            new SlideRegion(
                window.left() + inside.x(),
                window.top() + inside.y(),
                inside.width(),
                inside.height());
        tokens.add(
            new Token(Modality.SLIDE, evidence.id(), region, new Position(days, row, column)));
      }
    }
    return new SlideSegment(evidence.id(), tokens, canvas.samples());
  }

  private static PixelWindow window(SlideEvidence evidence, Consumer<String> notices)
      throws IOException {
    PixelSource pixels = evidence.pixels();
    int width = Math.min(pixels.width(), SlideSegment.SIDE);
    int height = Math.min(pixels.height(), SlideSegment.SIDE);
    double downsample = Math.max(1, Math.max(pixels.width(), pixels.height()) / OVERVIEW);
    PixelTile overview =
        pixels.read(new PixelRegion(1, 0, 0, pixels.width(), pixels.height()), downsample);
    TissueMask mask = new TissueMask(overview);
    int columns = Math.clamp(Math.round(width / downsample), 1, overview.width());
    int rows = Math.clamp(Math.round(height / downsample), 1, overview.height());
    int[] best = mask.best(columns, rows);
    int left = (int) Math.min(best[0] * downsample, pixels.width() - width);
    int top = (int) Math.min(best[1] * downsample, pixels.height() - height);
    if (width < pixels.width() || height < pixels.height()) {
      notices.accept(
          "Of the slide %s only the tile with most tissue is read: %d by %d pixels at %d, %d."
              .formatted(evidence.id(), width, height, left, top));
    }
    if (mask.share(best[0], best[1], columns, rows) < LEAST_TISSUE) {
      notices.accept("There is hardly any tissue on %s.".formatted(evidence.id()));
    }
    return new PixelWindow(pixels, left, top, width, height);
  }
}
