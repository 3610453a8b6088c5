package org.tessera.dicom.image;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;

/**
 * Draws frames the way a viewer shows them when it opens them (PS3.4 N.2): the first window of the
 * frame, else its first VOI LUT, else its own range; colours through their palette; overlays on
 * top. What the models see is {@link DicomPixels}, which draws no overlays.
 *
 * <p>Immutable, safe for use by several threads; holds no decoded frame.
 */
public final class FrameRenderer {
  private final Attributes image;
  private final PixelData pixels;
  private final VoiChoice choice;
  private final boolean overlays;

  private FrameRenderer(Attributes image, PixelData pixels, VoiChoice choice, boolean overlays) {
    this.image = image;
    this.pixels = pixels;
    this.choice = choice;
    this.overlays = overlays;
  }

  /**
   * A renderer of the frames of a file.
   *
   * @throws RejectedInputException if the file has no pixels that can be read
   */
  public static FrameRenderer of(DicomFile file, ParseLimits limits)
      throws RejectedInputException {
    return new FrameRenderer(
        file.dataset(), PixelData.of(file, limits), VoiChoice.FIRST, true);
  }

  /** The same with another window over grey frames: one of the image's, or a person's. */
  public FrameRenderer withWindow(Window window) {
    return new FrameRenderer(image, pixels, new VoiChoice.Own(window), overlays);
  }

  /** The same with a VOI LUT of the image over grey frames, from 1; without it, as before. */
  public FrameRenderer withVoiLut(int number) {
    return new FrameRenderer(image, pixels, new VoiChoice.Table(number), overlays);
  }

  /** The same with grey frames spread over their own range, padding left out. */
  public FrameRenderer withFullRange() {
    return new FrameRenderer(image, pixels, VoiChoice.RANGE, overlays);
  }

  public FrameRenderer withoutOverlays() {
    return new FrameRenderer(image, pixels, choice, false);
  }

  public int frames() {
    return pixels.frames();
  }

  /**
   * Draws a frame.
   *
   * @param number from 1
   * @throws RejectedInputException if it cannot be decoded or shown
   */
  public RenderedFrame render(int number) throws RejectedInputException {
    DisplayFrame frame =
        DisplayFrame.of(pixels.frame(number), image, pixels.format(), number, choice);
    int values = frame.width() * frame.channels();
    byte[] levels = new byte[Math.multiplyExact(values, frame.height())];
    float[] row = new float[values];
    for (int y = 0; y < frame.height(); y++) {
      frame.row(y, 0, frame.width(), row);
      for (int i = 0; i < values; i++) {
        levels[y * values + i] = (byte) Math.round(row[i] * 255);
      }
    }
    RenderedFrame rendered =
        new RenderedFrame(frame.width(), frame.height(), frame.channels(), levels);
    if (overlays) {
      draw(rendered, number);
    }
    return rendered;
  }

  private void draw(RenderedFrame rendered, int number) throws RejectedInputException {
    List<Overlay> planes =
        Overlay.of(image, pixels.format()).stream().filter(each -> each.covers(number)).toList();
    boolean embedded = planes.stream().anyMatch(each -> each.bits().isEmpty());
    Optional<byte[]> cells = embedded ? Optional.of(pixels.cells(number)) : Optional.empty();
    for (Overlay plane : planes) {
      plane.draw(rendered, cells.orElse(new byte[0]), pixels.format().valueBytes(), number);
    }
  }
}
