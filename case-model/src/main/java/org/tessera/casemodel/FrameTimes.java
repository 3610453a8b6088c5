package org.tessera.casemodel;

import java.util.OptionalDouble;

/**
 * When the frames of moving pictures were taken, in seconds after the first one: at an even pace,
 * at times of their own, or not known. Immutable.
 */
public final class FrameTimes {
  /** No time is known. */
  public static final FrameTimes UNKNOWN = new FrameTimes(Double.NaN, new double[0]);

  private final double period;
  private final double[] seconds;

  private FrameTimes(double period, double[] seconds) {
    this.period = period;
    this.seconds = seconds;
  }

  /**
   * An even pace.
   *
   * @param framesPerSecond finite, {@code > 0}
   */
  public static FrameTimes at(double framesPerSecond) {
    if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
      throw new IllegalArgumentException("Not a frame rate: " + framesPerSecond);
    }
    return new FrameTimes(1 / framesPerSecond, new double[0]);
  }

  /**
   * A time for each frame.
   *
   * @param seconds one per frame, at least two: the first 0, none before the one before it, the
   *     last finite and above 0
   */
  public static FrameTimes of(double... seconds) {
    for (int i = 0; i < seconds.length; i++) {
      if (!(seconds[i] >= (i == 0 ? 0 : seconds[i - 1]))) {
        throw new IllegalArgumentException("Time runs back at frame " + (i + 1));
      }
    }
    double last = seconds.length < 2 ? 0 : seconds[seconds.length - 1];
    if (!(last > 0) || Double.isInfinite(last) || seconds[0] != 0) {
      throw new IllegalArgumentException("Not times of frames");
    }
    return new FrameTimes(last / (seconds.length - 1), seconds.clone());
  }

  /** Frames per second, on average; empty if no time is known. */
  public OptionalDouble framesPerSecond() {
    return Double.isNaN(period) ? OptionalDouble.empty() : OptionalDouble.of(1 / period);
  }

  /**
   * When a frame was taken, in seconds after the first one; empty if no time is known.
   *
   * @param frame from 1
   */
  public OptionalDouble seconds(int frame) {
    if (frame < 1) {
      throw new IllegalArgumentException("No frame " + frame);
    }
    if (frame <= seconds.length) {
      return OptionalDouble.of(seconds[frame - 1]);
    }
    return Double.isNaN(period)
        ? OptionalDouble.empty()
        : OptionalDouble.of((frame - 1) * period);
  }
}
