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
  static float[] radiograph(byte[] canvas, Random random) {
    double size = Example.CANVAS * (0.8 + 0.2 * random.nextDouble());
    double angle = Math.toRadians(random.nextGaussian() * 4);
    float[] crop = crop(canvas, size, angle, false, false, random);
    double gamma = Math.exp(random.nextGaussian() * 0.2);
    double noise = random.nextDouble() < 0.5 ? 0 : 0.02 * random.nextDouble();
    for (int i = 0; i < crop.length; i++) {
      double value = Math.pow(crop[i], gamma) + noise * random.nextGaussian();
      crop[i] = (float) Math.clamp(value, 0, 1);
    }
    return crop;
  }

  /** A crop of tissue, which has no upright: turned and mirrored as well. */
  static float[] tissue(byte[] canvas, Random random) {
    double size = Example.CANVAS * (0.75 + 0.25 * random.nextDouble());
    double angle = random.nextInt(4) * Math.PI / 2;
    float[] crop = crop(canvas, size, angle, random.nextBoolean(), true, random);
    double gamma = Math.exp(random.nextGaussian() * 0.25);
    for (int i = 0; i < crop.length; i++) {
      crop[i] = (float) Math.pow(crop[i], gamma);
    }
    return crop;
  }

  private static float[] crop(
      byte[] canvas, double size, double angle, boolean mirror, boolean wrap, Random random) {
    double slack = Example.CANVAS - size;
    double centreX = Example.CANVAS / 2.0 + (random.nextDouble() - 0.5) * slack;
    double centreY = Example.CANVAS / 2.0 + (random.nextDouble() - 0.5) * slack;
    double cos = Math.cos(angle) * size / SIDE;
    double sin = Math.sin(angle) * size / SIDE;
    float[] crop = new float[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double dx = (mirror ? SIDE - 1 - x : x) - (SIDE - 1) / 2.0;
        double dy = y - (SIDE - 1) / 2.0;
        double sx = centreX + cos * dx - sin * dy - 0.5;
        double sy = centreY + sin * dx + cos * dy - 0.5;
        crop[y * SIDE + x] = sample(canvas, sx, sy, wrap);
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
   * A piece of a recording as another microphone would have heard it.
   *
   * @param logMel (frames, mels)
   * @return (tokens x frames per token, mels), at most 75 tokens
   */
  static float[] sound(float[] logMel, Random random) {
    int mels = AudioSegment.MELS;
    int frames = logMel.length / mels;
    int most = AudioSegment.MAX_TOKENS * AudioSegment.FRAMES_PER_TOKEN;
    int wanted = Math.min(most, Math.max(80, (int) (frames * (0.6 + 0.4 * random.nextDouble()))));
    int length = Math.max(1, wanted / AudioSegment.FRAMES_PER_TOKEN);
    length *= AudioSegment.FRAMES_PER_TOKEN;
    int start = frames > length ? random.nextInt(frames - length + 1) : 0;
    double tilt = random.nextGaussian() * 0.8;
    double floor = AudioSegment.FLOOR + (random.nextDouble() < 0.5 ? 0 : 3 * random.nextDouble());
    float[] piece = new float[length * mels];
    for (int frame = 0; frame < length; frame++) {
      for (int mel = 0; mel < mels; mel++) {
        int from = start + frame;
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
