package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.dicom.codec.DeflatedFrameDecoder;
import org.tessera.dicom.codec.FrameDecoder;
import org.tessera.dicom.codec.JpegDecoder;
import org.tessera.dicom.codec.JpegLsDecoder;
import org.tessera.dicom.codec.JpegLsEncoder;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.RleDecoder;
import org.tessera.dicom.codec.RleEncoder;
import org.tessera.dicom.deidentify.ConfidentialityOption;
import org.tessera.dicom.deidentify.Deidentifier;
import org.tessera.dicom.deidentify.Pseudonyms;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.json.DicomJsonReader;
import org.tessera.dicom.xml.DicomXmlReader;

/**
 * Classes of published advisories, one named test each, beside those of {@code AdvisoriesTest}
 * (depth, lengths, DICOMDIR, dimensions, palettes, deflate), {@code HostileFilesTest} (preamble,
 * fragments), {@code DicomXmlTest} (entities), {@code HostileJpeg2000Test} and
 * {@code TiffFormsTest}.
 */
class AdvisoryClassesTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final int DEEP = 100_000;

  private static void assertRefused(Executable reading) {
    Assertions.assertTimeoutPreemptively(
        SHORT,
        () ->
            assertThatThrownBy(reading::execute)
                .isInstanceOf(RejectedInputException.class)
                .satisfies(e -> assertThat(e.getMessage()).matches(TestData::isOneSentence)));
  }

  @Test
  void jsonNested100000DeepIsRefused() {
    for (String unit :
        List.of(
            "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[",
            "[",
            "{\"00081140\":",
            "{\"00081140\":{\"Value\":[")) {
      String deep = unit.repeat(DEEP);
      assertRefused(() -> DicomJsonReader.read(new StringReader(deep), LIMITS));
    }
    String inValue =
        "{\"00081140\":{\"vr\":\"SQ\",\"Value\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}}";
    assertRefused(() -> DicomJsonReader.read(new StringReader(inValue), LIMITS));
  }

  @Test
  void xmlNested100000DeepIsRefused() {
    String item = "<DicomAttribute tag=\"00081140\" vr=\"SQ\"><Item number=\"1\">";
    for (String unit : List.of(item, "<a>", "<NativeDicomModel>", "<DicomAttribute>", "<!--")) {
      for (String root : List.of("", "<NativeDicomModel>")) {
        byte[] deep = (root + unit.repeat(DEEP)).getBytes(StandardCharsets.UTF_8);
        assertRefused(() -> DicomXmlReader.read(new ByteArrayInputStream(deep), LIMITS));
      }
    }
  }

  @Test
  void aUidThatIsAPathNeverNamesAFile(@TempDir Path folder) throws IOException {
    Path out = Files.createDirectories(folder.resolve("a").resolve("out"));
    Path in = Files.createDirectories(folder.resolve("a").resolve("in"));
    List<String> uids =
        List.of(
            "../../x", "..", ".", "/etc/x", folder.resolve("y").toString(), "..\\..\\x", "C:\\x",
            "1.2/../../../x", "1.2.3\0/../x", "CON", "1.2:x", "~/x", "1." + "2".repeat(1000),
            "1.2.\n3", "%2e%2e%2fx", "a".repeat(300));
    for (Set<ConfidentialityOption> options :
        List.of(
            EnumSet.noneOf(ConfidentialityOption.class),
            EnumSet.of(ConfidentialityOption.RETAIN_UIDS))) {
      Deidentifier deidentifier =
          new Deidentifier(options, new Pseudonyms(new byte[32]), out, LIMITS);
      for (String uid : uids) {
        Attributes image = Samples.image(2, 2);
        image.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
        for (int tag :
            new int[] {
              Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPClassUID
            }) {
          image.setBytes(tag, VR.UI, uid.getBytes(StandardCharsets.ISO_8859_1));
        }
        Path file = in.resolve("in.dcm");
        Files.write(file, Samples.file(image, TransferSyntax.EXPLICIT_LITTLE));
        if (deidentifier.clean(file) instanceof Deidentifier.Written written) {
          String name = String.valueOf(written.file().getFileName());
          assertThat(written.file().toRealPath().getParent()).isEqualTo(out.toRealPath());
          assertThat(name).endsWith(".dcm").matches(n -> UidDictionary.isValid(stem(n)));
        }
      }
    }
    try (Stream<Path> everything = Files.walk(folder)) {
      assertThat(everything.filter(Files::isRegularFile))
          .isNotEmpty()
          .allMatch(file -> file.startsWith(out) || file.endsWith("in.dcm"));
    }
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - ".dcm".length());
  }

  private static PixelFormat format(int rows, int columns, int bits) {
    return new PixelFormat(
        rows, columns, 1, 1, bits, bits, bits - 1, false, "MONOCHROME2", false, false);
  }

  private static int size(PixelFormat format) {
    return format.rows() * format.columns() * format.valueBytes();
  }

  /** All cuts but of the last bytes are refused: a picture is whole or it is none. */
  private static void assertEveryCutIsRefused(
      FrameDecoder decoder, byte[] code, int needed, PixelFormat format)
      throws RejectedInputException {
    assertThat(decoder.decode(code, format)).hasSize(size(format));
    for (int end = 0; end < needed; end++) {
      byte[] cut = Arrays.copyOf(code, end);
      try {
        decoder.decode(cut, format);
        throw new AssertionError("A stream of %d cut after %d".formatted(code.length, end));
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence);
      }
    }
  }

  @Test
  void jpegLsCutAtEveryByteIsRefused() throws RejectedInputException {
    for (int bits : new int[] {8, 16}) {
      PixelFormat format = format(13, 17, bits);
      byte[] cells = new byte[size(format)];
      new Random(bits).nextBytes(cells);
      byte[] code = new JpegLsEncoder().encode(cells, format);
      // The end marker, and a last byte of padding, say nothing of the picture.
      assertEveryCutIsRefused(new JpegLsDecoder(), code, code.length - 4, format);
    }
  }

  @Test
  void rleCutAtEveryByteIsRefused() throws RejectedInputException {
    for (int bits : new int[] {8, 16}) {
      PixelFormat format = format(13, 17, bits);
      byte[] cells = new byte[size(format)];
      new Random(bits).nextBytes(cells);
      byte[] code = new RleEncoder().encode(cells, format);
      assertEveryCutIsRefused(new RleDecoder(), code, code.length - 1, format);
    }
  }

  @Test
  void aTinyStreamThatClaimsFourGigapixelsIsRefusedBeforeItIsAllocated() {
    byte[] edge = {-1, -1, -1, -1};
    for (int marker : new int[] {0xC0, 0xC1, 0xC3, 0xF7}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {-1, -40, -1, (byte) marker, 0, 11, 8});
      out.writeBytes(edge);
      out.writeBytes(new byte[] {1, 1, 17, 0, -1, -38, 0, 8, 1, 1, 0, 0, 0, 0, 1, 2, 3, -1, -39});
      FrameDecoder decoder = marker == 0xF7 ? new JpegLsDecoder() : new JpegDecoder();
      assertRefused(() -> decoder.decode(out.toByteArray(), format(16, 16, 8)));
    }
  }

  @Test
  void aDeflatedFrameThatGrowsWithoutEndCostsOneFrame()
      throws IOException, RejectedInputException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, new Deflater(9, true))) {
      for (int i = 0; i < 100; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    assertThat(bomb.size()).isLessThan(1 << 18);
    byte[] frame = new DeflatedFrameDecoder().decode(bomb.toByteArray(), format(16, 16, 8));
    assertThat(frame).hasSize(16 * 16);
  }

  @Test
  void numbersOfFramesAtTheEdgesOf32And64BitsAreRefused() {
    for (String frames :
        List.of(
            "2147483647", "2147483648", "4294967295", "4294967296", "4294967297", "-2147483648",
            "9223372036854775807", "18446744073709551617", "1e9", "-1")) {
      Attributes image = Samples.image(65_535, 1);
      image.setInteger(Tag.Columns, VR.US, 65_535);
      image.setBytes(Tag.NumberOfFrames, VR.IS, frames.getBytes(StandardCharsets.US_ASCII));
      image.setBytes(Tag.PixelData, VR.OB, new byte[64]);
      DicomFile file = new DicomFile(new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE);
      assertRefused(() -> PixelData.of(file, LIMITS).frame(1));
    }
  }

  @Test
  void aMetaHeaderWithOddRepresentationsAndLengthsIsReadOrRefused() throws IOException {
    byte[] whole = Samples.file(Samples.image(2, 2), TransferSyntax.EXPLICIT_LITTLE);
    int meta = 132 + 12 + (whole[140] & 0xFF) + ((whole[141] & 0xFF) << 8);
    for (int at = 132; at < meta; at++) {
      reading(Arrays.copyOf(whole, at));
      for (String vr : List.of("SQ", "UN", "OB", "UT", "XX", "\0\0", "AT", "OV")) {
        byte[] odd = whole.clone();
        System.arraycopy(vr.getBytes(StandardCharsets.US_ASCII), 0, odd, at, 2);
        reading(odd);
      }
      for (int value : new int[] {0, 0x7F, 0xFF}) {
        byte[] lying = whole.clone();
        Arrays.fill(lying, at, Math.min(at + 4, meta), (byte) value);
        reading(lying);
      }
    }
  }

  private static void reading(byte[] bytes) throws IOException {
    FuzzTargets.DataSet.fuzzerTestOneInput(bytes);
  }
}
