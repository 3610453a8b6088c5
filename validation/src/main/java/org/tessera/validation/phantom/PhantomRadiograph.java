package org.tessera.validation.phantom;

import java.util.List;
import org.tessera.casemodel.PixelRegion;

/**
 * A drawn chest radiograph, upright.
 *
 * @param samples stored samples, 8 bit unsigned, row by row; not copied
 * @param rows height
 * @param columns width
 * @param monochrome1 true if 0 is to be shown white (Photometric Interpretation MONOCHROME1)
 * @param view {@code PA} or {@code AP}
 * @param machine name of the look that it was made with
 * @param opacities boxes of the drawn opacities, in source pixels
 */
@SuppressWarnings("ArrayRecordComponent")
public record PhantomRadiograph(
    byte[] samples,
    int rows,
    int columns,
    boolean monochrome1,
    String view,
    String machine,
    List<PixelRegion> opacities) {
  public PhantomRadiograph {
    opacities = List.copyOf(opacities);
    if (samples.length != rows * columns) {
      throw new IllegalArgumentException(
          "Not a radiograph: %d samples, %d x %d".formatted(samples.length, rows, columns));
    }
  }

  /** Brightness as displayed, 0 (black) to 255 (white). */
  public int displayed(int column, int row) {
    int stored = samples[row * columns + column] & 0xff;
    return monochrome1 ? 255 - stored : stored;
  }
}
