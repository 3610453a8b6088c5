package org.tessera.dicom.codec;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;

/**
 * The shape of the pixels of an object (PS3.3 C.7.6.3). All products of its numbers are checked
 * against the limits when it is made, so that they cannot overflow later.
 *
 * @param rows height, 1 to 65,535
 * @param columns width, 1 to 65,535
 * @param samples 1, 3 or 4 values per pixel
 * @param frames at least 1
 * @param bitsAllocated 1, 8, 16, 32 or 64
 * @param bitsStored bits of a value, at most {@code bitsAllocated}
 * @param highBit place of the highest of them
 * @param signed two's complement
 * @param photometric Photometric Interpretation
 * @param planar samples are stored plane by plane
 * @param real floating point pixel data (7FE0,0008) or (7FE0,0009)
 */
public record PixelFormat(
    int rows,
    int columns,
    int samples,
    int frames,
    int bitsAllocated,
    int bitsStored,
    int highBit,
    boolean signed,
    String photometric,
    boolean planar,
    boolean real) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}(?![0-9.])");

  public static PixelFormat of(Attributes image, ParseLimits limits) throws RejectedInputException {
    int rows = required(image, Tag.Rows, "number of rows");
    int columns = required(image, Tag.Columns, "number of columns");
    int samples = image.integer(Tag.SamplesPerPixel, 1);
    boolean real =
        image.contains(Tag.FloatPixelData) || image.contains(Tag.DoubleFloatPixelData);
    int allocated = image.integer(Tag.BitsAllocated, 0);
    int stored = real ? allocated : image.integer(Tag.BitsStored, allocated);
    int high = real ? stored - 1 : image.integer(Tag.HighBit, stored - 1);
    if (samples != 1 && samples != 3 && samples != 4) {
      throw new RejectedInputException(
          "The image has %d samples per pixel; 1, 3 or 4 are read.".formatted(samples));
    }
    if (allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32
        && allocated != 64) {
      throw new RejectedInputException(
          "The image has %d bits allocated; 1, 8, 16, 32 or 64 are read.".formatted(allocated));
    }
    if (stored < 1 || stored > allocated || high < stored - 1 || high >= allocated) {
      throw new RejectedInputException(
          "The image claims %d bits stored up to bit %d in %d bits allocated."
              .formatted(stored, high, allocated));
    }
    PixelFormat format =
        new PixelFormat(
            rows,
            columns,
            samples,
            frames(image, limits),
            allocated,
            stored,
            high,
            image.integer(Tag.PixelRepresentation, 0) == 1,
            image
                .string(Tag.PhotometricInterpretation)
                .orElse(samples == 1 ? "MONOCHROME2" : "RGB"),
            samples > 1 && image.integer(Tag.PlanarConfiguration, 0) == 1,
            real);
    if (format.frameBytes() > limits.maxFrameBytes()) {
      throw new RejectedInputException(
          "A frame of %d x %d pixels needs %,d bytes; at most %,d are decoded."
              .formatted(columns, rows, format.frameBytes(), limits.maxFrameBytes()));
    }
    return format;
  }

  private static int required(Attributes image, int tag, String name)
      throws RejectedInputException {
    int value = image.integer(tag, 0);
    if (value < 1 || value > 65_535) {
      throw new RejectedInputException("The image has no valid " + name + ".");
    }
    return value;
  }

  private static int frames(Attributes image, ParseLimits limits) throws RejectedInputException {
    if (!image.containsValue(Tag.NumberOfFrames)) {
      return 1;
    }
    OptionalInt frames = image.integer(Tag.NumberOfFrames);
    int number = frames.isPresent() ? frames.getAsInt() : leadingNumber(image);
    if (number < 1 || number > limits.maxFrames()) {
      throw new RejectedInputException(
          "The number of frames cannot be read, or is more than %,d."
              .formatted(limits.maxFrames()));
    }
    return number;
  }

  /** The digits that an integer string begins with ("1A" is 1), as DCMTK and GDCM read it. */
  private static int leadingNumber(Attributes image) {
    String text = image.string(Tag.NumberOfFrames).orElse("").strip();
    Matcher digits = DIGITS.matcher(text);
    return digits.lookingAt() ? Integer.parseInt(digits.group()) : 0;
  }

  /** Values of a frame: at most 65,535 x 65,535 x 4, which a long holds. */
  long frameValues() {
    return (long) rows * columns * samples;
  }

  /** Bytes of a decoded value: 1, 2, 4 or 8. */
  public int valueBytes() {
    return Math.max(1, bitsAllocated / 8);
  }

  /** Bytes of a decoded frame. */
  public long frameBytes() {
    return frameValues() * valueBytes();
  }

  public boolean isPalette() {
    return photometric.equals("PALETTE COLOR");
  }

  public boolean isYbr() {
    return samples == 3 && photometric.startsWith("YBR_");
  }
}
