package org.tessera.dicom.image;

import java.util.ArrayList;
import java.util.List;
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

  public enum Shape {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /** The first window of an item; empty if it has none that is valid. */
  public static Optional<Window> of(Attributes item) {
    List<Window> windows = all(item);
    return windows.isEmpty() ? Optional.empty() : Optional.of(windows.getFirst());
  }

  /** The valid windows of an item, which are alternatives (PS3.3 C.11.2.1.2). */
  public static List<Window> all(Attributes item) {
    double[] centers = item.reals(Tag.WindowCenter);
    double[] widths = item.reals(Tag.WindowWidth);
    Shape shape =
        switch (item.string(Tag.VOILUTFunction).orElse("LINEAR")) {
          case "LINEAR_EXACT" -> Shape.LINEAR_EXACT;
          case "SIGMOID" -> Shape.SIGMOID;
          default -> Shape.LINEAR;
        };
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
      boolean wide = shape == Shape.LINEAR ? widths[i] >= 1 : widths[i] > 0;
      if (wide && Double.isFinite(widths[i]) && Double.isFinite(centers[i])) {
        windows.add(new Window(centers[i], widths[i], shape));
      }
    }
    return windows;
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
