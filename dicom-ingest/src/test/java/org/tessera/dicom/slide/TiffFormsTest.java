package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;
import org.tessera.dicom.FileBytes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.slide.OpenSlidePeer.Region;

/** Every form of TIFF that is read, written by libtiff and compared with what was written. */
class TiffFormsTest {
  private static final int WIDTH = 203;
  private static final int HEIGHT = 157;

  @TempDir Path folder;

  private static int value(int x, int y, int channel) {
    int cell = (x / 9 * 37 + y / 7 * 53 + channel * 91) & 0xFF;
    return x % 9 == 0 ? x + y + channel & 0xFF : cell;
  }

  private static byte[] rows(int width, int from, int count, int samples, int bits) {
    ByteBuffer bytes =
        ByteBuffer.allocate(width * count * samples * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = from; y < from + count; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < samples; c++) {
          if (bits == 8) {
            bytes.put((byte) value(x, y, c));
          } else {
            bytes.putShort((short) Math.min(65_535, value(x, y, c) * 257 + (x + y + c) % 100));
          }
        }
      }
    }
    return bytes.array();
  }

  /** An uncompressed file of strips. */
  private Path plain(int samples, int bits) throws IOException {
    Path file = folder.resolve("plain.tif");
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      TiffWriter.Image image = writer.image(WIDTH, HEIGHT, samples, bits, samples < 3 ? 1 : 2);
      if (samples == 4) {
        image.shorts(TiffDirectory.EXTRA_SAMPLES, 2);
      }
      image.striped(
          10, (c, row) -> rows(WIDTH, row * 10, Math.min(10, HEIGHT - row * 10), samples, bits));
    }
    return file;
  }

  private static int expected(int x, int y, int channel, int samples) {
    int value = value(x, y, channel);
    if (samples == 4) {
      int opacity = value(x, y, 3);
      value = (value * opacity + 127) / 255 + 255 - opacity;
    }
    return value & 0xFF;
  }

  private static void assertPixels(Slide slide, int samples) throws IOException {
    int channels = samples < 3 ? 1 : 3;
    assertThat(slide.channels()).isEqualTo(channels);
    byte[] read = slide.readLevel(0, 0, 0, WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int c = 0; c < channels; c++) {
          assertThat(read[(y * WIDTH + x) * channels + c] & 0xFF)
              .as("%d, %d, %d", x, y, c)
              .isEqualTo(expected(x, y, c, samples));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,8", "3,8", "4,8", "1,16", "3,16"})
  void uncompressedStripsAreReadAsWritten(int samples, int bits)
      throws IOException, RejectedInputException {
    assertPixels(TiffSlide.open(plain(samples, bits)), samples);
  }

  private Path converted(Path from, String options) throws IOException, InterruptedException {
    Tool.require("tiffcp");
    Path file = folder.resolve("converted.tif");
    List<String> command = new ArrayList<>(List.of("tiffcp"));
    command.addAll(List.of(options.split(" ")));
    command.add(from.toString());
    command.add(file.toString());
    Tool.Outcome outcome = Tool.run(command);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    return file;
  }

  @ParameterizedTest
  @Tag("interop")
  @ValueSource(
      strings = {
        "-c none -t -w 64 -l 48",
        "-c lzw -t -w 64 -l 48",
        "-c lzw:2 -t -w 64 -l 48",
        "-c lzw:2 -t -w 64 -l 48 -B",
        "-c zip -t -w 64 -l 48 -8",
        "-c zip:2 -t -w 64 -l 48 -8 -B",
        "-c packbits -t -w 64 -l 48",
        "-c lzw:2 -s -r 13",
        "-c packbits -s -r 200",
        "-c zip:2 -p separate -t -w 64 -l 48",
        "-c none -p separate -s -r 20 -B",
        "-c lzw -p separate -t -w 256 -l 256"
      })
  void whatLibtiffWritesIsReadAsItWas(String options)
      throws IOException, InterruptedException, RejectedInputException {
    for (int samples : new int[] {1, 3, 4}) {
      for (int bits : new int[] {8, 16}) {
        // Planes of 16 bits are what tiffcp cannot write.
        if (bits == 8 || !options.contains("separate")) {
          assertPixels(TiffSlide.open(converted(plain(samples, bits), options)), samples);
        }
      }
    }
  }

  @ParameterizedTest
  @Tag("interop")
  @ValueSource(
      strings = {
        "-c jpeg:80 -t -w 64 -l 48",
        "-c jpeg:80:r -t -w 64 -l 48",
        "-c jpeg:50 -t -w 256 -l 256 -8",
        "-c lzw:2 -t -w 64 -l 48"
      })
  void tilesThatLibtiffCompressedAreReadAsOpenSlideReadsThem(String options)
      throws IOException, InterruptedException, RejectedInputException {
    Path file = converted(plain(3, 8), options);
    OpenSlideTest.assertEqual(
        file,
        List.of(new Region(0, 0, 0, WIDTH, HEIGHT), new Region(0, 50, 40, 100, 90)),
        folder);
  }

  /** OpenSlide 3.4.1 reads neither strips nor big endian files. */
  @ParameterizedTest
  @Tag("interop")
  @ValueSource(strings = {"-c jpeg:80:r -s -r 16", "-c jpeg:100:r -t -w 32 -l 32 -B"})
  void whatOpenSlideDoesNotOpenIsReadAsPillowReadsIt(String options)
      throws IOException, InterruptedException, RejectedInputException {
    Path file = converted(plain(3, 8), options);
    byte[] ours = TiffSlide.open(file).readLevel(0, 0, 0, WIDTH, HEIGHT);
    assertThat(ours).isEqualTo(OpenSlidePeer.page(file, 0, folder));
  }

  @Test
  void missingTilesAreWhiteAndResolutionGivesMicrons() throws IOException, RejectedInputException {
    Path file = folder.resolve("sparse.tif");
    byte[] black = new byte[16 * 16 * 3];
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.BIG_ENDIAN)) {
      writer
          .image(32, 16, 3, 8, 2)
          .shorts(TiffDirectory.RESOLUTION_UNIT, 3)
          .fraction(TiffDirectory.X_RESOLUTION, 40_000, 1)
          .tiled(16, 16, (column, row) -> column == 0 ? black : new byte[0]);
    }
    Slide slide = TiffSlide.open(file);
    assertThat(slide.micronsPerPixel().orElseThrow()).isEqualTo(0.25, within(1e-9));
    byte[] read = slide.readLevel(0, 0, 0, 32, 16);
    assertThat(read[15 * 3]).isZero();
    assertThat(read[16 * 3]).isEqualTo((byte) 255);
    assertThat(slide.readLevel(0, 30, 14, 4, 4)[2 * 3]).as("outside").isZero();
  }

  @Test
  void labelMacroAndThumbnailAreNeverALevel() throws IOException, RejectedInputException {
    Path file = folder.resolve("named.svs");
    byte[] tissue = new byte[64 * 64 * 3];
    byte[] secret = new byte[32 * 32 * 3];
    Arrays.fill(secret, (byte) 200);
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      writer
          .image(64, 64, 3, 8, 2)
          .text(TiffDirectory.DESCRIPTION, "Aperio Image\r\n64x64|MPP = 0.25|Filename = label")
          .tiled(64, 64, (column, row) -> tissue);
      writer.image(32, 32, 3, 8, 2).striped(32, (column, row) -> secret);
      for (String name : List.of("label 32x32", "macro 32x32")) {
        writer
            .image(32, 32, 3, 8, 2)
            .longs(TiffDirectory.SUBFILE_TYPE, name.startsWith("label") ? 1 : 9)
            .text(TiffDirectory.DESCRIPTION, "Aperio Image\r\n" + name)
            .tiled(32, 32, (column, row) -> secret);
      }
    }
    Slide slide = TiffSlide.open(file);
    assertThat(slide.levels()).isEqualTo(1);
    assertThat(slide.micronsPerPixel()).hasValue(0.25);
    // However coarse: every pixel that can be had is of the tissue.
    for (int down = 1; down <= 64; down *= 2) {
      assertThat(
              slide.read(new PixelRegion(1, 0, 0, 64, 64), down).samples())
          .containsOnly(0f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"label 64x64", "macro 64x64", "Label Image"})
  void aFileThatBeginsWithALabelIsRefused(String description) throws IOException {
    Path file = folder.resolve("label.tif");
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      writer
          .image(16, 16, 3, 8, 2)
          .text(TiffDirectory.DESCRIPTION, description)
          .tiled(16, 16, (column, row) -> new byte[768]);
    }
    assertThatThrownBy(() -> TiffSlide.open(file)).hasMessageContaining("may carry names");
  }

  @Test
  void aFileCutOffAnywhereOrWithAnyByteChangedIsReadOrRefusedWithOneSentence()
      throws IOException {
    Path whole = folder.resolve("whole.tif");
    Random random = new Random(5);
    byte[] jpeg = PhantomSlide.jpeg(new BufferedImage(16, 16, 1));
    try (TiffWriter writer = new TiffWriter(whole, true, ByteOrder.LITTLE_ENDIAN)) {
      for (int side = 64; side >= 32; side /= 2) {
        writer
            .image(side, side, 3, 8, TiffFormat.YCBCR)
            .shorts(TiffDirectory.COMPRESSION, 7)
            .longs(TiffDirectory.SUBFILE_TYPE, side == 64 ? 0 : 1)
            .bytes(TiffDirectory.JPEG_TABLES, PhantomSlide.tablesOf(jpeg))
            .tiled(16, 16, (column, row) -> PhantomSlide.withoutTables(jpeg));
      }
    }
    byte[] bytes = Files.readAllBytes(whole);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] changed =
          i % 4 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
      for (int change = 0; change < 1 + i % 3 && changed.length > 0; change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        Slide slide =
            TiffSlide.open(
                ByteSource.of(FileBytes.of(changed)),
                ParseLimits.standard());
        slide.readLevel(0, 0, 0, 64, 64);
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence);
        refused++;
      } catch (IOException e) {
        // A tile further inside: the sentence is the message.
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void aTileOfFourGigapixelsIsRefusedBeforeItIsMade() throws IOException {
    Path file = folder.resolve("bomb.tif");
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      writer
          .image(60_000, 60_000, 3, 8, 2)
          .shorts(TiffDirectory.COMPRESSION, 8)
          .tiled(60_000, 60_000, (column, row) -> new byte[100]);
    }
    assertThatThrownBy(() -> TiffSlide.open(file))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("more than are decoded at once");
  }

  @Test
  void directoriesInACircleAreRefused() throws IOException {
    Path file = plain(1, 8);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(4);
      int first = Integer.reverseBytes(raw.readInt());
      raw.seek(first);
      int count = Short.reverseBytes(raw.readShort());
      raw.seek(first + 2L + 12L * count);
      raw.writeInt(Integer.reverseBytes(first));
    }
    assertThatThrownBy(() -> TiffSlide.open(file))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The directories of the TIFF file go in a circle.");
  }
}
