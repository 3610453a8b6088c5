package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.FrameTimes;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;

/**
 * Moving pictures as frames, one token each. At most {@link CineSegment#MAX_TOKENS} frames are
 * read: the first, the last, and those nearest to even steps of time between them (of number, where
 * times are not known). Frames are asked for in their order, one at a time; of each only its canvas
 * is kept, so that the memory does not grow with the number of frames.
 */
public final class CineTokenizer {
  private CineTokenizer() {}

  /**
   * Reads frames in grey. A frame that cannot be decoded is left out and said.
   *
   * @param evidence the moving pictures
   * @param notices told what was left out
   * @return tokens whose region is the whole frame and whose {@code t} is in seconds after the
   *     first frame; NaN where times are not known
   * @throws IOException if not one of the frames can be decoded
   */
  public static CineSegment segment(CineEvidence evidence, Consumer<String> notices)
      throws IOException {
    PixelSource pixels = evidence.pixels();
    int[] chosen = frames(evidence.times(), pixels.frames());
    List<Token> tokens = new ArrayList<>();
    int size = CineSegment.SIDE * CineSegment.SIDE;
    float[] values = new float[chosen.length * size];
    List<Integer> lost = new ArrayList<>();
    for (int frame : chosen) {
      try {
        Canvas canvas = Canvas.of(pixels, Orientation.UPRIGHT, frame, CineSegment.SIDE);
        System.arraycopy(canvas.samples(), 0, values, tokens.size() * size, size);
        tokens.add(token(evidence, frame));
      } catch (IOException e) {
        lost.add(frame);
        if (lost.size() == chosen.length) {
          throw e;
        }
      }
    }
    tell(evidence, chosen, lost, notices);
    return new CineSegment(
        evidence.id(), tokens, Arrays.copyOf(values, tokens.size() * size));
  }

  private static Token token(CineEvidence evidence, int frame) {
    PixelSource pixels = evidence.pixels();
    return new Token(
        Modality.CINE,
        evidence.id(),
        new PixelRegion(frame, 0, 0, pixels.width(), pixels.height()),
        new Position(evidence.times().seconds(frame).orElse(Double.NaN), 0, 0));
  }

  private static void tell(
      CineEvidence evidence, int[] chosen, List<Integer> lost, Consumer<String> notices) {
    int frames = evidence.pixels().frames();
    if (chosen.length < frames) {
      OptionalDouble last = evidence.times().seconds(frames);
      notices.accept(
          "Of the %,d frames of %s %d are read, the first, the last and those at even steps %s."
              .formatted(
                  frames,
                  evidence.id(),
                  chosen.length,
                  last.isPresent()
                      ? String.format(Locale.ROOT, "of %.2f s", last.getAsDouble() / steps(chosen))
                      : "between them (it is not said when they were taken)"));
    }
    if (!lost.isEmpty()) {
      notices.accept(
          "Of %s these frames are left out, they cannot be decoded: %s."
              .formatted(
                  evidence.id(),
                  String.join(", ", lost.stream().map(String::valueOf).toList())));
    }
  }

  private static int steps(int[] chosen) {
    return chosen.length - 1;
  }

  /**
   * Numbers of the frames that are read, ascending.
   *
   * @param frames how many there are, {@code >= 1}
   */
  static int[] frames(FrameTimes times, int frames) {
    if (frames <= CineSegment.MAX_TOKENS) {
      int[] all = new int[frames];
      Arrays.setAll(all, i -> i + 1);
      return all;
    }
    int[] chosen = new int[CineSegment.MAX_TOKENS];
    double last = at(times, frames);
    int before = 1;
    for (int i = 0; i < chosen.length; i++) {
      double target = last * i / (chosen.length - 1);
      while (before < frames && at(times, before + 1) <= target) {
        before++;
      }
      int after = Math.min(frames, before + 1);
      int nearest = at(times, after) - target < target - at(times, before) ? after : before;
      // Every frame once, and enough left for the steps to come, also where time stands still.
      int least = i == 0 ? 1 : chosen[i - 1] + 1;
      int most = i == 0 ? 1 : frames - (chosen.length - 1 - i);
      chosen[i] = Math.clamp(nearest, least, most);
    }
    chosen[chosen.length - 1] = frames;
    return chosen;
  }

  /** Seconds, or the number where they are not known. */
  private static double at(FrameTimes times, int frame) {
    return times.seconds(frame).orElse(frame - 1.0);
  }
}
