package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.StoredFrame;

/**
 * A frame as 8-bit pictures in which any text can be seen: over its whole range, and, because a
 * few bright pixels would hide the rest, over the range of all but its outermost values. Windows
 * that the file states are not asked: text outside of them is still in the file.
 */
final class GreyPictures {
  private static final double OUTERMOST = 0.005;
  private static final int BINS = 4096;

  private GreyPictures() {}

  /** One picture or more, row by row, 0 to 255. */
  static List<byte[]> of(StoredFrame frame, Attributes image, PixelFormat format, int number)
      throws RejectedInputException {
    if (format.isPalette()) {
      return List.of(palette(frame, image, format, number));
    }
    if (frame.samples() > 1) {
      return List.of(colour(frame, true), colour(frame, false));
    }
    return single(frame);
  }

  private static byte[] palette(StoredFrame frame, Attributes image, PixelFormat format, int number)
      throws RejectedInputException {
    DisplayFrame shown = DisplayFrame.of(frame, image, format, number);
    byte[] grey = new byte[frame.rows() * frame.columns()];
    float[] row = new float[frame.columns() * 3];
    for (int y = 0; y < frame.rows(); y++) {
      shown.row(y, 0, frame.columns(), row);
      for (int x = 0; x < frame.columns(); x++) {
        float sum = 0.299f * row[3 * x] + 0.587f * row[3 * x + 1] + 0.114f * row[3 * x + 2];
        grey[y * frame.columns() + x] = (byte) Math.round(Math.clamp(sum, 0f, 1f) * 255);
      }
    }
    return grey;
  }

  /** The brightest channel, which shows coloured text; or the luminance. */
  private static byte[] colour(StoredFrame frame, boolean brightest) {
    int pixels = frame.rows() * frame.columns();
    int down = Math.max(0, frame.bits() - 8);
    byte[] grey = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      int at = i * frame.samples();
      long red = frame.integer(at) >> down;
      long green = frame.integer(at + 1) >> down;
      long blue = frame.integer(at + 2) >> down;
      long value =
          brightest
              ? Math.max(red, Math.max(green, blue))
              : (299 * red + 587 * green + 114 * blue) / 1000;
      grey[i] = (byte) Math.clamp(value, 0, 255);
    }
    return grey;
  }

  private static List<byte[]> single(StoredFrame frame) {
    int pixels = frame.rows() * frame.columns();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pixels; i++) {
      double value = frame.value(i);
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    List<byte[]> pictures = new ArrayList<>(2);
    pictures.add(scaled(frame, low, high));
    if (high > low) {
      double[] inner = withoutOutermost(frame, low, high);
      if (inner[1] - inner[0] < 0.7 * (high - low) && inner[1] > inner[0]) {
        pictures.add(scaled(frame, inner[0], inner[1]));
      }
    }
    return pictures;
  }

  private static double[] withoutOutermost(StoredFrame frame, double low, double high) {
    int pixels = frame.rows() * frame.columns();
    int[] bins = new int[BINS];
    for (int i = 0; i < pixels; i++) {
      double value = frame.value(i);
      if (Double.isFinite(value)) {
        bins[(int) ((value - low) / (high - low) * (BINS - 1))]++;
      }
    }
    double cut = pixels * OUTERMOST;
    int first = 0;
    for (double sum = bins[0]; sum < cut && first < BINS - 1; sum += bins[++first]) {
      // Counts up to the value below which only the outermost lie.
    }
    int last = BINS - 1;
    for (double sum = bins[last]; sum < cut && last > first; sum += bins[--last]) {
      // The same from above.
    }
    double step = (high - low) / (BINS - 1);
    return new double[] {low + first * step, low + (last + 1) * step};
  }

  private static byte[] scaled(StoredFrame frame, double low, double high) {
    int pixels = frame.rows() * frame.columns();
    double factor = high > low ? 255 / (high - low) : 0;
    byte[] grey = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      double value = frame.value(i);
      grey[i] =
          Double.isFinite(value)
              ? (byte) Math.round(Math.clamp((value - low) * factor, 0, 255))
              : 0;
    }
    return grey;
  }
}
