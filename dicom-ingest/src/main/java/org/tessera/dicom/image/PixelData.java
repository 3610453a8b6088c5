package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.codec.DeflatedFrameDecoder;
import org.tessera.dicom.codec.FrameDecoder;
import org.tessera.dicom.codec.FrameMemory;
import org.tessera.dicom.codec.JpegDecoder;
import org.tessera.dicom.codec.JpegLsDecoder;
import org.tessera.dicom.codec.NativeFrames;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.RleDecoder;
import org.tessera.dicom.codec.child.Jpeg2000Decoder;
import org.tessera.dicom.codec.child.VideoFrames;

/**
 * The frames of an image object, decoded one at a time when asked for. Safe for use by several
 * threads; holds no decoded frame.
 */
public final class PixelData {
  private final PixelFormat format;

  /** The reader itself turns YBR into RGB. */
  private final boolean rgb;

  private final FrameReader reader;

  /** Reads the values of a frame, counted from 0, as coded. */
  private interface FrameReader {
    byte[] read(int index) throws RejectedInputException;

    /** The same, in memory of an earlier frame if that is of use. */
    default byte[] read(int index, FrameMemory memory) throws RejectedInputException {
      return read(index);
    }

    /** The same with YBR turned into RGB. */
    default byte[] readRgb(int index, PixelFormat format, FrameMemory memory)
        throws RejectedInputException {
      byte[] values = read(index, memory);
      Ybr.toRgb(values, format);
      return values;
    }
  }

  private record UncompressedFrames(NativeFrames frames) implements FrameReader {
    @Override
    public byte[] read(int index) {
      return frames.frame(index);
    }

    @Override
    public byte[] read(int index, FrameMemory memory) {
      return frames.frame(index, memory);
    }
  }

  /** JPEG frames; plain YBR becomes RGB while rows are written. */
  private record JpegFrames(
      JpegDecoder decoder, FrameFragments frames, PixelFormat format, long most)
      implements FrameReader {
    @Override
    public byte[] read(int index) throws RejectedInputException {
      return decoder.decode(frames.frame(index, most), format);
    }

    @Override
    public byte[] read(int index, FrameMemory memory) throws RejectedInputException {
      return decoder.decode(frames.frame(index, most), format, memory);
    }

    @Override
    public byte[] readRgb(int index, PixelFormat unused, FrameMemory memory)
        throws RejectedInputException {
      return decoder.decodeToRgb(frames.frame(index, most), format, memory);
    }
  }

  private PixelData(PixelFormat format, boolean rgb, FrameReader reader) {
    this.format = format;
    this.rgb = rgb;
    this.reader = reader;
  }

  /**
   * The pixel data of a file, checked for their shape but not yet decoded.
   *
   * @throws RejectedInputException if there are none, they are cut off, too large, or in a transfer
   *     syntax that is not decoded yet
   */
  public static PixelData of(DicomFile file, ParseLimits limits) throws RejectedInputException {
    Attributes image = file.dataset();
    Element element =
        image
            .element(Tag.PixelData)
            .or(() -> image.element(Tag.FloatPixelData))
            .or(() -> image.element(Tag.DoubleFloatPixelData))
            .orElseThrow(() -> new RejectedInputException("The DICOM file has no pixel data."));
    PixelFormat format = PixelFormat.of(image, limits);
    return switch (element.value()) {
      case Bytes bytes -> {
        NativeFrames frames = new NativeFrames(ordered(bytes, file, format), format);
        yield new PixelData(format, false, new UncompressedFrames(frames));
      }
      case Fragments fragments -> compressed(file, fragments, format, limits);
      case Sequence sequence ->
          throw new RejectedInputException("The pixel data are not readable as pixels.");
    };
  }

  /**
   * Big endian values of more than 8 bits are swapped as a whole, whatever VR holds them: so do the
   * writers that exist, though PS3.5 7.3 would swap OW by 16 bits only.
   */
  private static Bytes ordered(Bytes bytes, DicomFile file, PixelFormat format) {
    return file.syntax().bigEndian() && format.bitsAllocated() > 8
        ? bytes.asBigEndian(format.valueBytes())
        : bytes;
  }

  private static PixelData compressed(
      DicomFile file, Fragments fragments, PixelFormat format, ParseLimits limits)
      throws RejectedInputException {
    TransferSyntax syntax = file.syntax();
    if (isVideo(syntax)) {
      VideoFrames video = new VideoFrames(fragments.parts(), format);
      return new PixelData(format, true, video::frame);
    }
    FrameDecoder decoder =
        decoder(syntax)
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "Transfer syntax %s (%s) is not decoded yet."
                            .formatted(syntax.name(), syntax.uid())));
    FrameFragments frames = new FrameFragments(fragments, file.dataset(), format.frames());
    if (decoder instanceof JpegDecoder jpeg && (Ybr.isPlain(format) || !format.isYbr())) {
      FrameReader reader = new JpegFrames(jpeg, frames, format, limits.maxFrameBytes());
      return new PixelData(format, codecTurnsToRgb(format), reader);
    }
    return new PixelData(
        format,
        codecTurnsToRgb(format),
        index -> decoder.decode(frames.frame(index, limits.maxFrameBytes()), format));
  }

  /** True if pixels of that transfer syntax can be decoded: what is not, need not be received. */
  public static boolean isReadable(TransferSyntax syntax) {
    return switch (syntax.uid()) {
      case UID.ImplicitVRLittleEndian,
          UID.ExplicitVRLittleEndian,
          UID.ExplicitVRBigEndian,
          UID.DeflatedExplicitVRLittleEndian ->
          true;
      default -> isVideo(syntax) || decoder(syntax).isPresent();
    };
  }

  private static Optional<FrameDecoder> decoder(TransferSyntax syntax) {
    return switch (syntax.uid()) {
      case UID.RLELossless -> Optional.of(new RleDecoder());
      case UID.DeflatedImageFrameCompression -> Optional.of(new DeflatedFrameDecoder());
      case UID.JPEGBaseline8Bit,
          UID.JPEGExtended12Bit,
          UID.JPEGLossless,
          UID.JPEGLosslessSV1 ->
          Optional.of(new JpegDecoder());
      case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> Optional.of(new JpegLsDecoder());
      case UID.JPEG2000Lossless,
          UID.JPEG2000,
          UID.JPEG2000MCLossless,
          UID.JPEG2000MC,
          UID.HTJ2KLossless,
          UID.HTJ2KLosslessRPCL,
          UID.HTJ2K ->
          Optional.of(new Jpeg2000Decoder());
      default -> Optional.empty();
    };
  }

  /** MPEG-2, H.264 and HEVC, also in the forms that may be cut into fragments. */
  private static boolean isVideo(TransferSyntax syntax) {
    return switch (syntax.uid()) {
      case UID.MPEG2MPML,
          UID.MPEG2MPMLF,
          UID.MPEG2MPHL,
          UID.MPEG2MPHLF,
          UID.MPEG4HP41,
          UID.MPEG4HP41F,
          UID.MPEG4HP41BD,
          UID.MPEG4HP41BDF,
          UID.MPEG4HP422D,
          UID.MPEG4HP422DF,
          UID.MPEG4HP423D,
          UID.MPEG4HP423DF,
          UID.HEVCMP51,
          UID.HEVCM10P51 ->
          true;
      default -> false;
    };
  }

  public PixelFormat format() {
    return format;
  }

  /** Number of frames, at least 1. */
  public int frames() {
    return format.frames();
  }

  public int rows() {
    return format.rows();
  }

  public int columns() {
    return format.columns();
  }

  /** Photometric Interpretation of the decoded values: RGB where YBR was stored. */
  public String photometricInterpretation() {
    return format.isYbr() ? "RGB" : format.photometric();
  }

  /** True if the cells are RGB though the data set says YBR. */
  boolean readsRgb() {
    return rgb && format.isYbr();
  }

  /** RCT and ICT are parts of JPEG 2000, whose decoder undoes them (PS3.3 C.7.6.3.1.2). */
  private static boolean codecTurnsToRgb(PixelFormat format) {
    return format.photometric().equals("YBR_RCT") || format.photometric().equals("YBR_ICT");
  }

  /**
   * The pixel cells of a frame (PS3.5 8.1.1) with all their bits, interleaved, little endian,
   * colours as stored: where older files keep overlays.
   *
   * @param number from 1
   */
  byte[] cells(int number) throws RejectedInputException {
    requireFrame(number);
    return reader.read(number - 1);
  }

  private void requireFrame(int number) {
    if (number < 1 || number > format.frames()) {
      throw new IndexOutOfBoundsException("Frame %d of %d".formatted(number, format.frames()));
    }
  }

  /**
   * Decodes a frame.
   *
   * @param number from 1
   */
  public StoredFrame frame(int number) throws RejectedInputException {
    return frame(number, new FrameMemory());
  }

  /**
   * Decodes a frame for somebody who is done with it before the next one is read.
   *
   * @param number from 1
   * @param memory that may hold an earlier frame, which is then overwritten
   */
  public StoredFrame frame(int number, FrameMemory memory) throws RejectedInputException {
    requireFrame(number);
    boolean turned = format.isYbr() && !rgb;
    byte[] values =
        turned
            ? reader.readRgb(number - 1, format, memory)
            : reader.read(number - 1, memory);
    if (!turned && !format.real()) {
      StoredBits.align(values, format);
    }
    return new StoredFrame(
        format.rows(),
        format.columns(),
        format.samples(),
        format.valueBytes() * 8,
        format.signed(),
        format.real(),
        values);
  }
}
