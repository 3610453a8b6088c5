package org.tessera.dicom.codec;

/**
 * Brings the lines of a component to the size of the image. Halved colour is interpolated with
 * weights 3/4 and 1/4, as colour decoders commonly do; other factors are repeated. Where the image
 * is twice as wide as some component, even and odd samples of a row come apart. For one thread.
 */
final class Upsampling {
  private final JpegComponent component;
  private final ComponentRows lines;
  private final int width;
  private final int widest;
  private final int tallest;
  private final boolean interpolated;

  /** Weighted sums of two lines. */
  private final int[] sums;

  private final int[] evens;
  private final int[] odds;
  private final int[] full;
  private int[] even = {};
  private int[] odd = {};

  /** The rows of a component of an image, out of the lines decoded last. */
  Upsampling(JpegHeader header, JpegComponent component, ComponentRows lines) {
    this.component = component;
    this.lines = lines;
    this.width = header.width;
    this.widest = JpegHeader.widest(header.components);
    this.tallest = JpegHeader.tallest(header.components);
    this.interpolated =
        widest == 2 * component.horizontal
            && component.width > 2
            && tallest % component.vertical == 0
            && tallest / component.vertical <= 2;
    this.sums = new int[interpolated ? component.width : 0];
    this.evens = new int[interpolated ? component.width : 0];
    this.odds = new int[evens.length];
    this.full = new int[widest > 2 ? width : 0];
  }

  /** How many lines of the component have to be there for a row of the image. */
  int needed(int y) {
    int line = interpolated ? Math.max(near(y), far(y)) : near(y);
    return Math.min(line, component.height - 1) + 1;
  }

  private int near(int y) {
    return y * component.vertical / tallest;
  }

  /** The neighbour of a halved line that is on the side of the row; else the line itself. */
  private int far(int y) {
    int near = near(y);
    return tallest == component.vertical
        ? near
        : Math.max(0, Math.min(component.height - 1, y % 2 == 0 ? near - 1 : near + 1));
  }

  /** Goes to a row of the image. */
  void row(int y) {
    if (interpolated) {
      interpolate(lines.even(near(y)), lines.even(far(y)), tallest == component.vertical);
    } else if (component.horizontal == widest || widest == 2) {
      even = lines.even(near(y));
      odd = lines.odd(near(y));
    } else {
      int[] line = lines.even(near(y));
      for (int x = 0; x < width; x++) {
        full[x] = line[x * component.horizontal / widest];
      }
      even = full;
    }
  }

  /** The row; if even and odd samples come apart, the even ones. May be longer than they are. */
  int[] even() {
    return even;
  }

  /** The odd samples, if they come apart. */
  int[] odd() {
    return odd;
  }

  /**
   * Triangle filter in x, and in y too where the lines are halved as well. Sums have a weight of 4,
   * their neighbours' one of 4 again.
   */
  private void interpolate(int[] near, int[] far, boolean same) {
    int last = evens.length - 1;
    if (same) {
      even(near, 1, 2, last);
      odd(near, 2, 2, last);
      evens[0] = near[0];
      odds[last] = near[last];
    } else {
      sum(near, far);
      even(sums, 8, 4, last);
      odd(sums, 7, 4, last);
      evens[0] = (4 * sums[0] + 8) >> 4;
      odds[last] = (4 * sums[last] + 7) >> 4;
    }
    if (widest == 2) {
      even = evens;
      odd = odds;
      return;
    }
    for (int x = 0; x < width; x++) {
      full[x] = x % 2 == 0 ? evens[x / 2] : odds[x / 2];
    }
    even = full;
  }

  private void sum(int[] near, int[] far) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] = 3 * near[x] + far[x];
    }
  }

  private void even(int[] from, int rounding, int shift, int last) {
    for (int x = 1; x <= last; x++) {
      evens[x] = (3 * from[x] + from[x - 1] + rounding) >> shift;
    }
  }

  private void odd(int[] from, int rounding, int shift, int last) {
    for (int x = 0; x < last; x++) {
      odds[x] = (3 * from[x] + from[x + 1] + rounding) >> shift;
    }
  }
}
