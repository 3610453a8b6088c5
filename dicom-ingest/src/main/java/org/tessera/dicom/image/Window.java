package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * A window (PS3.3 C.11.2.1.2, C.11.2.1.3).
 *
 * @param center in modality units
 * @param width in modality units; at least 1 for LINEAR, above 0 otherwise
 * @param shape how values in the window are spread
 */
public record Window(double center, double width, Shape shape) {

  enum Shape {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /** The first window of an item; empty if it has none that is valid. */
  public static Optional<Window> of(Attributes item) {
    double[] centers = item.reals(Tag.WindowCenter);
    double[] widths = item.reals(Tag.WindowWidth);
    if (centers.length == 0 || widths.length == 0 || !Double.isFinite(centers[0])) {
      return Optional.empty();
    }
    Shape shape =
        switch (item.string(Tag.VOILUTFunction).orElse("LINEAR")) {
          case "LINEAR_EXACT" -> Shape.LINEAR_EXACT;
          case "SIGMOID" -> Shape.SIGMOID;
          default -> Shape.LINEAR;
        };
    boolean valid = shape == Shape.LINEAR ? widths[0] >= 1 : widths[0] > 0;
    return valid ? Optional.of(new Window(centers[0], widths[0], shape)) : Optional.empty();
  }

  /** The window that spreads a range over all of black to white. */
  public static Window spanning(double lowest, double highest) {
    double width = highest > lowest ? highest - lowest : 1;
    return new Window((lowest + highest) / 2, width, Shape.LINEAR_EXACT);
  }

  /** Brightness of a value, 0 to 1. */
  double brightness(double value) {
    return switch (shape) {
      case LINEAR ->
          width == 1
              ? (value > center - 0.5 ? 1 : 0)
              : clamped((value - (center - 0.5)) / (width - 1) + 0.5);
      case LINEAR_EXACT -> clamped((value - center) / width + 0.5);
      case SIGMOID -> 1 / (1 + Math.exp(-4 * (value - center) / width));
    };
  }

  private static double clamped(double value) {
    return Math.max(0, Math.min(1, value));
  }
}
