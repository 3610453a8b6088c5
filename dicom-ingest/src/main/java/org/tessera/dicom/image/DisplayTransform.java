package org.tessera.dicom.image;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * The grey transformation of one frame (PS3.3 C.11, PS3.4 N.2): modality LUT or rescale, then VOI
 * LUT or window (without either, the frame's own range), then the presentation LUT, or turned if
 * more is meant to be darker. Pixel padding is black and widens no range (PS3.3 C.7.5.1.1.2).
 */
public final class DisplayTransform {
  private static final Window NO_WINDOW = Window.spanning(0, 1);

  private final Optional<LookupTable> modality;
  private final double slope;
  private final double intercept;
  private final Optional<Window> window;
  private final List<LookupTable> tables;
  private final Optional<LookupTable> presentation;
  private final boolean turned;
  private final double paddingLow;
  private final double paddingHigh;

  private DisplayTransform(Attributes image, int frame) {
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
    this.tables =
        FunctionalGroups.holder(image, frame, Tag.FrameVOILUTSequence, Tag.VOILUTSequence).stream()
            .flatMap(item -> item.items(Tag.VOILUTSequence).stream())
            .flatMap(item -> LookupTable.of(item, negative).stream())
            .toList();
    this.presentation =
        image.item(Tag.PresentationLUTSequence).flatMap(item -> LookupTable.of(item, false));
    this.turned = presentation.isEmpty() && isTurned(image);
    double low = padding(image, signed, Tag.PixelPaddingValue, Tag.FloatPixelPaddingValue,
        Tag.DoubleFloatPixelPaddingValue);
    double limit = padding(image, signed, Tag.PixelPaddingRangeLimit,
        Tag.FloatPixelPaddingRangeLimit, Tag.DoubleFloatPixelPaddingRangeLimit);
    double high = Double.isNaN(limit) ? low : limit;
    this.paddingLow = Math.min(low, high);
    this.paddingHigh = Math.max(low, high);
  }

  private DisplayTransform(
      DisplayTransform of, Optional<Window> window, List<LookupTable> tables) {
    this.modality = of.modality;
    this.slope = of.slope;
    this.intercept = of.intercept;
    this.window = window;
    this.tables = tables;
    this.presentation = of.presentation;
    this.turned = of.turned;
    this.paddingLow = of.paddingLow;
    this.paddingHigh = of.paddingHigh;
  }

  /** The shape, where stated, is what the writer wants done (PS3.3 C.11.6.1.2). */
  private static boolean isTurned(Attributes image) {
    return image
        .string(Tag.PresentationLUTShape)
        .map(shape -> shape.equals("INVERSE"))
        .orElseGet(
            () ->
                image
                    .string(Tag.PhotometricInterpretation)
                    .filter(name -> name.equals("MONOCHROME1"))
                    .isPresent());
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
    return new DisplayTransform(image, frame);
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
    Window spread = window.isEmpty() && tables.isEmpty() ? range(frame) : NO_WINDOW;
    return ToneCurve.of(frame, stored -> brightness(stored, spread));
  }

  /** The same transformation with another choice of what is shown. */
  DisplayTransform with(VoiChoice choice) {
    return switch (choice) {
      case VoiChoice.First first -> this;
      case VoiChoice.Range range -> new DisplayTransform(this, Optional.empty(), List.of());
      case VoiChoice.Own(Window own) -> new DisplayTransform(this, Optional.of(own), List.of());
      case VoiChoice.Table(int number) when number >= 1 && number <= tables.size() ->
          new DisplayTransform(this, Optional.empty(), List.of(tables.get(number - 1)));
      case VoiChoice.Table table -> this;
    };
  }

  private double brightness(double stored, Window spread) {
    if (isPadding(stored) || Double.isNaN(stored)) {
      return 0;
    }
    double value = modalityValue(stored);
    double bright;
    if (window.isPresent()) {
      bright = window.get().brightness(value);
    } else if (!tables.isEmpty()) {
      bright = tables.getFirst().scaled(value);
    } else {
      bright = spread.brightness(value);
    }
    if (presentation.isPresent()) {
      // Its input is the whole output range of what is before it (PS3.3 C.11.6.1.1).
      LookupTable table = presentation.get();
      return table.scaled(table.first() + bright * (table.entries().length - 1));
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
        double value = modalityValue(stored);
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
    return lowest > highest ? NO_WINDOW : Window.spanning(lowest, highest);
  }
}
