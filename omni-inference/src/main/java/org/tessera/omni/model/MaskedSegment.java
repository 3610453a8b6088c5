package org.tessera.omni.model;

import java.util.Random;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;

/**
 * A segment of which a part is hidden, and what was there: the task of masked autoencoders (He et
 * al. 2022). About half of the tokens are hidden, in blocks that a stem cannot look over. What is
 * asked of a hidden token is its own content in 64 numbers, with mean 0 and deviation 1 where it is
 * not flat: 8 x 8 means of a patch or part of a tile, the 64 mel bands of 80 ms.
 *
 * @param shown the segment with the mean of all of it in place of what is hidden
 * @param hidden of each token, whether it is
 * @param content (tokens, CONTENT); only of hidden tokens
 */
@SuppressWarnings("ArrayRecordComponent")
record MaskedSegment(Segment shown, boolean[] hidden, float[] content) {
  /** Numbers that say what a token holds. */
  static final int CONTENT = 64;

  private static final int CELLS = 8;
  private static final double SHARE = 0.5;

  /** Tokens along an edge of a hidden block of a radiograph, and in a hidden piece of sound. */
  private static final int IMAGE_BLOCK = 2;

  private static final int SOUND_BLOCK = 3;

  /** Deviations below which a token is as good as flat. */
  private static final double FLAT_GREY = 0.02;

  private static final double FLAT_LOG = 0.5;

  /** Hides a part of a radiograph, a tile or a recording; a pure function of both. */
  static MaskedSegment of(Segment segment, Random random) {
    return switch (segment) {
      case ImageSegment image -> {
        boolean[] hidden = blocks(ImageSegment.GRID, IMAGE_BLOCK, random);
        Square square = new Square(image.values(), ImageSegment.SIDE, ImageSegment.GRID);
        yield new MaskedSegment(
            new ImageSegment(image.evidence(), image.tokens(), square.without(hidden)),
            hidden,
            square.content(hidden));
      }
      case SlideSegment slide -> {
        boolean[] hidden = blocks(SlideSegment.GRID, 1, random);
        Square square = new Square(slide.values(), SlideSegment.SIDE, SlideSegment.GRID);
        yield new MaskedSegment(
            new SlideSegment(slide.evidence(), slide.tokens(), square.without(hidden)),
            hidden,
            square.content(hidden));
      }
      case AudioSegment audio -> sound(audio, random);
      default -> throw new IllegalArgumentException("Nothing is hidden in " + segment.modality());
    };
  }

  private static MaskedSegment sound(AudioSegment audio, Random random) {
    float[] shown = audio.values().clone();
    boolean[] hidden = new boolean[audio.tokens().size()];
    float[] content = new float[hidden.length * CONTENT];
    float mean = mean(shown);
    for (int token = 0; token < hidden.length; token++) {
      hidden[token] =
          token % SOUND_BLOCK == 0 ? random.nextDouble() < SHARE : hidden[token - 1];
      int from = token * AudioSegment.FRAMES_PER_TOKEN * AudioSegment.MELS;
      if (hidden[token]) {
        for (int i = 0; i < AudioSegment.FRAMES_PER_TOKEN * AudioSegment.MELS; i++) {
          content[token * CONTENT + i % AudioSegment.MELS] +=
              shown[from + i] / AudioSegment.FRAMES_PER_TOKEN;
          shown[from + i] = mean;
        }
        standardize(content, token, FLAT_LOG);
      }
    }
    return new MaskedSegment(
        new AudioSegment(audio.evidence(), audio.tokens(), shown), hidden, content);
  }

  /** A grey square whose tokens are a grid. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Square(float[] values, int side, int grid) {

    float[] without(boolean[] hidden) {
      float[] shown = values.clone();
      float mean = mean(values);
      for (int i = 0; i < shown.length; i++) {
        if (hidden[token(i)]) {
          shown[i] = mean;
        }
      }
      return shown;
    }

    float[] content(boolean[] hidden) {
      float[] content = new float[hidden.length * CONTENT];
      int cell = side / grid / CELLS;
      for (int i = 0; i < values.length; i++) {
        int token = token(i);
        if (hidden[token]) {
          int x = i % side % (side / grid) / cell;
          int y = i / side % (side / grid) / cell;
          content[token * CONTENT + y * CELLS + x] += values[i] / (cell * cell);
        }
      }
      for (int token = 0; token < hidden.length; token++) {
        if (hidden[token]) {
          standardize(content, token, FLAT_GREY);
        }
      }
      return content;
    }

    private int token(int pixel) {
      int patch = side / grid;
      return pixel / side / patch * grid + pixel % side / patch;
    }
  }

  private static boolean[] blocks(int grid, int block, Random random) {
    boolean[] hidden = new boolean[grid * grid];
    for (int y = 0; y < grid; y++) {
      for (int x = 0; x < grid; x++) {
        int first = y / block * block * grid + x / block * block;
        int token = y * grid + x;
        hidden[token] = token == first ? random.nextDouble() < SHARE : hidden[first];
      }
    }
    return hidden;
  }

  private static void standardize(float[] content, int token, double flat) {
    double sum = 0;
    double square = 0;
    for (int i = token * CONTENT; i < (token + 1) * CONTENT; i++) {
      sum += content[i];
      square += (double) content[i] * content[i];
    }
    double mean = sum / CONTENT;
    double deviation = Math.sqrt(Math.max(0, square / CONTENT - mean * mean));
    for (int i = token * CONTENT; i < (token + 1) * CONTENT; i++) {
      content[i] = (float) ((content[i] - mean) / Math.max(deviation, flat));
    }
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }
}
