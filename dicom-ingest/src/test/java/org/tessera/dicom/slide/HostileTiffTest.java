package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;
import org.tessera.dicom.FileBytes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TestData;

/** TIFF files that lie about themselves: refused at once, with one sentence. */
class HostileTiffTest {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  @TempDir Path folder;

  private static void assertRefused(byte[] file, String sentence) {
    assertThatThrownBy(
            () ->
                Assertions.assertTimeout(
                    Duration.ofSeconds(5),
                    () ->
                        TiffSlide.open(
                            ByteSource.of(FileBytes.of(file)), ParseLimits.standard())))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageMatching(sentence)
        .message()
        .matches(TestData::isOneSentence);
  }

  private static long[] entry(int type, long count, long value) {
    return new long[] {type, count, value};
  }

  /** The fields of a grey image of 16 x 16, one tile of bytes 0 behind the directory. */
  private static Map<Integer, long[]> fields() {
    Map<Integer, long[]> fields = new TreeMap<>();
    fields.put(TiffDirectory.WIDTH, entry(LONG, 1, 16));
    fields.put(TiffDirectory.HEIGHT, entry(LONG, 1, 16));
    fields.put(TiffDirectory.BITS, entry(SHORT, 1, 8));
    fields.put(TiffDirectory.PHOTOMETRIC, entry(SHORT, 1, 1));
    fields.put(TiffDirectory.TILE_WIDTH, entry(LONG, 1, 16));
    fields.put(TiffDirectory.TILE_HEIGHT, entry(LONG, 1, 16));
    fields.put(TiffDirectory.TILE_OFFSETS, entry(LONG, 1, 1024));
    fields.put(TiffDirectory.TILE_COUNTS, entry(LONG, 1, 256));
    return fields;
  }

  private static byte[] file(Map<Integer, long[]> fields) {
    ByteBuffer bytes = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x4949).putShort((short) 42).putInt(8);
    bytes.putShort((short) fields.size());
    fields.forEach(
        (tag, entry) ->
            bytes
                .putShort((short) (int) tag)
                .putShort((short) entry[0])
                .putInt((int) entry[1])
                .putInt((int) entry[2]));
    bytes.putInt(0);
    return bytes.array();
  }

  @Test
  void theFileThatTheOthersAreMadeOfIsRead() throws IOException, RejectedInputException {
    Slide slide =
        TiffSlide.open(
            ByteSource.of(FileBytes.of(file(fields()))), ParseLimits.standard());
    assertThat(slide.readLevel(0, 0, 0, 16, 16)).hasSize(256).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "256, 0", "256, 4294967295", "257, 4294967295", "257, 0", "322, 0", "323, 0",
    "322, 4294967295", "323, 2147483647"
  })
  void sidesThatNoImageHas(int tag, long value) {
    Map<Integer, long[]> fields = fields();
    fields.put(tag, entry(LONG, 1, value));
    assertRefused(file(fields), "An image of the TIFF file has no valid size\\.");
  }

  @Test
  void moreTilesThanAreKept() {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.WIDTH, entry(LONG, 1, 1_000_000));
    fields.put(TiffDirectory.HEIGHT, entry(LONG, 1, 1_000_000));
    assertRefused(file(fields), "The slide is cut into 3,906,250,000 tiles; .*");
  }

  @Test
  void moreTilesThanPlacesAreGiven() {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.WIDTH, entry(LONG, 1, 4096));
    assertRefused(file(fields), "The slide has the places of 1 tiles where .* needs 256\\.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1793, 2048, 0x7FFFFFFFL, 0xFFFFFFFFL})
  void tilesBeyondTheEnd(long offset) {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.TILE_OFFSETS, entry(LONG, 1, offset));
    assertRefused(file(fields), "The slide is cut off: tiles lie outside of the file\\.");
  }

  @ParameterizedTest
  @ValueSource(longs = {0xFFFFFFFFL, 0x10000000L, 2049})
  void entriesWithMoreValuesThanTheFileHasBytes(long count) {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.TILE_OFFSETS, entry(LONG, count, 1024));
    assertRefused(file(fields), ".*a directory leads outside of it\\.");
  }

  @Test
  void entriesWhoseValuesLieBeyondTheEnd() {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.TILE_OFFSETS, entry(LONG, 2, 0xFFFFFFF0L));
    assertRefused(file(fields), ".*an entry leads outside of it\\.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFFF0, 0x7FFFFFFF, 2047})
  void aFirstDirectoryBeyondTheEnd(int offset) {
    byte[] file = file(fields());
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, offset);
    assertRefused(file, ".*a directory leads outside of it\\.");
  }

  @Test
  void aDirectoryBelowThatIsTheOneAbove() {
    Map<Integer, long[]> fields = fields();
    fields.put(TiffDirectory.SUB_DIRECTORIES, entry(LONG, 1, 8));
    assertRefused(file(fields), "The directories of the TIFF file go in a circle\\.");
  }

  @Test
  void aThousandDirectories() throws IOException {
    Path file = folder.resolve("many.tif");
    byte[] pixels = new byte[256];
    try (TiffWriter writer = new TiffWriter(file, true, ByteOrder.LITTLE_ENDIAN)) {
      for (int i = 0; i < 1000; i++) {
        writer.image(16, 16, 1, 8, 1).tiled(16, 16, (column, row) -> pixels);
      }
    }
    assertRefused(Files.readAllBytes(file), "The TIFF file holds more than the 256 images .*");
  }

  @Test
  void aTileThatInflatesToMoreThanItsSizeIsCutAtItsSize()
      throws IOException, RejectedInputException {
    byte[] bomb = new byte[1 << 20];
    try (Deflater deflater = new Deflater(9)) {
      deflater.setInput(new byte[512 << 20 >> 2]);
      deflater.finish();
      int length = deflater.deflate(bomb);
      byte[] code = Arrays.copyOf(bomb, length);
      assertThat(Deflate.expand(code, 4096)).hasSize(4096);
    }
  }

  /** A code that refers to a string that is not there yet, and one that never ends a string. */
  @Test
  void lzwThatRefersAheadIsRefusedAndOneThatGrowsIsCutAtItsSize() throws RejectedInputException {
    byte[] ahead = bits(9, 256, 65, 300);
    assertThatThrownBy(() -> Lzw.expand(ahead, 100))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("The LZW code of a tile is damaged.");
    // Clear, 'A', then each time the string that is just being made: 1, 2, 3, ... bytes.
    byte[] growing = bits(9, 256, 65, 258, 259, 260, 261, 262);
    assertThat(Lzw.expand(growing, 10)).hasSize(10).containsOnly(65);
    assertThatThrownBy(() -> Lzw.expand(growing, 10_000)).hasMessageContaining("shorter than");
  }

  private static byte[] bits(int width, int... codes) {
    byte[] bytes = new byte[(codes.length * width + 7) / 8];
    for (int i = 0; i < codes.length * width; i++) {
      int bit = codes[i / width] >> (width - 1 - i % width) & 1;
      bytes[i / 8] |= (byte) (bit << (7 - i % 8));
    }
    return bytes;
  }

  @Test
  void levelsBelowTheFirstImageAreReadAsLevels() throws IOException, RejectedInputException {
    Path file = folder.resolve("below.tif");
    byte[] white = new byte[64 * 64];
    byte[] grey = new byte[32 * 32];
    Arrays.fill(grey, (byte) 77);
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      writer
          .image(64, 64, 1, 8, 1)
          .longs(TiffDirectory.SUB_DIRECTORIES, 0)
          .tiled(64, 64, (column, row) -> white);
      writer.image(32, 32, 1, 8, 1).tiled(32, 32, (column, row) -> grey);
    }
    // The link to the second directory becomes the value of the first one's SubIFDs.
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int first = buffer.getInt(4);
    int count = buffer.getShort(first);
    int link = first + 2 + 12 * count;
    for (int i = 0; i < count; i++) {
      int at = first + 2 + 12 * i;
      if ((buffer.getShort(at) & 0xFFFF) == TiffDirectory.SUB_DIRECTORIES) {
        buffer.putInt(at + 8, buffer.getInt(link));
      }
    }
    buffer.putInt(link, 0);
    Slide slide =
        TiffSlide.open(ByteSource.of(FileBytes.of(bytes)), ParseLimits.standard());
    assertThat(slide.levels()).isEqualTo(2);
    assertThat(slide.downsample(1)).isEqualTo(2);
    assertThat(slide.readLevel(1, 0, 0, 32, 32)).containsOnly(77);
  }
}
