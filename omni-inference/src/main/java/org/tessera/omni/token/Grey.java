package org.tessera.omni.token;

import org.tessera.casemodel.PixelTile;

/** A grey picture that can be averaged to another size. */
@SuppressWarnings("ArrayRecordComponent")
record Grey(int width, int height, float[] samples) {

  /** The luminance of a tile. */
  static Grey of(PixelTile tile) {
    if (tile.channels() == 1) {
      return new Grey(tile.width(), tile.height(), tile.samples());
    }
    float[] grey = new float[tile.width() * tile.height()];
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < tile.width(); x++) {
        grey[y * tile.width() + x] = tile.grey(x, y);
      }
    }
    return new Grey(tile.width(), tile.height(), grey);
  }

  float at(int x, int y) {
    return samples[y * width + x];
  }

  /**
   * Each new pixel is the mean of the area that it covers, columns first, then rows.
   *
   * @param columns of the result
   * @param rows of the result
   * @param perColumn pixels of this picture per new column
   * @param perRow pixels of this picture per new row
   */
  Grey resized(int columns, int rows, double perColumn, double perRow) {
    float[] narrow = new float[columns * height];
    for (int x = 0; x < columns; x++) {
      Span span = Span.of(x * perColumn, (x + 1) * perColumn, width);
      for (int y = 0; y < height; y++) {
        narrow[y * columns + x] = span.mean(samples, y * width, 1);
      }
    }
    float[] small = new float[columns * rows];
    for (int y = 0; y < rows; y++) {
      Span span = Span.of(y * perRow, (y + 1) * perRow, height);
      for (int x = 0; x < columns; x++) {
        small[y * columns + x] = span.mean(narrow, x, columns);
      }
    }
    return new Grey(columns, rows, small);
  }

  /** Samples from {@code first} to {@code last}, with the weights of the outer two. */
  private record Span(int first, int last, double firstWeight, double lastWeight, double total) {

    static Span of(double start, double end, int length) {
      int first = Math.clamp((int) Math.floor(start), 0, length - 1);
      int last = Math.clamp((int) Math.ceil(end) - 1, first, length - 1);
      if (first == last) {
        return new Span(first, last, 1, 1, 1);
      }
      double firstWeight = first + 1 - start;
      double lastWeight = Math.min(end - last, 1);
      return new Span(
          first, last, firstWeight, lastWeight, firstWeight + lastWeight + last - first - 1);
    }

    float mean(float[] values, int offset, int step) {
      double sum = values[offset + first * step] * firstWeight;
      for (int i = first + 1; i < last; i++) {
        sum += values[offset + i * step];
      }
      if (last > first) {
        sum += values[offset + last * step] * lastWeight;
      }
      return (float) (sum / total);
    }
  }
}
