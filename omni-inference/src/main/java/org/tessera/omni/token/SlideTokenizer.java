package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;

/**
 * A tile of stained tissue as 7 x 7 parts; or of a slide a few tiles: the one with most tissue,
 * then those that lie furthest from the ones before.
 */
public final class SlideTokenizer {
  private static final double LEAST_TISSUE = 0.05;

  private SlideTokenizer() {}

  /** The tile with most tissue; see {@link #segments}. */
  public static SlideSegment segment(
      SlideEvidence evidence, CaseTime time, Consumer<String> notices) throws IOException {
    return segments(evidence, time, 1, notices).getFirst();
  }

  /**
   * Reads tiles in grey (colour is the laboratory's more than the disease's), at 0.5 microns per
   * pixel where the slide says how large its pixels are.
   *
   * @param evidence a tile or a slide
   * @param time the case's time axis
   * @param most tiles, at least 1
   * @param notices told what was left out
   * @return at least one; the rows of the second tile count on from those of the first
   * @throws IOException if the pixels cannot be decoded
   */
  public static List<SlideSegment> segments(
      SlideEvidence evidence, CaseTime time, int most, Consumer<String> notices)
      throws IOException {
    double days = time.days(evidence.origin().acquired()).orElse(0.0);
    List<SlideSegment> segments = new ArrayList<>();
    for (PixelWindow window : windows(evidence, most, notices)) {
      segments.add(segment(evidence.id(), window, days, segments.size()));
    }
    return segments;
  }

  private static SlideSegment segment(String id, PixelWindow window, double days, int number)
      throws IOException {
    Canvas canvas = Canvas.of(window, Orientation.UPRIGHT, 1, SlideSegment.SIDE);
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
        Position position = new Position(days, number * SlideSegment.GRID + row, column);
        tokens.add(new Token(Modality.SLIDE, id, region, position));
      }
    }
    return new SlideSegment(id, tokens, canvas.samples());
  }

  private static List<PixelWindow> windows(
      SlideEvidence evidence, int most, Consumer<String> notices) throws IOException {
    PixelSource pixels = evidence.pixels();
    int side = (int) Math.max(1, Math.round(SlideSegment.SIDE * TissueTiles.scale(evidence)));
    int width = Math.min(pixels.width(), side);
    int height = Math.min(pixels.height(), side);
    TissueTiles tiles = TissueTiles.of(evidence, SlideSegment.SIDE);
    double downsample = tiles.maskDownsample();
    TissueMask mask = tiles.mask();
    int columns = Math.clamp(Math.round(width / downsample), 1, mask.width());
    int rows = Math.clamp(Math.round(height / downsample), 1, mask.height());
    int[] best = mask.best(columns, rows);
    List<PixelWindow> chosen = new ArrayList<>();
    chosen.add(
        new PixelWindow(
            pixels,
            (int) Math.min(best[0] * downsample, pixels.width() - width),
            (int) Math.min(best[1] * downsample, pixels.height() - height),
            width,
            height));
    if (mask.share(best[0], best[1], columns, rows) < LEAST_TISSUE) {
      notices.accept("There is hardly any tissue on %s.".formatted(evidence.id()));
    } else {
      spread(chosen, tiles, most);
    }
    if (width < pixels.width() || height < pixels.height()) {
      tell(evidence.id(), chosen, tiles.regions().size(), notices);
    }
    return chosen;
  }

  private static void tell(
      String id, List<PixelWindow> chosen, int tissue, Consumer<String> notices) {
    PixelWindow first = chosen.getFirst();
    notices.accept(
        chosen.size() == 1
            ? "Of the slide %s only the tile with most tissue is read: %d by %d pixels at %d, %d."
                .formatted(id, first.width(), first.height(), first.left(), first.top())
            : "Of the slide %s %d of %,d tissue tiles are read, of %d by %d pixels each."
                .formatted(
                    id,
                    chosen.size(),
                    Math.max(tissue, chosen.size()),
                    first.width(),
                    first.height()));
  }

  /** Adds the whole tissue tile that lies furthest from those chosen, until there are enough. */
  private static void spread(List<PixelWindow> chosen, TissueTiles tiles, int most) {
    PixelWindow first = chosen.getFirst();
    while (chosen.size() < most) {
      PixelWindow furthest = first;
      double distance = Math.hypot(first.width(), first.height());
      for (SlideRegion region : tiles.regions()) {
        PixelWindow window =
            new PixelWindow(
                first.source(), (int) region.x(), (int) region.y(), first.width(), first.height());
        boolean whole =
            window.left() + window.width() <= first.source().width()
                && window.top() + window.height() <= first.source().height();
        double apart = nearest(chosen, window);
        if (whole && apart > distance) {
          furthest = window;
          distance = apart;
        }
      }
      if (furthest.equals(first)) {
        return;
      }
      chosen.add(furthest);
    }
  }

  private static double nearest(List<PixelWindow> chosen, PixelWindow window) {
    return chosen.stream()
        .mapToDouble(
            each -> Math.hypot(each.left() - window.left(), each.top() - window.top()))
        .min()
        .orElse(0);
  }
}
