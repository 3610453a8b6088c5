package org.tessera.dicom.slide;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;

/**
 * A pyramid of levels, read by region. Tiles are decoded when a region touches them and kept in the
 * cache of the process. Frames are optical paths; most slides have one. Safe for several threads.
 */
public final class Slide implements PixelSource {
  /** A level may be this much coarser than asked for: sides are rounded when levels are made. */
  private static final double SLACK = 1.01;

  /** Longest side of a slide: a hand's breadth at the finest scan is a third of it. */
  static final int LONGEST = 1 << 20;

  /** Pixels of the smallest level, which is read as a whole to find the tissue. */
  private static final long MOST_OF_SMALLEST = 1L << 32;

  private final List<List<SlideLevel>> frames;
  private final OptionalDouble micronsPerPixel;
  private final int background;
  private final int channels;
  private final TileCache cache = TileCache.shared();

  /**
   * Makes a slide and decodes a tile of every level, so that one that cannot be shown is refused.
   *
   * @param frames levels of each optical path, the largest first
   * @param micronsPerPixel of the largest
   * @param background value of pixels that were not scanned, 0 to 255
   */
  Slide(List<List<SlideLevel>> frames, OptionalDouble micronsPerPixel, int background)
      throws IOException, RejectedInputException {
    this.frames = List.copyOf(frames);
    this.micronsPerPixel = micronsPerPixel;
    this.background = background;
    this.channels = frames.getFirst().getFirst().channels();
    for (List<SlideLevel> levels : frames) {
      SlideLevel smallest = levels.getLast();
      if ((long) smallest.width() * smallest.height() > MOST_OF_SMALLEST) {
        throw new RejectedInputException(
            "The smallest level of the slide has %d x %d pixels; its smaller ones are needed too."
                .formatted(smallest.width(), smallest.height()));
      }
      for (SlideLevel level : levels) {
        if (level.channels() != channels) {
          throw new RejectedInputException("The levels of the slide differ in colour.");
        }
        probe(level);
      }
    }
  }

  /** Decodes the tile in the middle, or the first one behind it. */
  private static void probe(SlideLevel level) throws IOException, RejectedInputException {
    int tiles = level.across() * level.down();
    for (int i = 0; i < tiles; i++) {
      int place = (level.down() / 2 * level.across() + level.across() / 2 + i) % tiles;
      if (level.present(place % level.across(), place / level.across())) {
        SlideTile unused = level.decode(place % level.across(), place / level.across());
        return;
      }
    }
    throw new RejectedInputException("The slide has no tile.");
  }

  private List<SlideLevel> levels(int frame) {
    return frames.get(frame - 1);
  }

  /** Number of levels, at least 1; level 0 is the largest. */
  public int levels() {
    return levels(1).size();
  }

  /** Columns of a level. */
  public int width(int level) {
    return levels(1).get(level).width();
  }

  /** Rows of a level. */
  public int height(int level) {
    return levels(1).get(level).height();
  }

  /** Columns of the tiles of a level: regions along their borders are read fastest. */
  public int tileWidth(int level) {
    return levels(1).get(level).tileWidth();
  }

  /** Rows of the tiles of a level. */
  public int tileHeight(int level) {
    return levels(1).get(level).tileHeight();
  }

  /** Level 0 pixels per pixel of a level, along the longer side, which is rounded less. */
  public double downsample(int level) {
    return width() >= height()
        ? (double) width() / width(level)
        : (double) height() / height(level);
  }

  /** The coarsest level that is fine enough for a downsample. */
  public int bestLevel(double downsample) {
    int best = 0;
    for (int level = 1; level < levels(); level++) {
      if (downsample(level) <= downsample * SLACK) {
        best = level;
      }
    }
    return best;
  }

  /** Physical size of a level 0 pixel, where known. */
  public OptionalDouble micronsPerPixel() {
    return micronsPerPixel;
  }

  @Override
  public int width() {
    return width(0);
  }

  @Override
  public int height() {
    return height(0);
  }

  @Override
  public int frames() {
    return frames.size();
  }

  @Override
  public int channels() {
    return channels;
  }

  /**
   * Reads pixels of a level as they are stored.
   *
   * @param x first column, in pixels of that level; may lie outside
   * @param y first row
   * @return interleaved samples of 8 bits, {@code width * height * channels} long; white where the
   *     slide was not scanned, 0 outside of it
   * @throws IOException if a tile cannot be decoded, with one sentence
   */
  public byte[] readLevel(int level, int x, int y, int width, int height) throws IOException {
    return readLevel(1, level, x, y, width, height);
  }

  private byte[] readLevel(int frame, int number, int x, int y, int width, int height)
      throws IOException {
    SlideLevel level = levels(frame).get(number);
    byte[] target = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int right = (int) Math.min(level.width(), (long) x + width);
    int bottom = (int) Math.min(level.height(), (long) y + height);
    visit(
        level,
        left,
        top,
        right,
        bottom,
        (tile, tileX, tileY) -> {
          int fromX = Math.max(left, tileX);
          int count = (Math.min(right, tileX + level.tileWidth()) - fromX) * channels;
          int toY = Math.min(bottom, tileY + level.tileHeight());
          for (int line = Math.max(top, tileY); line < toY; line++) {
            int at = ((line - y) * width + fromX - x) * channels;
            if (tile.isPresent()) {
              int inTile = ((line - tileY) * level.tileWidth() + fromX - tileX) * channels;
              System.arraycopy(tile.get().samples(), inTile, target, at, count);
            } else {
              Arrays.fill(target, at, at + count, (byte) background);
            }
          }
        });
    return target;
  }

  /** Told of every tile that a region touches. */
  private interface Visitor {
    void visit(Optional<SlideTile> tile, int tileX, int tileY);
  }

  private void visit(
      SlideLevel level, int left, int top, int right, int bottom, Visitor visitor)
      throws IOException {
    if (left >= right || top >= bottom) {
      return;
    }
    int lastRow = (bottom - 1) / level.tileHeight();
    int lastColumn = (right - 1) / level.tileWidth();
    for (int row = top / level.tileHeight(); row <= lastRow; row++) {
      for (int column = left / level.tileWidth(); column <= lastColumn; column++) {
        visitor.visit(
            tile(level, column, row), column * level.tileWidth(), row * level.tileHeight());
      }
    }
  }

  private Optional<SlideTile> tile(SlideLevel level, int column, int row) throws IOException {
    if (!level.present(column, row)) {
      return Optional.empty();
    }
    return Optional.of(
        cache.get(
            level,
            (long) row * level.across() + column,
            () -> {
              try {
                return level.decode(column, row);
              } catch (RejectedInputException e) {
                throw new IOException(e.sentence(), e);
              }
            }));
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    if (!(downsample >= 1) || region.frame() > frames()) {
      throw new IllegalArgumentException(
          "Downsample %s, frame %d of %d".formatted(downsample, region.frame(), frames()));
    }
    int number = bestLevel(downsample);
    SlideLevel level = levels(region.frame()).get(number);
    BoxAverage.Axis across =
        axis(region.x(), region.width(), downsample, width(), level.width());
    BoxAverage.Axis down =
        axis(region.y(), region.height(), downsample, height(), level.height());
    if (across.isAligned() && down.isAligned()) {
      return asStored(region.frame(), number, across, down);
    }
    BoxAverage average = new BoxAverage(across, down, channels);
    visit(
        level,
        across.from(),
        down.from(),
        across.to(),
        down.to(),
        (tile, x, y) -> {
          if (tile.isPresent()) {
            average.add(tile.get(), x, y);
          } else {
            average.add(background, level.tileWidth(), level.tileHeight(), x, y);
          }
        });
    return average.tile();
  }

  private static BoxAverage.Axis axis(
      double start, double extent, double downsample, int whole, int onLevel) {
    double scale = (double) onLevel / whole;
    int count = Math.toIntExact((long) Math.ceil(extent / downsample));
    return new BoxAverage.Axis(
        start * scale, extent * scale, downsample * scale, count, onLevel);
  }

  private PixelTile asStored(
      int frame, int number, BoxAverage.Axis across, BoxAverage.Axis down) throws IOException {
    byte[] stored =
        readLevel(
            frame,
            number,
            (int) Math.min(Integer.MAX_VALUE / 2, across.start()),
            (int) Math.min(Integer.MAX_VALUE / 2, down.start()),
            across.count(),
            down.count());
    float[] samples = new float[stored.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (stored[i] & 0xFF) / 255f;
    }
    return new PixelTile(across.count(), down.count(), channels, samples);
  }
}
