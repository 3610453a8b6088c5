package org.tessera.dicom.image;

import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.codec.PixelFormat;

/**
 * The frames of an image object as they are stored: the bit stream of a compressed frame, the bytes
 * of a native one, little endian. Safe for use by several threads; holds no frame.
 */
public final class EncodedFrames {
  private final int frames;
  private final FrameBytes source;

  /** Reads a frame, counted from 0. */
  private interface FrameBytes {
    byte[] read(int index) throws RejectedInputException;
  }

  private EncodedFrames(int frames, FrameBytes source) {
    this.frames = frames;
    this.source = source;
  }

  /**
   * The frames of a file.
   *
   * @throws RejectedInputException if it has no pixels, or its frames cannot be told apart
   */
  public static EncodedFrames of(DicomFile file, ParseLimits limits)
      throws RejectedInputException {
    Attributes image = file.dataset();
    Element element =
        image
            .element(Tag.PixelData)
            .orElseThrow(() -> new RejectedInputException("The DICOM file has no pixel data."));
    PixelFormat format = PixelFormat.of(image, limits);
    return switch (element.value()) {
      case Bytes bytes -> {
        boolean swapped = file.syntax().bigEndian() && format.bitsAllocated() > 8;
        yield natively(swapped ? bytes.asBigEndian(format.valueBytes()) : bytes, format);
      }
      case Fragments fragments -> {
        FrameFragments parts = new FrameFragments(fragments, image, format.frames());
        yield new EncodedFrames(
            format.frames(), index -> parts.frame(index, limits.maxFrameBytes()));
      }
      case Sequence sequence ->
          throw new RejectedInputException("The pixel data are not readable as pixels.");
    };
  }

  private static EncodedFrames natively(Bytes bytes, PixelFormat format) {
    long bits =
        (long) format.rows() * format.columns() * format.samples() * format.bitsAllocated();
    return new EncodedFrames(
        format.frames(),
        index -> {
          long first = bits * index;
          if (first % Byte.SIZE != 0) {
            throw new RejectedInputException(
                "Frames of single bits that share bytes are not given one by one.");
          }
          long length = (bits + Byte.SIZE - 1) / Byte.SIZE;
          if (first / Byte.SIZE + length > bytes.length()) {
            throw new RejectedInputException("The pixel data end in the middle of the frame.");
          }
          return bytes.slice(first / Byte.SIZE, length).toArray();
        });
  }

  public int frames() {
    return frames;
  }

  /**
   * A frame.
   *
   * @param number from 1
   * @throws RejectedInputException if it is not there, or is cut off
   */
  public byte[] frame(int number) throws RejectedInputException {
    if (number < 1 || number > frames) {
      throw new RejectedInputException("There is no frame %d of %d.".formatted(number, frames));
    }
    return source.read(number - 1);
  }
}
