package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/**
 * The red, green and blue tables of an image (PS3.3 C.7.9), of 8 or 16 bits, plain or segmented.
 */
record Palette(LookupTable red, LookupTable green, LookupTable blue) {

  /**
   * The palette of a data set; empty if a table is missing or shorter than it claims.
   *
   * @param signed the stored values are signed
   */
  static Optional<Palette> of(Attributes image, boolean signed) {
    Optional<LookupTable> red =
        LookupTable.of(
            image,
            Tag.RedPaletteColorLookupTableDescriptor,
            Tag.RedPaletteColorLookupTableData,
            Tag.SegmentedRedPaletteColorLookupTableData,
            signed);
    Optional<LookupTable> green =
        LookupTable.of(
            image,
            Tag.GreenPaletteColorLookupTableDescriptor,
            Tag.GreenPaletteColorLookupTableData,
            Tag.SegmentedGreenPaletteColorLookupTableData,
            signed);
    Optional<LookupTable> blue =
        LookupTable.of(
            image,
            Tag.BluePaletteColorLookupTableDescriptor,
            Tag.BluePaletteColorLookupTableData,
            Tag.SegmentedBluePaletteColorLookupTableData,
            signed);
    return red.isPresent() && green.isPresent() && blue.isPresent()
        ? Optional.of(new Palette(red.get(), green.get(), blue.get()))
        : Optional.empty();
  }

  /** Whether a grey image marks its values from the palette's first one on as colours. */
  static boolean supplements(Attributes image) {
    String presentation = image.string(Tag.PixelPresentation).orElse("");
    return (presentation.equals("COLOR") || presentation.equals("MIXED"))
        && image.contains(Tag.RedPaletteColorLookupTableDescriptor);
  }

  /** The lowest value that the palette colours. */
  double first() {
    return red.first();
  }

  /**
   * Brightness, 0 to 1.
   *
   * @param channel 0 red, 1 green, 2 blue
   */
  float scaled(double value, int channel) {
    LookupTable table = channel == 0 ? red : channel == 1 ? green : blue;
    return (float) table.scaled(value);
  }
}
