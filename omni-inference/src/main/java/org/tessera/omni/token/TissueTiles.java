package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;

/**
 * A slide cut into square tiles of one physical size, of which those that are tissue are kept: in
 * rows from the top, each from the left. The slide is looked at once, at low resolution; tiles are
 * read when asked for.
 */
public final class TissueTiles {
  /** Physical size of a pixel that tiles are read at, where the slide's own is known. */
  public static final double MICRONS_PER_PIXEL = 0.5;

  /** Most pixels along the longer edge of what the mask is made of. */
  private static final int MOST_OVERVIEW = 2048;

  /** Fewest, unless the slide has fewer itself. */
  private static final int LEAST_OVERVIEW = 512;

  /** Mask pixels along the edge of a tile that are enough. */
  private static final int PER_TILE = 8;

  private static final double LEAST_TISSUE = 0.5;

  /** Rows of the overview that are read at once. */
  private static final int BAND = 64;

  /** Most tasks that a thread does in one go; and how often it comes back for more, at least. */
  private static final int LONGEST_RUN = 16;

  private static final int RUNS_PER_THREAD = 2;

  /** Told of a tile; called by several threads. */
  public interface Visitor {
    /**
     * A tile.
     *
     * @param region its place on level 0
     * @param pixels side x side pixels, fewer at the edges of the slide
     */
    void tile(SlideRegion region, PixelTile pixels);
  }

  private final PixelSource pixels;
  private final double downsample;
  private final double extent;
  private final double maskDownsample;
  private final TissueMask mask;
  private final List<SlideRegion> regions;

  private TissueTiles(PixelSource pixels, double extent, double downsample, int threads)
      throws IOException {
    this.pixels = pixels;
    this.extent = extent;
    this.downsample = downsample;
    double longest = Math.max(pixels.width(), pixels.height());
    this.maskDownsample =
        Math.max(
            Math.max(1, longest / MOST_OVERVIEW),
            Math.min(longest / LEAST_OVERVIEW, extent / PER_TILE));
    this.mask = new TissueMask(overview(pixels, maskDownsample, threads));
    List<SlideRegion> found = new ArrayList<>();
    for (double y = 0; y < pixels.height(); y += extent) {
      for (double x = 0; x < pixels.width(); x += extent) {
        SlideRegion tile =
            new SlideRegion(
                x,
                y,
                Math.min(extent, pixels.width() - x),
                Math.min(extent, pixels.height() - y));
        if (share(tile) >= LEAST_TISSUE) {
          found.add(tile);
        }
      }
    }
    this.regions = List.copyOf(found);
  }

  /** The whole of a slide, in bands that are read at the same time. */
  private static PixelTile overview(PixelSource pixels, double downsample, int threads)
      throws IOException {
    int width = (int) Math.ceil(pixels.width() / downsample);
    int height = (int) Math.ceil(pixels.height() / downsample);
    float[] samples = new float[width * height * pixels.channels()];
    int bands = Math.ceilDiv(height, BAND);
    inParallel(
        threads,
        bands,
        band -> {
          double top = band * BAND * downsample;
          double rows = Math.min(BAND * downsample, pixels.height() - top);
          PixelTile read =
              pixels.read(new PixelRegion(1, 0, top, pixels.width(), rows), downsample);
          System.arraycopy(
              read.samples(),
              0,
              samples,
              band * BAND * width * pixels.channels(),
              Math.min(read.height(), height - band * BAND) * width * pixels.channels());
        });
    return new PixelTile(width, height, pixels.channels(), samples);
  }

  /**
   * Looks at a slide.
   *
   * @param slide the slide; if the physical size of its pixels is not known, or absurd, tiles are
   *     of level 0
   * @param side pixels along the edge of a tile
   * @throws IOException if it cannot be decoded
   */
  public static TissueTiles of(SlideEvidence slide, int side) throws IOException {
    return of(slide, side, Runtime.getRuntime().availableProcessors());
  }

  /** Looks at a slide with that many threads; see {@link #of(SlideEvidence, int)}. */
  public static TissueTiles of(SlideEvidence slide, int side, int threads) throws IOException {
    double downsample = Math.max(1, scale(slide));
    return new TissueTiles(slide.pixels(), side * downsample, downsample, threads);
  }

  /** Level 0 pixels per pixel of {@link #MICRONS_PER_PIXEL}; 1 if that is not known. */
  static double scale(SlideEvidence slide) {
    double microns = slide.micronsPerPixel().orElse(MICRONS_PER_PIXEL);
    double scale = MICRONS_PER_PIXEL / microns;
    // A slide scanned at 0.499 is one of 0.5: its pixels are taken as they are.
    return scale < 0.1 || scale > 10 || Math.abs(scale - 1) < 0.02 ? 1 : scale;
  }

  /** Level 0 pixels per pixel of the tiles, at least 1. */
  public double downsample() {
    return downsample;
  }

  /** Places of the tiles that are tissue, in level 0 pixels. */
  public List<SlideRegion> regions() {
    return regions;
  }

  /** Where the slide is tissue, at {@link #maskDownsample}. */
  public TissueMask mask() {
    return mask;
  }

  /** Level 0 pixels per pixel of the mask. */
  public double maskDownsample() {
    return maskDownsample;
  }

  double extent() {
    return extent;
  }

  /** Share of a region that is tissue, 0 to 1. */
  public double share(SlideRegion region) {
    int x = Math.clamp((long) (region.x() / maskDownsample), 0, mask.width() - 1);
    int y = Math.clamp((long) (region.y() / maskDownsample), 0, mask.height() - 1);
    int columns =
        Math.clamp(Math.round(region.width() / maskDownsample), 1, mask.width() - x);
    int rows = Math.clamp(Math.round(region.height() / maskDownsample), 1, mask.height() - y);
    return mask.share(x, y, columns, rows);
  }

  /**
   * Reads all tiles.
   *
   * @param threads how many are read at a time
   * @throws IOException if one cannot be decoded; others may have been visited
   */
  public void forEach(int threads, Visitor visitor) throws IOException {
    inParallel(
        threads,
        regions.size(),
        at -> visitor.tile(regions.get(at), read(regions.get(at))));
  }

  /** A piece of work. */
  private interface Task {
    void run(int number) throws IOException;
  }

  /**
   * Does all tasks, several at a time; stops at the first that fails. Neighbours touch the same
   * tiles of the file, for which threads would wait: so each thread takes some that follow each
   * other, and runs that are done at the same time are far apart, each from a part of its own.
   */
  private static void inParallel(int threads, int tasks, Task task) throws IOException {
    int run = Math.clamp(tasks / (RUNS_PER_THREAD * threads), 1, LONGEST_RUN);
    int runs = Math.ceilDiv(tasks, run);
    int perPart = Math.ceilDiv(runs, threads);
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          for (int turn = next.getAndIncrement();
              turn < threads * perPart;
              turn = next.getAndIncrement()) {
            int from = (turn % threads * perPart + turn / threads) * run;
            for (int at = from; at < Math.min(from + run, tasks); at++) {
              try {
                task.run(at);
              } catch (IOException | RuntimeException | Error e) {
                next.set(threads * perPart);
                throw e;
              }
            }
          }
          return true;
        };
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (Future<Boolean> each : workers.invokeAll(Collections.nCopies(threads, worker))) {
        each.get();
      }
    } catch (InterruptedException e) {
      next.set(threads * perPart);
      Thread.currentThread().interrupt();
      throw new IOException("Reading the slide was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private PixelTile read(SlideRegion region) throws IOException {
    return pixels.read(
        new PixelRegion(1, region.x(), region.y(), region.width(), region.height()), downsample);
  }
}
