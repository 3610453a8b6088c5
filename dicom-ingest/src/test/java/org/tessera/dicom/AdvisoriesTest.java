package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.image.DicomPixels;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.StoredFrame;
import org.tessera.dicom.json.DicomJson;

/** The classes of published advisories against DICOM software, one test or more for each. */
class AdvisoriesTest {
  private static final ParseLimits LIMITS = ParseLimits.standard();

  private static void tag(ByteArrayOutputStream out, int tag) {
    out.write(tag >> 16);
    out.write(tag >> 24);
    out.write(tag);
    out.write(tag >> 8);
  }

  private static void length(ByteArrayOutputStream out, long length) {
    for (int i = 0; i < 4; i++) {
      out.write((int) (length >> (8 * i)));
    }
  }

  private static void element(ByteArrayOutputStream out, int tag, String vr, long length) {
    tag(out, tag);
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.write(0);
    length(out, length);
  }

  private static Attributes image(int rows, int columns, int samples, long frames) {
    Attributes image = RewrittenFilesTest.sample();
    image.setInteger(Tag.Rows, VR.US, rows);
    image.setInteger(Tag.Columns, VR.US, columns);
    image.setInteger(Tag.SamplesPerPixel, VR.US, samples);
    image.setString(Tag.NumberOfFrames, VR.IS, Long.toString(frames));
    image.setInteger(Tag.BitsAllocated, VR.US, 16);
    image.setInteger(Tag.BitsStored, VR.US, 16);
    image.setInteger(Tag.HighBit, VR.US, 15);
    image.setString(Tag.PhotometricInterpretation, VR.CS, samples == 3 ? "RGB" : "MONOCHROME2");
    image.setBytes(Tag.PixelData, VR.OW, new byte[64]);
    return image;
  }

  private static DicomFile file(Attributes dataset) {
    return new DicomFile(new Attributes(), dataset, TransferSyntax.EXPLICIT_LITTLE);
  }

  @Test
  void sequencesNested100000DeepAreRefused() {
    for (boolean open : new boolean[] {true, false}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int depth = 100_000;
      for (int i = 0; i < depth; i++) {
        long rest = (depth - i) * 20L;
        element(out, Tag.ReferencedImageSequence, "SQ", open ? 0xFFFFFFFFL : rest - 12);
        tag(out, Tag.Item);
        length(out, open ? 0xFFFFFFFFL : rest - 20);
      }
      assertThatThrownBy(() -> DicomFile.read(out.toByteArray(), LIMITS))
          .isInstanceOf(RejectedInputException.class)
          .hasMessage("The DICOM file nests sequences more than 64 deep.");
    }
  }

  @Test
  void aLengthBeyondTheFileIsRefusedByNameAndCostsNothing() {
    for (long claimed : new long[] {100, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFEL}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      element(out, Tag.EncapsulatedDocument, "OB", claimed);
      out.write(new byte[10], 0, 10);
      byte[] bytes = prefixed(out.toByteArray());
      assertThatThrownBy(() -> DicomFile.read(bytes, LIMITS))
          .isInstanceOf(RejectedInputException.class)
          .hasMessage(
              "The element (0042,0011) EncapsulatedDocument claims %,d bytes, but only 10 are left."
                  .formatted(claimed));
    }
  }

  private static byte[] prefixed(byte[] dataset) {
    byte[] bytes = new byte[132 + dataset.length];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, bytes, 128, 4);
    System.arraycopy(dataset, 0, bytes, 132, dataset.length);
    return bytes;
  }

  @Test
  void aSmallFileCutOffAtEveryByteIsReadOrRefusedWithOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(TestData.interop("pydicom--MR_small_implicit.dcm"));
    int refused = 0;
    for (int end = 0; end < Math.min(whole.length, 3000); end++) {
      refused += isRefused(Arrays.copyOf(whole, end)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void everyInteropFileCutOffAtManyPlacesIsReadOrRefusedWithOneSentence() throws IOException {
    Random random = new Random(20_260_101);
    for (Path file : TestData.interopFiles()) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 12; i++) {
        isRefused(Arrays.copyOf(whole, random.nextInt(Math.min(whole.length, 200_000))));
      }
    }
  }

  @Test
  void everyInteropFileWithBytesChangedIsReadOrRefusedWithOneSentence() throws IOException {
    Random random = new Random(20_260_102);
    for (Path file : TestData.interopFiles()) {
      byte[] whole = Files.readAllBytes(file);
      if (whole.length > 300_000) {
        continue;
      }
      for (int i = 0; i < 12; i++) {
        byte[] changed = whole.clone();
        for (int k = 0; k < 8; k++) {
          int reach = k < 5 ? Math.min(changed.length, 4000) : changed.length;
          changed[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        isRefused(changed);
      }
    }
  }

  /** Reads everything there is; false if nothing was wrong. Anything but a refusal fails. */
  private static boolean isRefused(byte[] bytes) {
    try {
      DicomFile file = DicomFile.read(bytes, LIMITS);
      DicomJson.write(file.dataset());
      PixelData pixels = PixelData.of(file, LIMITS);
      StoredFrame first = pixels.frame(1);
      DisplayFrame.of(first, file.dataset(), pixels.format(), 1)
          .row(0, 0, pixels.columns(), new float[pixels.columns() * 3]);
      return false;
    } catch (RejectedInputException e) {
      assertThat(e.sentence()).matches(TestData::isOneSentence, "one sentence");
      return true;
    }
  }

  @Test
  void dimensionsWhoseProductOverflowsAreRefused() {
    int[][] shapes = {
      {65_535, 65_535, 1, 1},
      {65_535, 65_535, 3, 1},
      {46_341, 46_341, 1, 1},
      {32_768, 65_535, 3, 999_999},
      {1, 1, 1, Integer.MAX_VALUE},
      {0, 16, 1, 1},
      {16, 16, 1, 0},
    };
    for (int[] shape : shapes) {
      Attributes image = image(shape[0], shape[1], shape[2], shape[3]);
      assertThatThrownBy(() -> PixelData.of(file(image), LIMITS))
          .as(Arrays.toString(shape))
          .isInstanceOf(RejectedInputException.class)
          .satisfies(e -> assertThat(e.getMessage()).matches(TestData::isOneSentence));
    }
  }

  @Test
  void moreFramesThanThereAreBytesAreRefused() {
    Attributes image = image(4, 4, 1, 900_000);
    assertThatThrownBy(() -> PixelData.of(file(image), LIMITS))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The pixel data end after 64 of 28,800,000 bytes.");
  }

  @Test
  void aDeflatedBombIsRefusedWithinItsCap() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Attributes meta =
        DicomOutputStream.meta(
            RewrittenFilesTest.sample(), TransferSyntax.of(UID.DeflatedExplicitVRLittleEndian));
    out.write(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    try (DicomOutputStream header = new DicomOutputStream(out)) {
      header.writeDataset(meta, TransferSyntax.EXPLICIT_LITTLE);
    }
    Deflater deflater = new Deflater(9, true);
    try (DeflaterOutputStream bomb = new DeflaterOutputStream(out, deflater)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        bomb.write(zeros);
      }
    }
    assertThat(out.size()).isLessThan(1 << 20);
    ParseLimits tight = LIMITS.withMaxInflatedBytes(100 << 20);
    assertThatThrownBy(() -> DicomFile.read(out.toByteArray(), tight))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The deflated data set grows beyond the 104,857,600 bytes that are read.");
  }

  @Test
  void paletteDescriptorsThatLieAreRefused() {
    for (int count : new int[] {0, 256, 65_535}) {
      Attributes image = image(4, 4, 1, 1);
      image.setString(Tag.PhotometricInterpretation, VR.CS, "PALETTE COLOR");
      for (int tag :
          new int[] {
            Tag.RedPaletteColorLookupTableDescriptor,
            Tag.GreenPaletteColorLookupTableDescriptor,
            Tag.BluePaletteColorLookupTableDescriptor
          }) {
        image.setInteger(tag, VR.US, count, 0, 16);
        image.setBytes(tag + 0x100, VR.OW, new byte[20]);
      }
      assertThatThrownBy(() -> new DicomPixels(file(image), LIMITS))
          .isInstanceOf(RejectedInputException.class)
          .hasMessage("The colour palette of the image is missing or shorter than it claims.");
    }
  }

  @Test
  void aLookupTableShorterThanItsDescriptorIsNotReadBeyondItsEnd()
      throws RejectedInputException {
    Attributes image = image(4, 4, 1, 1);
    Attributes item = image.newSequence(Tag.ModalityLUTSequence).add(new Attributes());
    item.setInteger(Tag.LUTDescriptor, VR.US, 65_535, 0, 16);
    item.setBytes(Tag.LUTData, VR.OW, new byte[100]);
    assertThat(new DicomPixels(file(image), LIMITS).width()).isEqualTo(4);
  }

  @Test
  void zerosAndDisorderDoNotCostQuadraticTime() {
    byte[] zeros = new byte[40 << 20];
    zeros[0] = 8;
    zeros[zeros.length - 1] = 1;
    ByteBuffer disorder = ByteBuffer.allocate(8 * 400_000).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 400_000; i > 0; i--) {
      disorder.putShort((short) (8 + 2 * (i >> 16))).putShort((short) i).putInt(0);
    }
    for (byte[] bytes : new byte[][] {zeros, disorder.array()}) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatThrownBy(() -> DicomFile.read(prefixed(bytes), LIMITS))
                  .isInstanceOf(RejectedInputException.class));
    }
  }

  @Test
  void aDicomdirNeverLeadsOutsideItsFolder(@TempDir Path folder)
      throws IOException, RejectedInputException {
    Path media = Files.createDirectories(folder.resolve("MEDIA"));
    Files.createDirectories(media.resolve("images"));
    Files.writeString(media.resolve("images").resolve("im1"), "x");
    Files.writeString(folder.resolve("SECRET"), "x");
    Files.createDirectories(folder.resolve("MEDIA2"));
    Files.writeString(folder.resolve("MEDIA2").resolve("F"), "x");
    Files.createSymbolicLink(media.resolve("LINK"), folder.resolve("SECRET"));
    String[][] names = {
      {"IMAGES", "IM1"},
      {"IMAGES", "IM2"},
      {"..", "SECRET"},
      {"LINK"},
      {folder.resolve("SECRET").toString()},
      {"../MEDIA2/F"},
      {"C:", "WINDOWS"},
      {"IM\0AGES"},
      {"A".repeat(1000)},
    };
    Attributes directory = new Attributes();
    directory.setString(Tag.SOPClassUID, VR.UI, UID.MediaStorageDirectoryStorage);
    directory.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3");
    Sequence entries = directory.newSequence(Tag.DirectoryRecordSequence);
    for (String[] name : names) {
      entries.add(new Attributes()).setString(Tag.ReferencedFileID, VR.CS, name);
    }
    Path dicomdir = media.resolve("DICOMDIR");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(dicomdir))) {
      out.writeFile(directory, TransferSyntax.EXPLICIT_LITTLE);
    }
    DicomDirectory read = DicomDirectory.read(dicomdir, LIMITS);
    assertThat(read.files())
        .extracting(Path::toRealPath)
        .containsExactly(media.resolve("images").resolve("im1").toRealPath());
    assertThat(read.missing()).isEqualTo(1);
    assertThat(read.refused()).isEqualTo(7);
  }

  @Test
  void aThreeGigabyteFileIsParsedWithoutReadingIt(@TempDir Path folder)
      throws IOException, RejectedInputException {
    Attributes image = image(250, 200, 1, 30_000);
    image.remove(Tag.PixelData);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DicomOutputStream header = new DicomOutputStream(out)) {
      header.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
    }
    long pixels = 250L * 200 * 2 * 30_000;
    element(out, Tag.PixelData, "OW", pixels);
    Path file = folder.resolve("large.dcm");
    Files.write(file, out.toByteArray());
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      // Sparse: the file takes no room on the disk.
      large.setLength(out.size() + pixels);
      large.seek(out.size() + pixels - 2);
      large.write(7);
    }
    DicomFile read = DicomFile.read(file);
    assertThat(read.dataset().bytes(Tag.PixelData).orElseThrow().length()).isEqualTo(pixels);
    StoredFrame last = PixelData.of(read, LIMITS).frame(30_000);
    assertThat(last.integer(250 * 200 - 1)).isEqualTo(7);
  }

  @Test
  void textAndEmptyFilesAreNotDicom() {
    String sentence = "This is not a DICOM file.";
    for (String text : new String[] {"hello", "A letter about a patient.\n".repeat(50), "{}"}) {
      assertThatThrownBy(() -> DicomFile.read(text.getBytes(StandardCharsets.UTF_8), LIMITS))
          .isInstanceOf(RejectedInputException.class)
          .hasMessage(sentence);
    }
    assertThatThrownBy(() -> DicomFile.read(new byte[0], LIMITS))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The file is empty.");
  }
}
