package org.tessera.runtime.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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
import org.tessera.dicom.image.EncodedFrames;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.Transcoder;
import org.tessera.dicom.json.DicomJson;
import org.tessera.runtime.store.InstanceHeader;

/**
 * An object to be given out (PS3.18 10.4).
 *
 * @param header what it is
 * @param size of its file in bytes
 * @param file where it is
 */
public record RetrievedInstance(InstanceHeader header, long size, Path file) {
  /** Binary values of at most so many bytes are written into metadata. */
  private static final int INLINE = 1024;

  private static final int BLOCK = 1 << 16;

  private static final String PATH = "[0-9A-F]{8}(/[1-9][0-9]{0,5}/[0-9A-F]{8}){0,16}";

  public String syntax() {
    return header.transferSyntaxUid();
  }

  /** Path below the service. */
  public String address() {
    return "/studies/%s/series/%s/instances/%s"
        .formatted(
            header.studyInstanceUid(), header.seriesInstanceUid(), header.sopInstanceUid());
  }

  /** Something that is known to be there and can be written. */
  @FunctionalInterface
  public interface Writing {
    /** Writes it; the stream is not closed. */
    void to(OutputStream out) throws IOException;

    /** Bytes that it has, if that is known without writing it; else -1. */
    default long length() {
      return -1;
    }
  }

  private record StoredFile(Path file, long length) implements Writing {
    @Override
    public void to(OutputStream out) throws IOException {
      if (out instanceof ChannelOutput channels) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          channels.write(channel, length);
        }
      } else {
        Files.copy(file, out);
      }
    }
  }

  /**
   * The Part 10 file, as it is stored or transcoded.
   *
   * @throws RejectedInputException with one sentence, if it cannot be given in that syntax
   */
  public Writing partTen(String syntax) throws IOException, RejectedInputException {
    if (syntax.equals(syntax())) {
      return new StoredFile(file, size);
    }
    DicomFile made;
    try {
      made = new Transcoder(syntax, ParseLimits.standard()).transcode(DicomFile.read(file));
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("That transfer syntax is not written here.");
    }
    // Not closed: the stream of the caller goes on.
    return out -> new DicomOutputStream(out).writeFile(made.meta(), made.dataset(), made.syntax());
  }

  /**
   * Writes the attributes in DICOM JSON, with the addresses of what is large.
   *
   * @param base address of the service, without a slash at the end
   */
  public void writeMetadata(Appendable out, String base)
      throws IOException, RejectedInputException {
    DicomJson.write(
        DicomFile.read(file).dataset(),
        out,
        INLINE,
        path -> base + address() + "/bulkdata/" + path);
  }

  /** Frames as they are stored, or decoded. */
  public interface Frames {
    /** Bytes of a frame, from 1. */
    byte[] frame(int number) throws RejectedInputException;

    /** How many there are. */
    int count();
  }

  /** The frames as they are stored. */
  public Frames storedFrames() throws IOException, RejectedInputException {
    EncodedFrames frames = EncodedFrames.of(DicomFile.read(file), ParseLimits.standard());
    return new Frames() {
      @Override
      public byte[] frame(int number) throws RejectedInputException {
        return frames.frame(number);
      }

      @Override
      public int count() {
        return frames.frames();
      }
    };
  }

  /** The frames as values, little endian, samples by pixel. */
  public Frames decodedFrames() throws IOException, RejectedInputException {
    if (!TransferSyntax.of(syntax()).encapsulated()) {
      return storedFrames();
    }
    PixelData pixels = PixelData.of(DicomFile.read(file), ParseLimits.standard());
    return new Frames() {
      @Override
      public byte[] frame(int number) throws RejectedInputException {
        return pixels.frame(number).data();
      }

      @Override
      public int count() {
        return pixels.frames();
      }
    };
  }

  /** True if frames are stored compressed. */
  public boolean isCompressed() {
    return TransferSyntax.of(syntax()).encapsulated();
  }

  /** The media type of a stored frame (PS3.18 8.7.3, table 8.7.3-5). */
  public String frameType() {
    return switch (syntax()) {
      case UID.JPEGBaseline8Bit, UID.JPEGExtended12Bit, UID.JPEGLossless, UID.JPEGLosslessSV1 ->
          "image/jpeg";
      case UID.RLELossless -> "image/dicom-rle";
      case UID.JPEGLSLossless, UID.JPEGLSNearLossless -> "image/jls";
      case UID.JPEG2000Lossless, UID.JPEG2000 -> "image/jp2";
      case UID.JPEG2000MCLossless, UID.JPEG2000MC -> "image/jpx";
      case UID.HTJ2KLossless, UID.HTJ2KLosslessRPCL, UID.HTJ2K -> "image/jphc";
      default -> "application/octet-stream";
    };
  }

  /**
   * A large value, by the path that the metadata gave; fragments come one after the other.
   *
   * @throws RejectedInputException with one sentence, if there is no such value
   */
  public Writing bulk(String path) throws IOException, RejectedInputException {
    if (!path.matches(PATH)) {
      throw new RejectedInputException("The address names no value.");
    }
    DicomFile read = DicomFile.read(file);
    Attributes at = read.dataset();
    String[] steps = path.split("/");
    for (int i = 0; i + 2 < steps.length; i += 2) {
      List<Attributes> items = at.items(Integer.parseUnsignedInt(steps[i], 16));
      int number = Integer.parseInt(steps[i + 1]);
      if (number > items.size()) {
        throw new RejectedInputException("There is no such value.");
      }
      at = items.get(number - 1);
    }
    int tag = Integer.parseUnsignedInt(steps[steps.length - 1], 16);
    Element element =
        at.element(tag).orElseThrow(() -> new RejectedInputException("There is no such value."));
    return switch (element.value()) {
      case Bytes bytes -> writing(List.of(littleEndian(bytes, read, tag)));
      case Fragments fragments -> writing(fragments.parts());
      case Sequence sequence ->
          throw new RejectedInputException("A sequence is no value that is given out alone.");
    };
  }

  private static Bytes littleEndian(Bytes bytes, DicomFile file, int tag) {
    boolean words =
        file.syntax().bigEndian()
            && tag == Tag.PixelData
            && file.dataset().integer(Tag.BitsAllocated, 8) > 8;
    return words ? bytes.asBigEndian(file.dataset().integer(Tag.BitsAllocated, 8) / 8) : bytes;
  }

  private static Writing writing(List<Bytes> values) {
    return out -> {
      byte[] block = new byte[BLOCK];
      for (Bytes value : values) {
        for (long at = 0; at < value.length(); at += BLOCK) {
          int count = (int) Math.min(BLOCK, value.length() - at);
          value.copy(at, block, 0, count);
          out.write(block, 0, count);
        }
      }
    };
  }
}
