package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.codec.PixelFormat;

/** A frame whose values can be had as brightness, 0 to 1: grey, RGB or through a palette. */
public final class DisplayFrame {

  /** Brightness of one channel of one pixel. */
  private interface Brightness {
    float at(int pixel, int channel);
  }

  private final StoredFrame frame;
  private final int channels;
  private final Brightness brightness;

  private DisplayFrame(StoredFrame frame, int channels, Brightness brightness) {
    this.frame = frame;
    this.channels = channels;
    this.brightness = brightness;
  }

  /**
   * Prepares a decoded frame for display.
   *
   * @param number of the frame, from 1
   */
  public static DisplayFrame of(StoredFrame frame, Attributes image, PixelFormat format, int number)
      throws RejectedInputException {
    if (format.isPalette()) {
      return palette(frame, image);
    }
    if (frame.samples() == 1) {
      ToneCurve curve = DisplayTransform.of(image, number).curve(frame);
      return new DisplayFrame(frame, 1, (pixel, channel) -> curve.at(frame, pixel));
    }
    if (frame.samples() != 3) {
      throw new RejectedInputException(
          "Images with %d samples per pixel are not displayed.".formatted(frame.samples()));
    }
    float most = (float) (Math.pow(2, format.bitsStored()) - 1);
    return new DisplayFrame(
        frame, 3, (pixel, channel) -> frame.integer(pixel * 3 + channel) / most);
  }

  /** PALETTE COLOR (PS3.3 C.7.9). */
  private static DisplayFrame palette(StoredFrame frame, Attributes image)
      throws RejectedInputException {
    LookupTable[] tables = {
      table(image, Tag.RedPaletteColorLookupTableDescriptor, Tag.RedPaletteColorLookupTableData),
      table(
          image, Tag.GreenPaletteColorLookupTableDescriptor, Tag.GreenPaletteColorLookupTableData),
      table(image, Tag.BluePaletteColorLookupTableDescriptor, Tag.BluePaletteColorLookupTableData)
    };
    return new DisplayFrame(
        frame,
        3,
        (pixel, channel) -> (float) tables[channel].scaled(frame.integer(pixel)));
  }

  private static LookupTable table(Attributes image, int descriptor, int data)
      throws RejectedInputException {
    Optional<LookupTable> table = LookupTable.of(image, descriptor, data);
    return table.orElseThrow(
        () ->
            new RejectedInputException(
                image.contains(Tag.SegmentedRedPaletteColorLookupTableData)
                    ? "Segmented colour palettes are not decoded yet."
                    : "The colour palette of the image is missing or shorter than it claims."));
  }

  int width() {
    return frame.columns();
  }

  int height() {
    return frame.rows();
  }

  public int channels() {
    return channels;
  }

  /** Writes the brightness of part of a row, channels interleaved. */
  public void row(int y, int fromX, int count, float[] target) {
    int pixel = y * frame.columns() + fromX;
    if (channels == 1) {
      for (int i = 0; i < count; i++) {
        target[i] = brightness.at(pixel + i, 0);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < 3; c++) {
        target[3 * i + c] = brightness.at(pixel + i, c);
      }
    }
  }
}
