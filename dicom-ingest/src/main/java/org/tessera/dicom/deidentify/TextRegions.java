package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Finds burned-in text in a grey picture with OpenCV: strokes thinner than their surroundings are
 * wide (top hat, for bright and for dark text), their connected components that have the size of
 * letters, and rows of such components. A row is text if its letters are evenly high and evenly
 * bright, as what a machine draws is and what anatomy is not.
 *
 * <p>Runs in this process: the pixels were decoded by us, their shape is known. For one thread.
 */
final class TextRegions {
  private static final int LOWEST = 5;
  private static final int HIGHEST = 96;
  private static final int[] STROKES = {9, 21};
  private static final int[] CONTRASTS = {14, 40, 100};
  private static final int MOST_COMPONENTS = 20_000;

  /** A component that may be a letter. */
  private record Letter(Box box, int peak, double flat, int area) {}

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
        for (int kind : new int[] {opencv_imgproc.MORPH_TOPHAT, opencv_imgproc.MORPH_BLACKHAT}) {
          Mat hat = new Mat();
          Mat kernel =
              opencv_imgproc.getStructuringElement(
                  opencv_imgproc.MORPH_RECT, new Size(stroke, stroke));
          opencv_imgproc.morphologyEx(image, hat, kind, kernel);
          for (int contrast : CONTRASTS) {
            boolean dark = kind == opencv_imgproc.MORPH_BLACKHAT;
            rowsOf(letters(hat, grey, contrast, dark, columns, rows), columns, rows, found);
          }
        }
      }
    }
    return found;
  }

  private static List<Letter> letters(
      Mat hat, byte[] grey, int contrast, boolean dark, int columns, int rows) {
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
      IntIndexer stat = stats.createIndexer();
      IntIndexer label = labels.createIndexer();
      UByteIndexer brightness = hat.createIndexer();
      for (int i = 1; i < count && letters.size() < MOST_COMPONENTS; i++) {
        Box box = new Box(stat.get(i, 0), stat.get(i, 1), stat.get(i, 2), stat.get(i, 3));
        int area = stat.get(i, 4);
        if (hasShapeOfLetters(box, area, rows)) {
          letters.add(letter(i, box, area, label, brightness, grey, dark, columns));
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
    return aspect >= 0.08 && aspect <= 14 && filled >= 0.08 && (filled <= 0.92 || aspect < 0.4);
  }

  private static Letter letter(
      int number,
      Box box,
      int area,
      IntIndexer label,
      UByteIndexer hat,
      byte[] grey,
      boolean dark,
      int columns) {
    int[] histogram = new int[256];
    for (int y = box.y(); y < box.bottom(); y++) {
      for (int x = box.x(); x < box.right(); x++) {
        if (label.get(y, x) == number) {
          int value = grey[y * columns + x] & 0xFF;
          histogram[dark ? 255 - value : value]++;
        }
      }
    }
    // The peak is what the brightest twentieth reaches: single bright pixels say nothing.
    int above = 0;
    int peak = 255;
    while (peak > 0 && (above += histogram[peak]) * 20 < area) {
      peak--;
    }
    int near = 0;
    for (int value = Math.max(0, peak - 10); value < 256; value++) {
      near += histogram[value];
    }
    return new Letter(box, peak, (double) near / area, area);
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
    return gap <= high * 1.3
        && gap > -high
        && high <= low * 1.9 + 2
        && Math.abs(last.box().middle() - next.box().middle()) <= high * 0.5
        && Math.abs(last.peak() - next.peak()) <= 16;
  }

  private static boolean isText(List<Letter> line) {
    Box first = line.getFirst().box();
    int right = line.stream().mapToInt(letter -> letter.box().right()).max().orElse(0);
    double flat = line.stream().mapToDouble(Letter::flat).average().orElse(0);
    double high = line.stream().mapToInt(letter -> letter.box().height()).average().orElse(1);
    double length = (right - first.x()) / high;
    int size = line.size();
    return flat >= 0.45 && (size >= 3 || length >= 2.5 && size >= 2)
        || flat >= 0.3 && size >= 5
        || flat >= 0.6 && length >= 3;
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
        .grown(2 + high * 3 / 4, 2 + high / 4, columns, rows);
  }
}
