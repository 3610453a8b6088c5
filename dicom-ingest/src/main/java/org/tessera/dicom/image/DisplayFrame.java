package org.tessera.dicom.image;

import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.codec.PixelFormat;

/** A frame whose values can be had as brightness, 0 to 1: grey, RGB or through a palette. */
public final class DisplayFrame {

  /** Writes the brightness of consecutive pixels, channels interleaved. */
  private interface Brightness {
    void write(int pixel, int count, float[] target, int at);
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
    return of(frame, image, format, number, VoiChoice.FIRST);
  }

  /** The same with a choice of what of the values of a grey frame is shown. */
  static DisplayFrame of(
      StoredFrame frame, Attributes image, PixelFormat format, int number, VoiChoice choice)
      throws RejectedInputException {
    if (format.isPalette()) {
      return colours(frame, palette(frame, image));
    }
    if (frame.samples() == 1) {
      ToneCurve curve = DisplayTransform.of(image, number).with(choice).curve(frame);
      return Palette.supplements(image)
          ? supplemented(frame, curve, palette(frame, image))
          : new DisplayFrame(frame, 1, (pixel, count, target, at) ->
              curve.write(frame, pixel, count, target, at));
    }
    if (frame.samples() != 3) {
      throw new RejectedInputException(
          "Images with %d samples per pixel are not displayed.".formatted(frame.samples()));
    }
    ToneCurve curve = ToneCurve.scale(frame, format.bitsStored());
    return new DisplayFrame(frame, 3, (pixel, count, target, at) ->
        curve.write(frame, pixel * 3, count * 3, target, at));
  }

  /**
   * Prepares a decoded grey frame for display in a window of one's own choice.
   *
   * @param number of the frame, from 1
   */
  public static DisplayFrame of(StoredFrame frame, Attributes image, int number, Window window) {
    ToneCurve curve =
        DisplayTransform.of(image, number).with(new VoiChoice.Own(window)).curve(frame);
    return new DisplayFrame(frame, 1, (pixel, count, target, at) ->
        curve.write(frame, pixel, count, target, at));
  }

  private static Palette palette(StoredFrame frame, Attributes image)
      throws RejectedInputException {
    return Palette.of(image, frame.signed())
        .orElseThrow(
            () ->
                new RejectedInputException(
                    "The colour palette of the image is missing or shorter than it claims."));
  }

  /** PALETTE COLOR (PS3.3 C.7.9). */
  private static DisplayFrame colours(StoredFrame frame, Palette palette) {
    ToneCurve red = ToneCurve.of(frame, value -> palette.scaled(value, 0));
    ToneCurve green = ToneCurve.of(frame, value -> palette.scaled(value, 1));
    ToneCurve blue = ToneCurve.of(frame, value -> palette.scaled(value, 2));
    return new DisplayFrame(frame, 3, (pixel, count, target, at) -> {
      for (int i = 0; i < count; i++) {
        target[at + 3 * i] = red.at(frame, pixel + i);
        target[at + 3 * i + 1] = green.at(frame, pixel + i);
        target[at + 3 * i + 2] = blue.at(frame, pixel + i);
      }
    });
  }

  /** Grey below the first value of the palette, colours from there on (PS3.3 C.7.6.19). */
  private static DisplayFrame supplemented(StoredFrame frame, ToneCurve curve, Palette palette) {
    return new DisplayFrame(frame, 3, (pixel, count, target, at) -> {
      for (int i = 0; i < count; i++) {
        double value = frame.value(pixel + i);
        boolean grey = value < palette.first();
        for (int channel = 0; channel < 3; channel++) {
          target[at + 3 * i + channel] =
              grey ? curve.at(frame, pixel + i) : palette.scaled(value, channel);
        }
      }
    });
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
    row(y, fromX, count, target, 0);
  }

  /** Writes the brightness of part of a row from some place of the target on. */
  void row(int y, int fromX, int count, float[] target, int at) {
    brightness.write(y * frame.columns() + fromX, count, target, at);
  }
}
