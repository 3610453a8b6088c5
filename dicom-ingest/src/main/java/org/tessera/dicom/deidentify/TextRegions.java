package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Finds burned-in text in a grey picture with OpenCV: strokes that are thinner than their
 * surroundings are wide (top hat, for bright and for dark text), their connected components that
 * have the size of letters, and rows of such components. A row is text if its letters stand on one
 * line, are evenly bright and are drawn in flat strokes with sharp edges, as what a machine writes
 * is and what anatomy is not.
 *
 * <p>Runs in this process: the pixels were decoded by us, their shape is known. For one thread.
 */
final class TextRegions {
  private static final int LOWEST = 5;
  private static final int HIGHEST = 96;
  private static final int[] STROKES = {7, 19};
  private static final int[] CONTRASTS = {12, 24, 48, 96};
  private static final int MOST_COMPONENTS = 20_000;

  /**
   * A component that may be a letter.
   *
   * @param peak brightness of its strokes
   * @param contrast how far they stand out of what surrounds them
   * @param flat part of its pixels that are as bright as its peak
   * @param strokes strokes that a row of it crosses, on average
   */
  private record Letter(Box box, int peak, int contrast, double flat, double strokes) {}

  /** A threshold of a top hat. */
  private record Layer(byte[] grey, byte[] hat, int[] labels, boolean dark, int columns) {}

  private TextRegions() {}

  /**
   * The boxes of rows of text.
   *
   * @param grey brightness 0 to 255, row by row
   */
  static List<Box> find(byte[] grey, int columns, int rows) {
    List<Box> found = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      Mat image = new Mat(rows, columns, opencv_core.CV_8UC1, new BytePointer(grey));
      for (int stroke : STROKES) {
        Mat kernel =
            opencv_imgproc.getStructuringElement(
                opencv_imgproc.MORPH_RECT, new Size(stroke, stroke));
        for (boolean dark : new boolean[] {false, true}) {
          Mat hat = new Mat();
          int kind = dark ? opencv_imgproc.MORPH_BLACKHAT : opencv_imgproc.MORPH_TOPHAT;
          opencv_imgproc.morphologyEx(image, hat, kind, kernel);
          byte[] heights = new byte[grey.length];
          hat.data().get(heights);
          for (int contrast : CONTRASTS) {
            Layer layer = new Layer(grey, heights, new int[grey.length], dark, columns);
            rowsOf(letters(hat, layer, contrast, rows), columns, rows, found);
          }
        }
      }
    }
    return found;
  }

  private static List<Letter> letters(Mat hat, Layer layer, int contrast, int rows) {
    List<Letter> letters = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      Mat mask = new Mat();
      opencv_imgproc.threshold(hat, mask, contrast, 255, opencv_imgproc.THRESH_BINARY);
      Mat labels = new Mat();
      Mat stats = new Mat();
      Mat centroids = new Mat();
      int count =
          opencv_imgproc.connectedComponentsWithStats(
              mask, labels, stats, centroids, 8, opencv_core.CV_32S);
      int[] stat = new int[count * 5];
      new IntPointer(stats.data()).get(stat);
      new IntPointer(labels.data()).get(layer.labels());
      for (int i = 1; i < count && letters.size() < MOST_COMPONENTS; i++) {
        Box box = new Box(stat[5 * i], stat[5 * i + 1], stat[5 * i + 2], stat[5 * i + 3]);
        if (hasShapeOfLetters(box, stat[5 * i + 4], rows)) {
          Letter letter = letter(i, box, stat[5 * i + 4], layer);
          if (letter.contrast() >= contrast * 1.4) {
            letters.add(letter);
          }
        }
      }
    }
    return letters;
  }

  private static boolean hasShapeOfLetters(Box box, int area, int rows) {
    int high = box.height();
    if (high < LOWEST || high > Math.min(HIGHEST, rows / 3)) {
      return false;
    }
    double aspect = (double) box.width() / high;
    double filled = (double) area / (box.width() * high);
    return aspect >= 0.08 && aspect <= 14 && filled >= 0.1 && (filled <= 0.85 || aspect < 0.45);
  }

  private static Letter letter(int number, Box box, int area, Layer layer) {
    int[] bright = new int[256];
    int[] high = new int[256];
    int runs = 0;
    for (int y = box.y(); y < box.bottom(); y++) {
      boolean inside = false;
      for (int x = box.x(); x < box.right(); x++) {
        int at = y * layer.columns() + x;
        boolean here = layer.labels()[at] == number;
        if (here) {
          int value = layer.grey()[at] & 0xFF;
          bright[layer.dark() ? 255 - value : value]++;
          high[layer.hat()[at] & 0xFF]++;
          runs += inside ? 0 : 1;
        }
        inside = here;
      }
    }
    int peak = quantile(bright, area);
    int contrast = quantile(high, area);
    int near = 0;
    for (int value = Math.max(0, peak - Math.max(2, contrast / 5)); value < 256; value++) {
      near += bright[value];
    }
    return new Letter(box, peak, contrast, (double) near / area, (double) runs / box.height());
  }

  /** What the brightest tenth reaches: single bright pixels say nothing. */
  private static int quantile(int[] histogram, int area) {
    int above = 0;
    int value = 255;
    while (value > 0 && (above += histogram[value]) * 10 < area) {
      value--;
    }
    return value;
  }

  /** Joins letters that stand beside each other, left to right. */
  private static void rowsOf(List<Letter> letters, int columns, int rows, List<Box> found) {
    List<Letter> sorted = new ArrayList<>(letters);
    sorted.sort(Comparator.comparingInt(letter -> letter.box().x()));
    List<List<Letter>> lines = new ArrayList<>();
    for (Letter letter : sorted) {
      List<Letter> best = null;
      int nearest = Integer.MAX_VALUE;
      for (int i = lines.size() - 1; i >= 0; i--) {
        Letter last = lines.get(i).getLast();
        int gap = letter.box().x() - last.box().right();
        if (gap < nearest && continues(last, letter, gap)) {
          nearest = gap;
          best = lines.get(i);
        }
      }
      if (best == null) {
        best = new ArrayList<>();
        lines.add(best);
      }
      best.add(letter);
    }
    for (List<Letter> line : lines) {
      if (isText(line)) {
        found.add(around(line, columns, rows));
      }
    }
  }

  private static boolean continues(Letter last, Letter next, int gap) {
    int high = Math.max(last.box().height(), next.box().height());
    int low = Math.min(last.box().height(), next.box().height());
    int contrast = Math.max(last.contrast(), next.contrast());
    return gap <= high * 1.3
        && gap > -high / 2
        && high <= low * 1.8 + 2
        && Math.abs(last.box().middle() - next.box().middle()) <= high * 0.4 + 1
        && Math.abs(last.peak() - next.peak()) <= Math.max(4, contrast / 4);
  }

  private static boolean isText(List<Letter> line) {
    int left = line.getFirst().box().x();
    int right = line.stream().mapToInt(letter -> letter.box().right()).max().orElse(0);
    double flat = mean(line.stream().mapToDouble(Letter::flat).toArray());
    double high = mean(line.stream().mapToDouble(letter -> letter.box().height()).toArray());
    double strokes =
        line.stream().mapToDouble(Letter::strokes).sum() / ((right - left) / high);
    double length = (right - left) / high;
    double even = onOneLine(line, high);
    int size = line.size();
    if (strokes < 0.9 || strokes > 5 || length < 1.4) {
      return false;
    }
    return size >= 4 && even >= 0.7 && flat >= 0.3
        || size == 3 && even >= 0.99 && flat >= 0.45
        || size >= 6 && even >= 0.6 && flat >= 0.25
        || length >= 2.5 && flat >= 0.4 && strokes >= 1.2 && even >= 0.99;
  }

  /** The part of the letters whose feet are on the line of most of them. */
  private static double onOneLine(List<Letter> line, double high) {
    double slack = Math.max(1, high * 0.1);
    int[] feet = line.stream().mapToInt(letter -> letter.box().bottom()).sorted().toArray();
    int best = 0;
    for (int foot : feet) {
      best =
          Math.max(
              best,
              (int) Arrays.stream(feet).filter(each -> Math.abs(each - foot) <= slack).count());
    }
    return (double) best / feet.length;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static Box around(List<Letter> line, int columns, int rows) {
    int left = columns;
    int top = rows;
    int right = 0;
    int bottom = 0;
    for (Letter letter : line) {
      left = Math.min(left, letter.box().x());
      top = Math.min(top, letter.box().y());
      right = Math.max(right, letter.box().right());
      bottom = Math.max(bottom, letter.box().bottom());
    }
    int high = bottom - top;
    return new Box(left, top, right - left, high)
        .grown(2 + high * 5 / 4, 2 + high / 4, columns, rows);
  }
}
