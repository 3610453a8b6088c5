package org.tessera.dicom.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.codec.DeflatedFrameEncoder;
import org.tessera.dicom.codec.FrameEncoder;
import org.tessera.dicom.codec.JpegLsEncoder;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.RleEncoder;

/**
 * Writes objects in another transfer syntax: implicit, explicit or deflated little endian, RLE
 * lossless, JPEG-LS lossless and near-lossless, deflated image frames.
 *
 * <p>Decoded pixels are the same afterwards, but for JPEG-LS near-lossless, which makes a derived
 * image with a UID of its own. Colours keep their space as far as the destination has it: YBR_ICT
 * and YBR_RCT become RGB, subsampled YBR_FULL_422 becomes YBR_FULL and YBR_PARTIAL becomes RGB.
 * Samples are written by pixel (Planar Configuration 0). Every frame is one fragment. Frames are
 * handled one at a time. Encapsulated icons become native.
 */
public final class Transcoder {
  private static final int USUAL_NEAR = 2;
  private static final long MOST_IN_BASIC_TABLE = 0xFFFFFFFFL;

  private final TransferSyntax destination;
  private final ParseLimits limits;
  private int near = USUAL_NEAR;
  private boolean extendedOffsetTable;

  /**
   * A transcoder into a transfer syntax.
   *
   * @throws IllegalArgumentException if that syntax is not written
   */
  public Transcoder(String transferSyntaxUid, ParseLimits limits) {
    this.destination = TransferSyntax.of(transferSyntaxUid);
    this.limits = limits;
    if (destination.bigEndian() || destination.encapsulated() && encoder().isEmpty()) {
      throw new IllegalArgumentException(
          "Transfer syntax %s is not written.".formatted(destination.uid()));
    }
  }

  /** Sets the largest difference of a JPEG-LS near-lossless value, 1 to 255; 2 unless set. */
  public Transcoder setNearLossless(int near) {
    if (near < 1 || near > 255) {
      throw new IllegalArgumentException("The largest difference is 1 to 255.");
    }
    this.near = near;
    return this;
  }

  /**
   * Asks for the Extended Offset Table (7FE0,0001) instead of the Basic Offset Table; it is written
   * anyhow where offsets have more than 32 bits.
   */
  public Transcoder setExtendedOffsetTable(boolean extended) {
    this.extendedOffsetTable = extended;
    return this;
  }

  private boolean isLossy() {
    return destination.uid().equals(UID.JPEGLSNearLossless);
  }

  private Optional<FrameEncoder> encoder() {
    return switch (destination.uid()) {
      case UID.RLELossless -> Optional.of(new RleEncoder());
      case UID.DeflatedImageFrameCompression -> Optional.of(new DeflatedFrameEncoder());
      case UID.JPEGLSLossless -> Optional.of(new JpegLsEncoder());
      case UID.JPEGLSNearLossless ->
          Optional.of(new JpegLsEncoder(near, JpegLsEncoder.Interleave.LINE));
      default -> Optional.empty();
    };
  }

  /** Transcodes a file into another; the target is replaced if it is there. */
  public void transcode(Path source, Path target) throws IOException, RejectedInputException {
    DicomFile file = transcode(DicomFile.read(source, limits));
    try (DicomOutputStream out =
        new DicomOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      out.writeFile(file.meta(), file.dataset(), file.syntax());
    }
  }

  /**
   * Transcodes an object. The source is not changed; the result shares its values.
   *
   * @throws RejectedInputException with one sentence, if the pixels cannot be decoded or their
   *     shape does not fit the destination
   */
  public DicomFile transcode(DicomFile source) throws IOException, RejectedInputException {
    Attributes image = withNativeIcons(source.dataset(), source);
    boolean integers = image.contains(Tag.PixelData);
    if (integers) {
      pixels(source, image);
    } else if (destination.encapsulated()) {
      throw new RejectedInputException(
          hasPixels(image)
              ? "Floating point pixels are not compressed."
              : "The DICOM file has no pixel data.");
    }
    return new DicomFile(meta(source.meta(), image), image, destination);
  }

  /** A DICOMDIR and some damaged objects are named in the meta information only. */
  private Attributes meta(Attributes source, Attributes image) {
    Attributes meta = DicomOutputStream.meta(image, destination);
    for (int tag : new int[] {Tag.MediaStorageSOPClassUID, Tag.MediaStorageSOPInstanceUID}) {
      if (!meta.containsValue(tag)) {
        source.element(tag).ifPresent(meta::set);
      }
    }
    return meta;
  }

  private static boolean hasPixels(Attributes image) {
    return image.contains(Tag.FloatPixelData) || image.contains(Tag.DoubleFloatPixelData);
  }

  private void pixels(DicomFile source, Attributes image)
      throws IOException, RejectedInputException {
    PixelData pixels = PixelData.of(source, limits);
    Optional<FrameEncoder> encoder = encoder();
    if (encoder.isEmpty()
        && source.dataset().bytes(Tag.PixelData).isPresent()
        && !source.syntax().bigEndian()) {
      return;
    }
    CodedFrames frames = new CodedFrames(pixels, source.syntax().encapsulated());
    if (isLossy() && frames.format().isPalette()) {
      throw new RejectedInputException("Indices of a palette are not compressed with loss.");
    }
    image.remove(Tag.ExtendedOffsetTable);
    image.remove(Tag.ExtendedOffsetTableLengths);
    image.remove(Tag.EncapsulatedPixelDataValueTotalLength);
    frames.describe(image);
    try (FrameSpool spool = new FrameSpool()) {
      if (encoder.isPresent()) {
        compress(frames, encoder.get(), spool, image);
      } else {
        expand(frames, spool, image);
      }
    }
  }

  private void compress(
      CodedFrames frames, FrameEncoder encoder, FrameSpool spool, Attributes image)
      throws IOException, RejectedInputException {
    PixelFormat format = frames.format();
    long before = 0;
    for (int number = 1; number <= format.frames(); number++) {
      byte[] cells = frames.cells(number);
      byte[] code = encoder.encode(cells, format);
      before += cells.length;
      spool.add(code, code.length);
    }
    if (isLossy()) {
      LossyCompression.describe(image, (double) before / spool.size(), "ISO_14495_1");
    }
    encapsulate(spool, image);
  }

  /** Basic or Extended Offset Table and one fragment per frame (PS3.5 A.4, PS3.3 C.7.6.3.1.8). */
  private void encapsulate(FrameSpool spool, Attributes image) throws IOException {
    Bytes all = spool.bytes();
    List<Bytes> parts = new ArrayList<>();
    List<Long> lengths = spool.lengths();
    long[] offsets = new long[lengths.size()];
    long at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at + 8L * i;
      parts.add(all.slice(at, lengths.get(i)));
      at += lengths.get(i);
    }
    boolean extended = extendedOffsetTable || offsets[offsets.length - 1] > MOST_IN_BASIC_TABLE;
    byte[] basic = {};
    if (extended) {
      image.setBytes(Tag.ExtendedOffsetTable, VR.OV, words(offsets, 8));
      image.setBytes(
          Tag.ExtendedOffsetTableLengths,
          VR.OV,
          words(lengths.stream().mapToLong(Long::longValue).toArray(), 8));
    } else {
      basic = words(offsets, 4);
    }
    image.set(new Element(Tag.PixelData, VR.OB, new Fragments(Bytes.of(basic), parts)));
  }

  private static byte[] words(long[] values, int width) {
    byte[] bytes = new byte[values.length * width];
    for (int i = 0; i < values.length; i++) {
      for (int b = 0; b < width; b++) {
        bytes[i * width + b] = (byte) (values[i] >>> 8 * b);
      }
    }
    return bytes;
  }

  private static void expand(CodedFrames frames, FrameSpool spool, Attributes image)
      throws IOException, RejectedInputException {
    PixelFormat format = frames.format();
    PackedBits bits = new PackedBits();
    for (int number = 1; number <= format.frames(); number++) {
      byte[] cells = frames.cells(number);
      byte[] stored = format.bitsAllocated() == 1 ? bits.add(cells) : cells;
      spool.add(stored, stored.length);
    }
    byte[] rest = bits.rest();
    spool.add(rest, rest.length);
    if (spool.size() % 2 == 1) {
      spool.add(new byte[1], 1);
    }
    VR vr = format.bitsAllocated() > 8 ? VR.OW : VR.OB;
    image.set(new Element(Tag.PixelData, vr, spool.bytes()));
  }

  /** A copy of a data set; encapsulated pixels inside of sequences are decoded. */
  private Attributes withNativeIcons(Attributes dataset, DicomFile source)
      throws IOException, RejectedInputException {
    Attributes copy = new Attributes().addAll(dataset);
    for (Element element : dataset) {
      if (element.value() instanceof Sequence sequence && holdsFragments(sequence)) {
        Sequence changed = copy.newSequence(element.tag());
        for (Attributes item : sequence) {
          Attributes plain = changed.add(withNativeIcons(item, source));
          if (holdsFragments(item)) {
            DicomFile icon = new DicomFile(source.meta(), item, source.syntax());
            CodedFrames frames = new CodedFrames(PixelData.of(icon, limits), true);
            frames.describe(plain);
            try (FrameSpool spool = new FrameSpool()) {
              expand(frames, spool, plain);
            }
          }
        }
      }
    }
    return copy;
  }

  private static boolean holdsFragments(Attributes item) {
    return item.element(Tag.PixelData)
        .filter(pixels -> pixels.value() instanceof Fragments)
        .isPresent();
  }

  private static boolean holdsFragments(Sequence sequence) {
    for (Attributes item : sequence) {
      if (holdsFragments(item)) {
        return true;
      }
      for (Element element : item) {
        if (element.value() instanceof Sequence inner && holdsFragments(inner)) {
          return true;
        }
      }
    }
    return false;
  }
}
