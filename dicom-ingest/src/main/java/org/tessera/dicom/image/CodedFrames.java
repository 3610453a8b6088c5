package org.tessera.dicom.image;

import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.codec.PixelFormat;

/** The frames of an image as they are written again, and their shape. */
final class CodedFrames {
  private final PixelData pixels;
  private final PixelFormat format;
  private final boolean turnedToRgb;
  private final boolean extended;

  /**
   * Frames that were read.
   *
   * @param decompressed they come from a compressed stream, whose cells have no sign
   */
  CodedFrames(PixelData pixels, boolean decompressed) {
    PixelFormat source = pixels.format();
    this.pixels = pixels;
    this.turnedToRgb = source.photometric().startsWith("YBR_PARTIAL");
    this.extended = decompressed && source.signed() && !source.isYbr();
    this.format =
        new PixelFormat(
            source.rows(),
            source.columns(),
            source.samples(),
            source.frames(),
            source.bitsAllocated(),
            source.bitsStored(),
            extended ? source.bitsStored() - 1 : source.highBit(),
            source.signed(),
            pixels.readsRgb() || turnedToRgb ? "RGB" : photometric(source),
            false,
            source.real());
  }

  private static String photometric(PixelFormat source) {
    // Decoded frames have a colour difference for every pixel.
    return source.photometric().equals("YBR_FULL_422") ? "YBR_FULL" : source.photometric();
  }

  PixelFormat format() {
    return format;
  }

  /** The cells of a frame, counted from 1; see {@link PixelData#cells}. */
  byte[] cells(int number) throws RejectedInputException {
    return turnedToRgb || extended ? pixels.frame(number).data() : pixels.cells(number);
  }

  /** Sets what the shape changes in the data set. */
  void describe(Attributes image) {
    if (image.containsValue(Tag.PhotometricInterpretation)) {
      image.setString(Tag.PhotometricInterpretation, VR.CS, format.photometric());
    }
    if (format.samples() > 1) {
      image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    }
    if (image.containsValue(Tag.HighBit)) {
      image.setInteger(Tag.HighBit, VR.US, format.highBit());
    }
  }
}
