package org.tessera.dicom.deidentify;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Element;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.StoredFrame;

/**
 * Clean Pixel Data (PS3.15 E.3.1): text found in a frame is blanked in that frame, text that stays
 * in place over a tenth of the frames in all of them. Frames in which something was blanked are
 * written uncompressed; an object without text keeps its pixel data as they are.
 */
final class PixelCleaner {

  /**
   * What was done.
   *
   * @param syntax how the data set has to be written
   * @param boxes regions blanked, over all frames
   * @param share part of all pixels that was blanked, 0 to 1
   */
  record Outcome(TransferSyntax syntax, int boxes, double share) {}

  private final ParseLimits limits;

  PixelCleaner(ParseLimits limits) {
    this.limits = limits;
  }

  /**
   * Blanks text.
   *
   * @param file the source
   * @param cleaned its cleaned data set, whose pixel data are replaced where text is found
   * @param scratch a file for the frames; mapped by the data set afterwards
   * @throws RejectedInputException if the pixels cannot be decoded
   */
  Outcome clean(DicomFile file, Attributes cleaned, Path scratch)
      throws IOException, RejectedInputException {
    PixelData pixels = PixelData.of(file, limits);
    if (pixels.format().bitsAllocated() == 1) {
      throw new RejectedInputException(
          "Pixels of a single bit are not searched for burned-in text.");
    }
    List<List<Box>> found = new ArrayList<>(pixels.frames());
    int[] seen = pixels.frames() > 1 ? new int[pixels.rows() * pixels.columns()] : new int[0];
    int boxes = 0;
    TextSearch search = new TextSearch(pixels.columns(), pixels.rows());
    for (int number = 1; number <= pixels.frames(); number++) {
      StoredFrame frame = pixels.frame(number);
      List<Box> here =
          search.find(GreyPictures.of(frame, file.dataset(), pixels.format(), number));
      boxes += here.size();
      found.add(here);
      count(mask(here, pixels), seen);
    }
    if (boxes == 0) {
      return new Outcome(file.syntax(), 0, 0);
    }
    long blanked = write(pixels, file.dataset(), found, seen, scratch);
    describe(pixels, cleaned, scratch);
    double all = (double) pixels.rows() * pixels.columns() * pixels.frames();
    return new Outcome(TransferSyntax.EXPLICIT_LITTLE, boxes, blanked / all);
  }

  private static boolean[] mask(List<Box> boxes, PixelData pixels) {
    boolean[] mask = new boolean[pixels.rows() * pixels.columns()];
    for (Box box : boxes) {
      for (int y = box.y(); y < box.bottom(); y++) {
        Arrays.fill(
            mask, y * pixels.columns() + box.x(), y * pixels.columns() + box.right(), true);
      }
    }
    return mask;
  }

  private static void count(boolean[] mask, int[] seen) {
    for (int i = 0; i < seen.length; i++) {
      seen[i] += mask[i] ? 1 : 0;
    }
  }

  private long write(
      PixelData pixels, Attributes image, List<List<Box>> found, int[] seen, Path scratch)
      throws IOException, RejectedInputException {
    int often = Math.max(2, pixels.frames() / 10);
    long blanked = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(scratch), 1 << 16)) {
      for (int number = 1; number <= pixels.frames(); number++) {
        StoredFrame frame = pixels.frame(number);
        boolean[] mask = mask(found.get(number - 1), pixels);
        for (int i = 0; i < seen.length; i++) {
          mask[i] |= seen[i] >= often;
        }
        byte[] data = frame.data().clone();
        blanked += blank(data, mask, darkest(frame, image, pixels, number));
        out.write(data);
      }
    }
    return blanked;
  }

  private static long blank(byte[] data, boolean[] mask, byte[] fill) {
    long blanked = 0;
    for (int pixel = 0; pixel < mask.length; pixel++) {
      if (mask[pixel]) {
        System.arraycopy(fill, 0, data, pixel * fill.length, fill.length);
        blanked++;
      }
    }
    return blanked;
  }

  /** The bytes of black, or of the darkest pixel that the frame has. */
  private static byte[] darkest(StoredFrame frame, Attributes image, PixelData pixels, int number)
      throws RejectedInputException {
    int width = frame.samples() * frame.bits() / 8;
    if (frame.samples() > 1) {
      return new byte[width];
    }
    byte[] grey = GreyPictures.of(frame, image, pixels.format(), number).getFirst();
    boolean turned = pixels.format().photometric().equals("MONOCHROME1");
    int darkest = 0;
    for (int i = 1; i < grey.length; i++) {
      int difference = (grey[i] & 0xFF) - (grey[darkest] & 0xFF);
      if (turned ? difference > 0 : difference < 0) {
        darkest = i;
      }
    }
    return Arrays.copyOfRange(frame.data(), darkest * width, (darkest + 1) * width);
  }

  private static void describe(PixelData pixels, Attributes cleaned, Path scratch)
      throws IOException {
    int bits = pixels.format().valueBytes() * 8;
    VR vr = bits == 8 ? VR.OB : VR.OW;
    int tag = Tag.PixelData;
    if (pixels.format().real()) {
      tag = bits == 32 ? Tag.FloatPixelData : Tag.DoubleFloatPixelData;
      vr = bits == 32 ? VR.OF : VR.OD;
    } else {
      cleaned.setInteger(Tag.HighBit, VR.US, pixels.format().bitsStored() - 1L);
    }
    cleaned.set(new Element(tag, vr, mapped(scratch)));
    cleaned.setInteger(Tag.BitsAllocated, VR.US, bits);
    cleaned.setString(
        Tag.PhotometricInterpretation, VR.CS, pixels.photometricInterpretation());
    if (pixels.format().samples() > 1) {
      cleaned.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    }
    cleaned.remove(Tag.ExtendedOffsetTable);
    cleaned.remove(Tag.ExtendedOffsetTableLengths);
  }

  static Bytes mapped(Path scratch) throws IOException {
    try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.READ)) {
      return Bytes.of(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
    }
  }
}
