package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomDirectory;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.PersonName;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.codec.FrameDecoder;
import org.tessera.dicom.codec.JpegLsDecoder;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.RleDecoder;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.StoredFrames;
import org.tessera.dicom.json.DicomJson;

/** Small files that ask for much: every test is a finding, or a class of attack, and its bound. */
class HostileFilesTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();
  private static final Duration SHORT = Duration.ofSeconds(10);

  /** Found by mutation 31,468: the text asked for the character set, which was that text. */
  @Test
  void aCharacterSetInATextVrDoesNotRecurse() throws RejectedInputException {
    for (VR vr : new VR[] {VR.LO, VR.PN, VR.UT, VR.UC, VR.SH}) {
      Attributes image = Samples.image(2, 2);
      image.setBytes(
          Tag.SpecificCharacterSet, vr, "ISO_IR 100".getBytes(StandardCharsets.US_ASCII));
      byte[] file = Samples.file(image, TransferSyntax.EXPLICIT_LITTLE);
      Attributes read = DicomFile.read(file, LIMITS).dataset();
      assertThat(read.string(Tag.PatientID)).as(vr.name()).contains("PLANTED-ID");
    }
  }

  /** Found by mutation 460: the order of the Golomb code overflowed and never came to an end. */
  @Test
  void noiseAsJpegLsEnds() {
    Random random = new Random(460);
    byte[] head = {
      -1, -40, -1, -9, 0, 11, 16, 0, 64, 0, 64, 1, 1, 17, 0, // SOI, SOF55: 16 bits, 64 x 64
      -1, -8, 0, 13, 1, -1, -1, 0, 0, 0, 0, 0, 0, -1, -1, // LSE: RESET 65,535
      -1, -38, 0, 8, 1, 1, 0, 0, 0, 0 // SOS
    };
    PixelFormat format = format(64, 64, 16);
    Assertions.assertTimeoutPreemptively(
        SHORT,
        () -> {
          for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[20_000];
            random.nextBytes(noise);
            for (int k = 0; k < noise.length; k++) {
              // Few ones make long codes, and no markers.
              noise[k] &= (byte) (i % 2 == 0 ? 1 << random.nextInt(7) : 0x7F);
            }
            byte[] code = Arrays.copyOf(head, head.length + noise.length);
            System.arraycopy(noise, 0, code, head.length, noise.length);
            decodeOrRefuse(new JpegLsDecoder(), code, format);
          }
        });
  }

  private static PixelFormat format(int rows, int columns, int bits) {
    return new PixelFormat(
        rows, columns, 1, 1, bits, bits, bits - 1, false, "MONOCHROME2", false, false);
  }

  private static boolean decodeOrRefuse(FrameDecoder decoder, byte[] code, PixelFormat format) {
    try {
      decoder.decode(code, format);
      return true;
    } catch (RejectedInputException e) {
      assertThat(e.sentence()).matches(TestData::isOneSentence, "one sentence");
      return false;
    }
  }

  @Test
  void aFrameCutOffAtEveryByteIsRefusedOrWhole() throws RejectedInputException {
    byte[] values = new byte[24 * 24];
    new Random(1).nextBytes(values);
    PixelFormat format = format(24, 24, 8);
    byte[] rle = Samples.rle(values);
    byte[] jpegLs = Samples.jpegLs(24, values);
    assertThat(new RleDecoder().decode(rle, format)).isEqualTo(values);
    for (int end = 0; end < rle.length; end++) {
      assertThat(decodeOrRefuse(new RleDecoder(), Arrays.copyOf(rle, end), format)).isFalse();
    }
    for (int end = 0; end < jpegLs.length; end++) {
      decodeOrRefuse(new JpegLsDecoder(), Arrays.copyOf(jpegLs, end), format);
    }
  }

  @Test
  void fragmentsAreCountedOverAllElementsOfTheFile() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int each = LIMITS.maxFragments() / 10;
    for (int element = 0; element < 12; element++) {
      Samples.element(out, 0x00091000 + element, "OB", 0xFFFFFFFFL);
      byte[] item = {-2, -1, 0, -32, 0, 0, 0, 0};
      for (int i = 0; i < each; i++) {
        out.write(item, 0, 8);
      }
      Samples.item(out, Tag.SequenceDelimitationItem, 0);
    }
    byte[] file = prefixed(out.toByteArray());
    assertThatThrownBy(() -> DicomFile.read(file, LIMITS))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage(
            "The DICOM file has more than %,d fragments.".formatted(LIMITS.maxFragments()));
  }

  private static byte[] prefixed(byte[] dataset) {
    byte[] bytes = new byte[132 + dataset.length];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, bytes, 128, 4);
    System.arraycopy(dataset, 0, bytes, 132, dataset.length);
    return bytes;
  }

  private static byte[] text(String repeated, int bytes) {
    return repeated.repeat(bytes / repeated.length()).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aLongPrivateCreatorIsNotReadForEveryElementOfItsBlock() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Samples.implicit(out, Tag.SOPClassUID, text("1.", 20));
    Samples.implicit(out, 0x00090010, text("CREATOR ", 1 << 20));
    for (int element = 0x1000; element <= 0x10FF; element++) {
      Samples.implicit(out, 0x00090000 | element, new byte[2]);
    }
    for (int group = 0x000B; group < 0x0300; group += 2) {
      Samples.implicit(out, group << 16 | 0x10, text("CREATOR ", 1 << 14));
      for (int element = 0x1000; element <= 0x10FF; element++) {
        Samples.implicit(out, group << 16 | element, new byte[2]);
      }
    }
    Assertions.assertTimeoutPreemptively(
        SHORT,
        () -> DicomJson.write(DicomFile.read(out.toByteArray(), LIMITS).dataset()));
  }

  @Test
  void aLongPixelRepresentationIsNotReadForEveryItem() {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    for (int i = 0; i < 60_000; i++) {
      Samples.item(items, Tag.Item, 10);
      Samples.implicit(items, Tag.SmallestImagePixelValue, new byte[2]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Samples.implicit(out, Tag.SOPClassUID, text("1.", 20));
    Samples.implicit(out, Tag.PixelRepresentation, new byte[1 << 17]);
    Samples.implicit(out, Tag.SharedFunctionalGroupsSequence, items.toByteArray());
    Assertions.assertTimeoutPreemptively(
        SHORT, () -> DicomFile.read(out.toByteArray(), LIMITS));
  }

  @Test
  void aPersonNameOfCaretsTakesLinearTime() {
    String name = "a" + "^".repeat(400_000) + "b" + "=".repeat(400_000) + "c";
    Assertions.assertTimeoutPreemptively(
        SHORT, () -> assertThat(PersonName.parse(name).toString()).endsWith("c"));
  }

  @Test
  void aDecimalStringOfManyDigitsTakesLinearTime() {
    Attributes image = Samples.image(2, 2);
    image.setBytes(Tag.WindowCenter, VR.DS, text("1234567890", 2 << 20));
    image.setBytes(Tag.WindowWidth, VR.UC, text("1234567890", 1 << 20));
    image.setBytes(Tag.RescaleSlope, VR.DS, text("1e999\\", 6000));
    Assertions.assertTimeoutPreemptively(SHORT, () -> DicomJson.write(image));
  }

  @Test
  void aTextOfManyValuesCostsBoundedMemory() {
    Attributes image = Samples.image(2, 2);
    image.setBytes(Tag.ImageComments, VR.UC, text("1\\", 3 << 20));
    image.setBytes(Tag.WindowCenter, VR.DS, text("1\\", 3 << 20));
    assertThat(image.strings(Tag.ImageComments)).isEmpty();
    assertThat(image.real(Tag.WindowCenter)).hasValue(1);
  }

  @Test
  void subsampledColoursOfAnotherShapeAreRefused() {
    for (int bits : new int[] {1, 16}) {
      for (int samples : new int[] {1, 3, 4}) {
        Attributes image = Samples.image(4, 4);
        image.setInteger(Tag.SamplesPerPixel, VR.US, samples);
        image.setInteger(Tag.BitsAllocated, VR.US, bits);
        image.setInteger(Tag.BitsStored, VR.US, bits);
        image.setInteger(Tag.HighBit, VR.US, bits - 1);
        image.setString(Tag.PhotometricInterpretation, VR.CS, "YBR_FULL_422");
        image.setBytes(Tag.PixelData, VR.OW, new byte[256]);
        DicomFile file =
            new DicomFile(new Attributes(), image, TransferSyntax.EXPLICIT_LITTLE);
        assertThatThrownBy(() -> PixelData.of(file, LIMITS).frame(1))
            .isInstanceOf(RejectedInputException.class)
            .satisfies(e -> assertThat(e.getMessage()).matches(TestData::isOneSentence));
      }
    }
  }

  @Test
  void aDicomdirThatRepeatsItselfListsEachFileOnceAndReadsFoldersOnce(@TempDir Path folder)
      throws IOException {
    for (int i = 0; i < 2000; i++) {
      Files.createFile(folder.resolve("other" + i));
    }
    Attributes directory = new Attributes();
    directory.setString(Tag.SOPClassUID, VR.UI, UID.MediaStorageDirectoryStorage);
    directory.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    Sequence entries = directory.newSequence(Tag.DirectoryRecordSequence);
    for (int i = 0; i < 20_000; i++) {
      entries
          .add(new Attributes())
          .setString(Tag.ReferencedFileID, VR.CS, i % 2 == 0 ? "OTHER7" : "MISSING");
    }
    Path dicomdir = folder.resolve("DICOMDIR");
    Files.write(dicomdir, Samples.file(directory, TransferSyntax.EXPLICIT_LITTLE));
    Assertions.assertTimeoutPreemptively(
        SHORT,
        () -> {
          DicomDirectory read = DicomDirectory.read(dicomdir, LIMITS);
          assertThat(read.files()).hasSize(1);
          assertThat(read.missing()).isEqualTo(10_000);
        });
  }

  @Test
  void anExecutablePreambleIsNeverWrittenBack() throws IOException, RejectedInputException {
    byte[][] heads = {
      {'M', 'Z', (byte) 0x90, 0},
      {0x7F, 'E', 'L', 'F'},
      {'#', '!', '/', 'b'},
      {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE},
      {(byte) 0xCF, (byte) 0xFA, (byte) 0xED, (byte) 0xFE},
    };
    byte[] plain = Samples.file(Samples.image(2, 2), TransferSyntax.EXPLICIT_LITTLE);
    for (byte[] head : heads) {
      byte[] file = plain.clone();
      Arrays.fill(file, 0, 128, (byte) 0x41);
      System.arraycopy(head, 0, file, 0, head.length);
      DicomFile read = DicomFile.read(file, LIMITS);
      ByteArrayOutputStream unchanged = new ByteArrayOutputStream();
      try (DicomOutputStream out = new DicomOutputStream(unchanged)) {
        out.writeUnchanged(read);
      }
      byte[] again = Samples.file(read.dataset(), TransferSyntax.EXPLICIT_LITTLE);
      for (byte[] written : new byte[][] {unchanged.toByteArray(), again}) {
        assertThat(Arrays.copyOf(written, 128)).containsOnly(0);
        assertThat(DicomFile.read(written, LIMITS).dataset().string(Tag.PatientID))
            .contains("PLANTED-ID");
      }
    }
  }

  @Test
  void anExportEndsWhenItsTimeIsOverAndLeavesNothing(@TempDir Path folder) throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Attributes image = Samples.image(2, 2);
    image.setString(Tag.NumberOfFrames, VR.IS, "50000");
    image.setBytes(Tag.PixelData, VR.OB, new byte[4 * 50_000]);
    Path file = folder.resolve("many.dcm");
    Files.write(file, Samples.file(image, TransferSyntax.EXPLICIT_LITTLE));
    StoredFrames frames = new StoredFrames(out, LIMITS, Duration.ZERO);
    assertThat(frames.export(file))
        .isEqualTo("refused many.dcm: The 50,000 frames take longer than 0 seconds to decode.");
    assertThat(out).isEmptyDirectory();
  }
}
