package org.tessera.dicom.deidentify;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * The text detector of PP-OCR (differentiable binarization: Liao et al., AAAI 2020), run by OpenCV.
 * The network says for every pixel how likely it is the core of a line of text; each connected
 * region of such pixels becomes a box, grown by what training shrinks it. A picture is searched at
 * half, full and twice its size, since the network knows letters of about 8 to 60 pixels, in tiles
 * that overlap by more than such a letter: native memory is bounded by one tile. It is searched
 * once more turned on its side, since the network misses much of what stands upright.
 *
 * <p>Runs in this process: the model is ours, and the pixels were decoded by us. Any thread; one at
 * a time.
 */
final class TextDetector {
  /** Where the build puts the model: see the module's pom. */
  static final String MODEL = "ch_PP-OCRv3_det_infer.onnx";

  /** In pixels of the scaled picture; a multiple of 32. */
  private static final int TILE = 1056;

  private static final int OVERLAP = 96;

  /** The network halves its input five times. */
  private static final int MULTIPLE = 32;

  private static final double[] SCALES = {0.5, 1, 2};

  /** Half size is for letters of more than 60 pixels, which a smaller picture has no room for. */
  private static final int LEAST_FOR_HALF = 200;

  private static final double CORE = 0.2;
  private static final double LEAST_PEAK = 0.5;

  /** Thickness of cores in pixels of the scaled picture; a letter is about twice as high. */
  private static final int THINNEST = 3;

  private static final int SMALL = 30;
  private static final int THICKEST = 64;

  /** Large letters are believed only in a line of several. */
  private static final double LEAST_LENGTH = 1.8;

  /** Of the shorter side of the picture; the core of the largest letters. */
  private static final double LARGEST = 1 / 6.0;

  /** Smaller ones are left to the search at twice the size. */
  private static final int LEAST_OF_LARGE = 20;

  private static final int SHARP = 16;
  private static final int SHARPER = 24;
  private static final double LEAST_SHARP = 0.5;
  private static final double MEAN = 0.456 * 255;
  private static final double DEVIATION = 0.225 * 255;

  private TextDetector() {}

  private static final class Network {
    static final Net NET = load();

    private static Net load() {
      try (InputStream in = TextDetector.class.getResourceAsStream(MODEL);
          PointerScope scope = new PointerScope()) {
        if (in == null) {
          throw new IllegalStateException("The text detector is missing in this build.");
        }
        byte[] bytes = in.readAllBytes();
        Net net = opencv_dnn.readNetFromONNX(new BytePointer(bytes), bytes.length);
        net.retainReference();
        return net;
      } catch (IOException e) {
        throw new IllegalStateException("The text detector cannot be read.", e);
      }
    }
  }

  /**
   * Boxes around lines of text, in pixels of the picture.
   *
   * @param grey brightness 0 to 255, row by row
   * @param columns of the picture
   * @param region the part of it that is searched
   */
  static List<Box> find(byte[] grey, int columns, Box region) {
    int rows = grey.length / columns;
    List<Box> found = new ArrayList<>(level(grey, columns, region));
    for (Box box : level(turned(grey, columns), rows, region.turned(rows))) {
      found.add(box.turnedBack(rows));
    }
    return found;
  }

  /** A quarter turn to the right. */
  private static byte[] turned(byte[] grey, int columns) {
    int rows = grey.length / columns;
    byte[] turned = new byte[grey.length];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        turned[x * rows + rows - 1 - y] = grey[y * columns + x];
      }
    }
    return turned;
  }

  /** Lines of text that run across. */
  private static List<Box> level(byte[] grey, int columns, Box region) {
    List<Box> found = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      int rows = grey.length / columns;
      Mat whole = new Mat(rows, columns, opencv_core.CV_8UC1, new BytePointer(grey));
      SharpEdges edges = new SharpEdges(grey, columns);
      for (double scale : SCALES) {
        if (scale >= 1 || Math.min(region.width(), region.height()) >= LEAST_FOR_HALF) {
          for (Box tile : region.tiles((int) (TILE / scale), (int) (OVERLAP / scale))) {
            if (edges.mayBeText(tile, SHARP)) {
              search(whole, edges, tile, scale, found);
            }
          }
        }
      }
    }
    return found;
  }

  private static void search(
      Mat whole, SharpEdges edges, Box tile, double scale, List<Box> found) {
    try (PointerScope scope = new PointerScope()) {
      Mat part =
          new Mat(whole, new Rect(tile.x(), tile.y(), tile.width(), tile.height()));
      int columns = Math.max(1, (int) Math.round(tile.width() * scale));
      int rows = Math.max(1, (int) Math.round(tile.height() * scale));
      Mat sized = new Mat();
      int how = scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_CUBIC;
      opencv_imgproc.resize(part, sized, new Size(columns, rows), 0, 0, how);
      Mat padded = new Mat();
      int below = padding(rows);
      int beside = padding(columns);
      opencv_core.copyMakeBorder(
          sized, padded, 0, below, 0, beside, opencv_core.BORDER_REPLICATE, new Scalar(0));
      for (Box core : cores(padded)) {
        boolean inside = core.x() < columns && core.y() < rows;
        if (inside && isText(core, tile, scale, whole, edges)) {
          found.add(line(core, tile, scale, whole, 3, 1));
        }
      }
    }
  }

  private static int padding(int length) {
    return (MULTIPLE - length % MULTIPLE) % MULTIPLE;
  }

  /** Connected regions of the map of the network, of a picture of 8 bits. */
  private static List<Box> cores(Mat picture) {
    Mat colour = new Mat();
    opencv_imgproc.cvtColor(picture, colour, opencv_imgproc.COLOR_GRAY2BGR);
    Mat input =
        opencv_dnn.blobFromImage(
            colour, 1 / DEVIATION, new Size(), Scalar.all(MEAN), false, false,
            opencv_core.CV_32F);
    int rows = picture.rows();
    int columns = picture.cols();
    float[] likely = new float[rows * columns];
    synchronized (Network.class) {
      Network.NET.setInput(input);
      new FloatPointer(Network.NET.forward().data()).get(likely);
    }
    byte[] core = new byte[likely.length];
    for (int i = 0; i < core.length; i++) {
      core[i] = (byte) (likely[i] >= CORE ? 1 : 0);
    }
    Mat labels = new Mat();
    Mat stats = new Mat();
    int count =
        opencv_imgproc.connectedComponentsWithStats(
            new Mat(rows, columns, opencv_core.CV_8UC1, new BytePointer(core)),
            labels,
            stats,
            new Mat(),
            8,
            opencv_core.CV_32S);
    return likelyOnes(likely, labels, stats, count);
  }

  private static List<Box> likelyOnes(float[] likely, Mat labels, Mat stats, int count) {
    int[] label = new int[likely.length];
    new IntPointer(labels.data()).get(label);
    int[] stat = new int[count * 5];
    new IntPointer(stats.data()).get(stat);
    float[] peak = new float[count];
    for (int i = 0; i < label.length; i++) {
      peak[label[i]] = Math.max(peak[label[i]], likely[i]);
    }
    List<Box> boxes = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      Box box = new Box(stat[5 * i], stat[5 * i + 1], stat[5 * i + 2], stat[5 * i + 3]);
      if (peak[i] >= LEAST_PEAK && Math.min(box.width(), box.height()) >= THINNEST) {
        boxes.add(box);
      }
    }
    return boxes;
  }

  private static boolean isText(
      Box core, Box tile, double scale, Mat whole, SharpEdges edges) {
    int thick = core.height();
    boolean small = thick <= SMALL;
    if (thick > THICKEST
        || thick > core.width()
        || scale < 2 && thick < LEAST_OF_LARGE
        || !small && core.width() < LEAST_LENGTH * thick
        || !small && thick / scale > LARGEST * Math.min(whole.cols(), whole.rows())) {
      return false;
    }
    Box letters = line(core, tile, scale, whole, 0.5, 0.5);
    int step = small && scale == 2 ? SHARP : SHARPER;
    return edges.along(letters, step) >= LEAST_SHARP;
  }

  /**
   * From a core in a tile of the scaled picture to the line of text in the picture.
   *
   * @param before margin at the ends of the line, in thicknesses of the core
   * @param beside margin at its sides
   */
  private static Box line(
      Box core, Box tile, double scale, Mat whole, double before, double beside) {
    double sideways = 2 + core.height() * before;
    double upDown = 2 + core.height() * beside;
    int left = tile.x() + (int) Math.floor((core.x() - sideways) / scale);
    int top = tile.y() + (int) Math.floor((core.y() - upDown) / scale);
    int right = tile.x() + (int) Math.ceil((core.right() + sideways) / scale);
    int bottom = tile.y() + (int) Math.ceil((core.bottom() + upDown) / scale);
    return new Box(left, top, right - left, bottom - top)
        .grown(1, 1, whole.cols(), whole.rows());
  }
}
