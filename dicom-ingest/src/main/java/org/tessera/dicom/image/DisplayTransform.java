package org.tessera.dicom.image;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * The grey transformation of one frame (PS3.3 C.11, PS3.4 N.2): modality LUT or rescale, then VOI
 * LUT or window (without either, the frame's own range), then turned if more is meant to be darker.
 * Pixel padding is black.
 */
public final class DisplayTransform {
  private final Optional<LookupTable> modality;
  private final double slope;
  private final double intercept;
  private final Optional<Window> window;
  private final Optional<LookupTable> voi;
  private final boolean turned;
  private final double paddingLow;
  private final double paddingHigh;

  private DisplayTransform(Attributes image, int frame, boolean turned) {
    boolean signed = image.integer(Tag.PixelRepresentation, 0) == 1;
    this.modality =
        image.item(Tag.ModalityLUTSequence).flatMap(item -> LookupTable.of(item, signed));
    Optional<Attributes> rescale =
        FunctionalGroups.holder(
            image, frame, Tag.PixelValueTransformationSequence, Tag.RescaleSlope);
    double given = rescale.flatMap(item -> real(item, Tag.RescaleSlope)).orElse(1.0);
    this.slope = given == 0 ? 1 : given;
    this.intercept = rescale.flatMap(item -> real(item, Tag.RescaleIntercept)).orElse(0.0);
    this.window =
        FunctionalGroups.holder(image, frame, Tag.FrameVOILUTSequence, Tag.WindowCenter)
            .flatMap(Window::of);
    // What comes out of a rescale may be negative even where the pixels are not.
    boolean negative = modality.isEmpty() && (signed || intercept < 0);
    this.voi = image.item(Tag.VOILUTSequence).flatMap(item -> LookupTable.of(item, negative));
    this.turned = turned;
    double low = padding(image, signed, Tag.PixelPaddingValue, Tag.FloatPixelPaddingValue,
        Tag.DoubleFloatPixelPaddingValue);
    double limit = padding(image, signed, Tag.PixelPaddingRangeLimit,
        Tag.FloatPixelPaddingRangeLimit, Tag.DoubleFloatPixelPaddingRangeLimit);
    double high = Double.isNaN(limit) ? low : limit;
    this.paddingLow = Math.min(low, high);
    this.paddingHigh = Math.max(low, high);
  }

  /** The value of the tag that belongs to the kind of pixel data there is; NaN without one. */
  private static double padding(
      Attributes image, boolean signed, int integer, int single, int twice) {
    if (image.contains(Tag.FloatPixelData) || image.contains(Tag.DoubleFloatPixelData)) {
      return image.real(single).orElse(image.real(twice).orElse(Double.NaN));
    }
    double value = image.real(integer).orElse(Double.NaN);
    // The VR ought to follow the pixels (PS3.5 A, note on US or SS), but often stays US.
    return signed && value >= 1 << 15 && image.integer(Tag.BitsAllocated, 0) == 16
        ? value - (1 << 16)
        : value;
  }

  /**
   * The transformation of a frame of a grey image.
   *
   * @param frame from 1
   */
  public static DisplayTransform of(Attributes image, int frame) {
    boolean turned =
        image.string(Tag.PhotometricInterpretation).orElse("").equals("MONOCHROME1")
            || image.string(Tag.PresentationLUTShape).orElse("").equals("INVERSE");
    return new DisplayTransform(image, frame, turned);
  }

  private static Optional<Double> real(Attributes item, int tag) {
    OptionalDouble value = item.real(tag);
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  /** True if the value stands for "no pixel here" (PS3.3 C.7.5.1.1.2). */
  boolean isPadding(double stored) {
    return stored >= paddingLow && stored <= paddingHigh;
  }

  /** The value in modality units, for example Hounsfield units. */
  public double modalityValue(double stored) {
    return modality.isPresent() ? modality.get().at(stored) : stored * slope + intercept;
  }

  /** The curve for a frame, made once and applied to all its values. */
  ToneCurve curve(StoredFrame frame) {
    Window spread = window.isEmpty() && voi.isEmpty() ? range(frame) : NO_WINDOW;
    return ToneCurve.of(frame, stored -> brightness(stored, spread));
  }

  /** The same transformation with another window: one of the image's others, or a person's. */
  DisplayTransform with(Window other) {
    return new DisplayTransform(this, other);
  }

  private DisplayTransform(DisplayTransform of, Window window) {
    this.modality = of.modality;
    this.slope = of.slope;
    this.intercept = of.intercept;
    this.window = Optional.of(window);
    this.voi = of.voi;
    this.turned = of.turned;
    this.paddingLow = of.paddingLow;
    this.paddingHigh = of.paddingHigh;
  }

  private static final Window NO_WINDOW = Window.spanning(0, 1);

  private double brightness(double stored, Window spread) {
    if (isPadding(stored) || Double.isNaN(stored)) {
      return 0;
    }
    double value = modalityValue(stored);
    double bright;
    if (window.isPresent()) {
      bright = window.get().brightness(value);
    } else if (voi.isPresent()) {
      bright = voi.get().scaled(value);
    } else {
      bright = spread.brightness(value);
    }
    return turned ? 1 - bright : bright;
  }

  private Window range(StoredFrame frame) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    int count = frame.rows() * frame.columns();
    for (int i = 0; i < count; i++) {
      double stored = frame.value(i);
      if (Double.isFinite(stored) && !isPadding(stored)) {
        lowest = Math.min(lowest, stored);
        highest = Math.max(highest, stored);
      }
    }
    if (lowest > highest) {
      return NO_WINDOW;
    }
    double a = modalityValue(lowest);
    double b = modalityValue(highest);
    return Window.spanning(Math.min(a, b), Math.max(a, b));
  }
}
