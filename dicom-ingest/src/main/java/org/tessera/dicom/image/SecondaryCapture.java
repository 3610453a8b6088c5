package org.tessera.dicom.image;

import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/**
 * Makes secondary captures of frames: Secondary Capture Image (PS3.3 A.8.1) of one frame, or one of
 * the multi-frame objects (PS3.3 A.8.2 to A.8.5) of several: single bit, grey byte, grey word, true
 * colour. The same input gives the same data set: UIDs that are not given come from the content.
 */
public final class SecondaryCapture {
  private SecondaryCapture() {}

  /**
   * A data set of unsigned frames that are all alike: grey of 8 or 16 bits, or RGB of 8 bits.
   *
   * @param common patient, study, series and image attributes, which take precedence over the
   *     defaults; for example Patient ID, Study Instance UID, Window Center, Bits Stored
   * @throws IllegalArgumentException if there is no frame, they differ or have another form
   */
  public static Attributes of(List<StoredFrame> frames, Attributes common) {
    StoredFrame first = requireAlike(frames);
    if (first.signed() || first.real()
        || !(first.samples() == 1 && first.bits() <= 16)
            && !(first.samples() == 3 && first.bits() == 8)) {
      throw new IllegalArgumentException("Grey of 8 or 16 bits or RGB of 8 bits, unsigned.");
    }
    boolean several = frames.size() > 1;
    Attributes image =
        frame(frames, first.bits(), several ? multiFrame(first) : UID.SecondaryCaptureImageStorage);
    if (several && first.samples() == 1) {
      greyOfSeveralFrames(image);
    }
    finish(image, frames, common);
    byte[] pixels = joined(frames);
    return image.setBytes(Tag.PixelData, first.bits() == 16 ? VR.OW : VR.OB, pixels);
  }

  /**
   * A multi-frame data set of one bit per pixel (PS3.3 A.8.2), packed without a gap.
   *
   * @param frames of 8 bits per value, 0 or 1
   * @param common as for the other method
   */
  public static Attributes ofBits(List<StoredFrame> frames, Attributes common) {
    StoredFrame first = requireAlike(frames);
    if (first.samples() != 1 || first.bits() != 8) {
      throw new IllegalArgumentException("Values of 0 or 1, a byte each.");
    }
    Attributes image = frame(frames, 1, UID.MultiFrameSingleBitSecondaryCaptureImageStorage);
    finish(image, frames, common);
    image.setInteger(Tag.BitsStored, VR.US, 1);
    image.setInteger(Tag.HighBit, VR.US, 0);
    return image.setBytes(
        Tag.PixelData, VR.OB, PackedBits.of(frames.stream().map(StoredFrame::data).toList()));
  }

  private static StoredFrame requireAlike(List<StoredFrame> frames) {
    if (frames.isEmpty()) {
      throw new IllegalArgumentException("No frame.");
    }
    StoredFrame first = frames.getFirst();
    for (StoredFrame frame : frames) {
      if (frame.rows() != first.rows()
          || frame.columns() != first.columns()
          || frame.samples() != first.samples()
          || frame.bits() != first.bits()) {
        throw new IllegalArgumentException("The frames are not alike.");
      }
    }
    return first;
  }

  private static String multiFrame(StoredFrame frame) {
    return frame.samples() == 3
        ? UID.MultiFrameTrueColorSecondaryCaptureImageStorage
        : frame.bits() == 8
            ? UID.MultiFrameGrayscaleByteSecondaryCaptureImageStorage
            : UID.MultiFrameGrayscaleWordSecondaryCaptureImageStorage;
  }

  private static Attributes frame(List<StoredFrame> frames, int bits, String type) {
    StoredFrame first = frames.getFirst();
    Attributes image = new Attributes();
    NewObject.describe(image, type, "OT");
    image.setString(Tag.ConversionType, VR.CS, "WSD");
    image.setString(Tag.ImageType, VR.CS, "DERIVED", "SECONDARY");
    image.setEmpty(Tag.PatientOrientation, VR.CS);
    image.setEmpty(Tag.Laterality, VR.CS);
    image.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    image.setInteger(Tag.SamplesPerPixel, VR.US, first.samples());
    image.setString(
        Tag.PhotometricInterpretation, VR.CS, first.samples() == 3 ? "RGB" : "MONOCHROME2");
    if (first.samples() == 3) {
      image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    }
    image.setInteger(Tag.Rows, VR.US, first.rows());
    image.setInteger(Tag.Columns, VR.US, first.columns());
    image.setInteger(Tag.BitsAllocated, VR.US, bits);
    image.setInteger(Tag.BitsStored, VR.US, bits);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    if (!type.equals(UID.SecondaryCaptureImageStorage)) {
      image.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(frames.size()));
    }
    if (frames.size() > 1) {
      // Frames are pages one after another (PS3.3 C.8.6.3.1, C.8.6.4).
      image.setInteger(Tag.FrameIncrementPointer, VR.AT, Tag.PageNumberVector);
      String[] pages = new String[frames.size()];
      for (int i = 0; i < pages.length; i++) {
        pages[i] = Integer.toString(i + 1);
      }
      image.setString(Tag.PageNumberVector, VR.IS, pages);
    }
    return image;
  }

  /** The grey scale of these objects is fixed (PS3.3 C.8.6.3.1). */
  private static void greyOfSeveralFrames(Attributes image) {
    image.setString(Tag.PresentationLUTShape, VR.CS, "IDENTITY");
    image.setString(Tag.RescaleIntercept, VR.DS, "0");
    image.setString(Tag.RescaleSlope, VR.DS, "1");
    image.setString(Tag.RescaleType, VR.LO, "US");
  }

  private static void finish(Attributes image, List<StoredFrame> frames, Attributes common) {
    NewObject.complete(image, common, frames.stream().map(StoredFrame::data).toList());
    image.setInteger(Tag.HighBit, VR.US, image.integer(Tag.BitsStored, 8) - 1);
  }

  private static byte[] joined(List<StoredFrame> frames) {
    int length = frames.getFirst().data().length;
    byte[] pixels = new byte[Math.multiplyExact(length, frames.size())];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i).data(), 0, pixels, i * length, length);
    }
    return pixels;
  }
}
