package org.tessera.omni.train;

import java.util.Random;
import org.tessera.omni.token.AudioSegment;

/** Random but seeded changes that must not change a label. */
final class Augmentation {
  private static final int SIDE = 224;

  private Augmentation() {}

  /**
   * A crop of a radiograph with a small rotation and another tone; never mirrored, since side
   * matters.
   *
   * @param canvas (256, 256) bytes
   * @return (224, 224) samples from 0 to 1
   */
  static float[] radiograph(byte[] canvas, Crop where, Random random) {
    float[] crop = crop(canvas, where, false);
    double gamma = Math.exp(random.nextGaussian() * 0.2);
    double noise = random.nextDouble() < 0.5 ? 0 : 0.02 * random.nextDouble();
    for (int i = 0; i < crop.length; i++) {
      double value = Math.pow(crop[i], gamma) + noise * random.nextGaussian();
      crop[i] = (float) Math.clamp(value, 0, 1);
    }
    return crop;
  }

  /** A crop of tissue, which has no upright: turned and mirrored as well. */
  static float[] tissue(byte[] canvas, Crop where, Random random) {
    float[] crop = crop(canvas, where, true);
    double gamma = Math.exp(random.nextGaussian() * 0.25);
    for (int i = 0; i < crop.length; i++) {
      crop[i] = (float) Math.pow(crop[i], gamma);
    }
    return crop;
  }

  /**
   * Which square of a canvas is cut out: a similarity.
   *
   * @param centreX of the square, in canvas pixels
   * @param centreY of the square
   * @param cos times canvas pixels per pixel of the crop
   * @param sin times canvas pixels per pixel of the crop
   * @param mirror left and right change places
   */
  record Crop(double centreX, double centreY, double cos, double sin, boolean mirror) {

    /** A crop of a radiograph: at least 80 % of the edge, turned by a few degrees. */
    static Crop ofRadiograph(Random random) {
      double size = Example.CANVAS * (0.8 + 0.2 * random.nextDouble());
      return of(size, Math.toRadians(random.nextGaussian() * 4), false, random);
    }

    /** A crop of tissue: at least 75 % of the edge, turned by quarters, perhaps mirrored. */
    static Crop ofTissue(Random random) {
      double size = Example.CANVAS * (0.75 + 0.25 * random.nextDouble());
      double angle = random.nextInt(4) * Math.PI / 2;
      return of(size, angle, random.nextBoolean(), random);
    }

    private static Crop of(double size, double angle, boolean mirror, Random random) {
      double slack = Example.CANVAS - size;
      return new Crop(
          Example.CANVAS / 2.0 + (random.nextDouble() - 0.5) * slack,
          Example.CANVAS / 2.0 + (random.nextDouble() - 0.5) * slack,
          Math.cos(angle) * size / SIDE,
          Math.sin(angle) * size / SIDE,
          mirror);
    }

    /** Column of the canvas, in pixels from its edge, of a pixel of the crop. */
    double canvasX(double x, double y) {
      return centreX + cos * across(x) - sin * down(y);
    }

    /** Row of the canvas of a pixel of the crop. */
    double canvasY(double x, double y) {
      return centreY + sin * across(x) + cos * down(y);
    }

    private double across(double x) {
      return (mirror ? SIDE - 1 - x : x) - (SIDE - 1) / 2.0;
    }

    private static double down(double y) {
      return y - (SIDE - 1) / 2.0;
    }
  }

  private static float[] crop(byte[] canvas, Crop where, boolean wrap) {
    float[] crop = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        crop[y * SIDE + x] =
            sample(canvas, where.canvasX(x, y) - 0.5, where.canvasY(x, y) - 0.5, wrap);
      }
    }
    return crop;
  }

  private static float sample(byte[] canvas, double x, double y, boolean clamp) {
    int side = Example.CANVAS;
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double fx = x - left;
    double fy = y - top;
    double upper = at(canvas, left, top, side, clamp) * (1 - fx)
        + at(canvas, left + 1, top, side, clamp) * fx;
    double lower = at(canvas, left, top + 1, side, clamp) * (1 - fx)
        + at(canvas, left + 1, top + 1, side, clamp) * fx;
    return (float) ((upper * (1 - fy) + lower * fy) / 255);
  }

  private static int at(byte[] canvas, int x, int y, int side, boolean clamp) {
    if (!clamp && (x < 0 || y < 0 || x >= side || y >= side)) {
      return 0;
    }
    return canvas[Math.clamp(y, 0, side - 1) * side + Math.clamp(x, 0, side - 1)] & 0xFF;
  }

  /**
   * Which frames of a recording are taken.
   *
   * @param start first frame
   * @param length in frames, whole tokens; may reach beyond the end
   */
  record Piece(int start, int length) {
    static Piece of(int frames, Random random) {
      int most = AudioSegment.MAX_TOKENS * AudioSegment.FRAMES_PER_TOKEN;
      int wanted =
          Math.min(most, Math.max(80, (int) (frames * (0.6 + 0.4 * random.nextDouble()))));
      int length = Math.max(1, wanted / AudioSegment.FRAMES_PER_TOKEN);
      length *= AudioSegment.FRAMES_PER_TOKEN;
      return new Piece(frames > length ? random.nextInt(frames - length + 1) : 0, length);
    }
  }

  /**
   * A piece of a recording as another microphone would have heard it.
   *
   * @param logMel (frames, mels)
   * @return (tokens x frames per token, mels), at most 75 tokens
   */
  static float[] sound(float[] logMel, Piece where, Random random) {
    int mels = AudioSegment.MELS;
    int frames = logMel.length / mels;
    int length = where.length();
    double tilt = random.nextGaussian() * 0.8;
    double floor = AudioSegment.FLOOR + (random.nextDouble() < 0.5 ? 0 : 3 * random.nextDouble());
    float[] piece = new float[length * mels];
    for (int frame = 0; frame < length; frame++) {
      for (int mel = 0; mel < mels; mel++) {
        int from = where.start() + frame;
        double value = from < frames ? logMel[from * mels + mel] : AudioSegment.FLOOR;
        value += tilt * (2.0 * mel / (mels - 1) - 1);
        piece[frame * mels + mel] = (float) Math.max(value, floor);
      }
    }
    mask(piece, length, random);
    return piece;
  }

  private static void mask(float[] piece, int frames, Random random) {
    int mels = AudioSegment.MELS;
    double mean = 0;
    for (float value : piece) {
      mean += value;
    }
    mean /= piece.length;
    int width = random.nextInt(10);
    int low = random.nextInt(mels - width);
    int duration = random.nextInt(Math.max(1, Math.min(30, frames / 4)));
    int begin = random.nextInt(frames - duration);
    for (int frame = 0; frame < frames; frame++) {
      for (int mel = 0; mel < mels; mel++) {
        if ((mel >= low && mel < low + width) || (frame >= begin && frame < begin + duration)) {
          piece[frame * mels + mel] = (float) mean;
        }
      }
    }
  }
}
