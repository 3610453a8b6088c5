package org.tessera.dicom.hostile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomDirectory;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.codec.DeflatedFrameDecoder;
import org.tessera.dicom.codec.FrameDecoder;
import org.tessera.dicom.codec.JpegDecoder;
import org.tessera.dicom.codec.JpegLsDecoder;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.RleDecoder;
import org.tessera.dicom.json.DicomJson;
import org.tessera.dicom.json.DicomJsonReader;
import org.tessera.dicom.net.NetSamples;
import org.tessera.dicom.xml.DicomXmlReader;
import org.tessera.dicom.xml.DicomXmlWriter;

/**
 * What Jazzer calls, one nested class per target (decision 013 says how). Anything that is thrown
 * but a refusal is a finding. The normal build feeds them the seeds that are checked in.
 */
public final class FuzzTargets {
  /** Rows, columns, samples, allocated bits, stored bits, flags; the code follows. */
  static final int SHAPE = 6;

  private FuzzTargets() {}

  /** A data set, with or without preamble, and its JSON. */
  public static final class DataSet {
    private DataSet() {}

    public static void fuzzerTestOneInput(byte[] input) {
      try {
        DicomFile file = DicomFile.read(input, ParseLimits.standard());
        DicomJson.write(file.dataset());
      } catch (RejectedInputException e) {
        Reading.requireSentence(e.sentence());
      }
    }
  }

  /** A whole file read in every way. */
  public static final class WholeFile {
    private WholeFile() {}

    public static void fuzzerTestOneInput(byte[] input) {
      Reading.of(input);
    }
  }

  /** A slide in a TIFF file. */
  public static final class Tiff {
    private Tiff() {}

    public static void fuzzerTestOneInput(byte[] input) {
      byte[] tiff = input.clone();
      if (tiff.length > 8) {
        byte mark = (byte) (tiff[0] == 'M' ? 'M' : 'I');
        tiff[0] = mark;
        tiff[1] = mark;
        Reading.of(tiff);
      }
    }
  }

  /** A deflated data set, behind a header of its own. */
  public static final class Deflated {
    private Deflated() {}

    public static void fuzzerTestOneInput(byte[] input) {
      byte[] header = Samples.deflatedHeader();
      byte[] file = Arrays.copyOf(header, header.length + input.length);
      System.arraycopy(input, 0, file, header.length, input.length);
      DataSet.fuzzerTestOneInput(file);
    }
  }

  /** A DICOMDIR. */
  public static final class Directory {
    private Directory() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      Path file = Files.createTempFile("fuzz", "DICOMDIR");
      try {
        Files.write(file, input);
        for (Path listed : DicomDirectory.read(file, ParseLimits.standard()).files()) {
          if (!listed.toRealPath().startsWith(file.toRealPath().getParent())) {
            throw new AssertionError("Outside of the folder");
          }
        }
      } catch (RejectedInputException e) {
        Reading.requireSentence(e.sentence());
      } finally {
        Files.delete(file);
      }
    }
  }

  /** The DICOM JSON model; what is read of it can be written in every form and read again. */
  public static final class Json {
    private Json() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      try {
        String text = new String(input, StandardCharsets.UTF_8);
        again(DicomJsonReader.read(new StringReader(text), ParseLimits.standard()));
      } catch (RejectedInputException e) {
        Reading.requireSentence(e.sentence());
      }
    }
  }

  /** The Native DICOM Model in XML, likewise. */
  public static final class Xml {
    private Xml() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
      try {
        again(
            DicomXmlReader.read(new ByteArrayInputStream(input), ParseLimits.standard()));
      } catch (RejectedInputException e) {
        Reading.requireSentence(e.sentence());
      }
    }
  }

  private static void again(Attributes dataset) throws IOException {
    ParseLimits limits = ParseLimits.standard();
    String json = DicomJson.write(dataset);
    String xml = DicomXmlWriter.write(dataset);
    try {
      DicomJsonReader.read(new StringReader(json), limits);
      DicomXmlReader.read(
          new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), limits);
      if (!dataset.isEmpty()) {
        DicomFile.read(Samples.file(dataset, TransferSyntax.EXPLICIT_LITTLE), limits);
      }
    } catch (RejectedInputException e) {
      throw new AssertionError("What was read cannot be read again: " + e.sentence(), e);
    }
  }

  /** RLE. */
  public static final class Rle {
    private Rle() {}

    public static void fuzzerTestOneInput(byte[] input) {
      decode(input, new RleDecoder());
    }
  }

  /** JPEG: baseline, extended, lossless. */
  public static final class Jpeg {
    private Jpeg() {}

    public static void fuzzerTestOneInput(byte[] input) {
      decode(input, new JpegDecoder());
    }
  }

  /** JPEG-LS. */
  public static final class JpegLs {
    private JpegLs() {}

    public static void fuzzerTestOneInput(byte[] input) {
      decode(input, new JpegLsDecoder());
    }
  }

  /** Deflated frames. */
  public static final class DeflatedFrame {
    private DeflatedFrame() {}

    public static void fuzzerTestOneInput(byte[] input) {
      decode(input, new DeflatedFrameDecoder());
    }
  }

  /** What a peer sends in an association. */
  public static final class Pdu {
    private Pdu() {}

    public static void fuzzerTestOneInput(byte[] input) {
      NetSamples.converse(input);
    }
  }

  /** What a peer asks for in storage commitment, as the data of an N-ACTION. */
  public static final class Action {
    private Action() {}

    public static void fuzzerTestOneInput(byte[] input) {
      NetSamples.act(input);
    }
  }

  private static void decode(byte[] input, FrameDecoder decoder) {
    if (input.length < SHAPE) {
      return;
    }
    int samples = List.of(1, 3, 4).get((input[2] & 0xFF) % 3);
    int allocated = List.of(8, 16, 32, 1).get((input[3] & 0xFF) % 4);
    int stored = 1 + (input[4] & 0xFF) % allocated;
    PixelFormat format =
        new PixelFormat(
            1 + (input[0] & 0xFF),
            1 + (input[1] & 0xFF),
            samples,
            1,
            allocated,
            stored,
            stored - 1,
            (input[5] & 1) == 1,
            samples == 1 ? "MONOCHROME2" : "RGB",
            samples > 1 && (input[5] & 2) == 2,
            false);
    try {
      byte[] frame = decoder.decode(Arrays.copyOfRange(input, SHAPE, input.length), format);
      int expected = format.rows() * format.columns() * samples * format.valueBytes();
      if (frame.length != expected) {
        throw new AssertionError(frame.length + " bytes instead of " + expected);
      }
    } catch (RejectedInputException e) {
      Reading.requireSentence(e.sentence());
    }
  }
}
