package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.omni.fixture.SharedData;
import org.tessera.omni.fixture.TestContent;

class RasterDecoderTest {
  private final RasterDecoder decoder = new RasterDecoder();

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff", "jpeg"})
  void greyOfEightBitsIsReadAsItIs(String format) throws Exception {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    fill(image, 0, 0, 40, 30, 64);
    fill(image, 16, 8, 8, 8, 200);
    PixelSource pixels = image(encoded(image, format)).pixels();
    assertThat(pixels.channels()).isEqualTo(1);
    assertThat(pixels.width()).isEqualTo(40);
    assertThat(pixels.height()).isEqualTo(30);
    PixelTile tile = pixels.readFrame(1);
    assertThat(tile.grey(2, 2)).isCloseTo(64 / 255f, within(0.01f));
    assertThat(tile.grey(20, 12)).isCloseTo(200 / 255f, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void twelveBitsInSixteenFillTheRange(String format) throws Exception {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    fill(image, 0, 0, 8, 8, 1024);
    fill(image, 4, 4, 2, 2, 4000);
    PixelTile tile = image(encoded(image, format)).pixels().readFrame(1);
    assertThat(tile.grey(0, 0)).isCloseTo(1024 / 4095f, within(1e-4f));
    assertThat(tile.grey(4, 4)).isCloseTo(4000 / 4095f, within(1e-4f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void coloursStayWhereTheyAre(String format) throws Exception {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 2, 0xFF8000);
    PixelTile tile = image(encoded(image, format)).pixels().readFrame(1);
    assertThat(tile.channels()).isEqualTo(3);
    int at = (2 * 8 + 3) * 3;
    assertThat(Arrays.copyOfRange(tile.samples(), at, at + 3))
        .containsExactly(1f, 128 / 255f, 0f);
  }

  @Test
  void palettesAndTransparencyBecomeColours() throws Exception {
    byte[] ramp = {0, 50, 100, (byte) 250};
    BufferedImage indexed =
        new BufferedImage(
            4, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 4, ramp, ramp, ramp));
    for (int x = 0; x < 4; x++) {
      indexed.getRaster().setSample(x, 0, 0, x);
    }
    PixelTile palette = image(encoded(indexed, "png")).pixels().readFrame(1);
    assertThat(palette.grey(3, 0)).isCloseTo(250 / 255f, within(1e-3f));
    BufferedImage clear = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 0x80000000);
    PixelTile onWhite = image(encoded(clear, "png")).pixels().readFrame(1);
    assertThat(onWhite.grey(0, 0)).isCloseTo(0.5f, within(0.01f));
    assertThat(onWhite.grey(1, 0)).isCloseTo(1f, within(1e-3f));
  }

  @Test
  void whiteIsZeroTiffIsTurned() throws Exception {
    byte[] tiff = tiff(0, 1, 2, 2, new byte[] {0, 10, (byte) 255, 100});
    PixelTile tile = image(tiff).pixels().readFrame(1);
    assertThat(tile.grey(0, 0)).isEqualTo(1f);
    assertThat(tile.grey(0, 1)).isEqualTo(0f);
    assertThat(tile.grey(1, 0)).isCloseTo(245 / 255f, within(1e-4f));
  }

  @ParameterizedTest
  @EnumSource
  void exifAndTiffOrientationAreKept(Orientation orientation) throws Exception {
    int value = orientation.ordinal() + 1;
    byte[] jpeg = encoded(new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    assertThat(image(withExif(jpeg, value)).orientation()).isEqualTo(orientation);
    assertThat(image(tiff(1, value, 2, 1, new byte[2])).orientation()).isEqualTo(orientation);
    byte[] png = encoded(new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY), "png");
    assertThat(image(withChunk(png, "eXIf", exif(value))).orientation()).isEqualTo(orientation);
  }

  @Test
  void aRegionIsAveragedDownAndBlackOutside() throws Exception {
    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
    fill(image, 0, 0, 10, 10, 100);
    fill(image, 4, 4, 2, 2, 200);
    PixelSource pixels = image(encoded(image, "png")).pixels();
    PixelTile tile = pixels.read(new PixelRegion(1, 2, 2, 8, 8), 4);
    assertThat(tile.width()).isEqualTo(2);
    assertThat(tile.grey(0, 0)).isCloseTo((12 * 100 + 4 * 200) / 16f / 255f, within(1e-4f));
    assertThat(tile.grey(1, 1)).isCloseTo(100 / 255f, within(1e-4f));
    PixelTile beyond = pixels.read(new PixelRegion(1, 8, 8, 4, 4), 2);
    assertThat(beyond.samples()).containsExactly(100 / 255f, 0, 0, 0);
  }

  @Test
  void aPictureOfferedAsSlideIsTissue() throws Exception {
    byte[] png = encoded(new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB), "png");
    Evidence evidence =
        decoder
            .decode(
                TestContent.of("tile.png", "image/png", png),
                TestContent.context(Optional.of(Modality.SLIDE)))
            .getFirst();
    assertThat(evidence).isInstanceOf(SlideEvidence.class);
    assertThat(evidence.id()).isEqualTo("I1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff", "jpeg"})
  void aPictureThatIsCutOffAnywhereIsRefused(String format) throws Exception {
    BufferedImage image = noise(120, 90);
    byte[] whole = encoded(image, format);
    for (int percent : new int[] {1, 10, 50, 90, 99}) {
      byte[] part = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThatThrownBy(() -> image(part))
          .as("%d %% of a %s", percent, format)
          .isInstanceOf(RejectedInputException.class)
          .message()
          .endsWith(".")
          .doesNotContain("xception");
    }
  }

  @Test
  void aJpegWithAHoleInItsDataIsRefused() throws Exception {
    byte[] whole = encoded(noise(400, 300), "jpeg");
    byte[] part = Arrays.copyOf(whole, whole.length / 2 + 2);
    part[part.length - 2] = (byte) 0xFF;
    part[part.length - 1] = (byte) 0xD9;
    rejects(part, "The picture is damaged: only a part can be decoded.");
  }

  @Test
  void aBombIsRefusedByItsHeader() throws Exception {
    byte[] png = encoded(new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer bomb = ByteBuffer.wrap(png.clone());
    bomb.putInt(16, 60_000).putInt(20, 50_000);
    CRC32 crc = new CRC32();
    crc.update(bomb.array(), 12, 17);
    bomb.putInt(29, (int) crc.getValue());
    rejects(
        bomb.array(),
        "The picture claims 60,000 by 50,000 pixels; at most 100 million are read.");
  }

  @Test
  void whatIsNoPictureIsRefusedInOneSentence() throws Exception {
    rejects(new byte[0], "The file is empty.");
    rejects(
        "a note".getBytes(StandardCharsets.UTF_8),
        "The file is not a JPEG, PNG or TIFF picture, whatever its name says.");
    rejects(
        new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9},
        "The JPEG file holds no picture.");
    byte[] png = encoded(noise(20, 20), "png");
    png[50] ^= 1;
    rejects(png, "The PNG picture is damaged: a checksum does not match.");
  }

  @Test
  void aDirectoryThatGoesInCirclesIsRefused() {
    byte[] tiff = tiff(1, 1, 2, 2, new byte[4]);
    ByteBuffer circle = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    circle.putInt(tiff.length - 4, circle.getInt(4));
    rejects(
        tiff, "The TIFF picture holds 4,096 pages or more; it is not read as one picture.");
  }

  @Test
  void garbageNeverEscapesAsAnythingElse() throws Exception {
    Random random = new Random(5);
    for (String format : new String[] {"png", "tiff", "jpeg"}) {
      byte[] whole = encoded(noise(60, 40), format);
      for (int round = 0; round < 150; round++) {
        byte[] broken = whole.clone();
        for (int i = 0; i <= round % 7; i++) {
          broken[random.nextInt(round % 2 == 0 ? 60 : broken.length)] = (byte) random.nextInt(256);
        }
        try {
          image(broken).pixels().readFrame(1);
        } catch (RejectedInputException e) {
          assertThat(e.sentence()).endsWith(".").doesNotContain("xception");
        }
      }
    }
  }

  @Test
  void realPicturesAreRead() throws Exception {
    for (String set :
        new String[] {"cxr-kermany", "cxr-hannover", "cxr-boxes", "cxr-notes", "pathology-tiles"}) {
      for (var file : SharedData.some(set + "/images", 20)) {
        TestContent content = TestContent.of(file, "image/jpeg");
        ImageEvidence evidence =
            (ImageEvidence) decoder.decode(content, TestContent.context()).getFirst();
        PixelTile tile = evidence.pixels().readFrame(1);
        double mean = 0;
        for (float sample : tile.samples()) {
          mean += sample / tile.samples().length;
        }
        assertThat(mean).as(file.getFileName().toString()).isBetween(0.1, 0.95);
      }
    }
  }

  private ImageEvidence image(byte[] bytes) throws IOException, RejectedInputException {
    return (ImageEvidence)
        decoder
            .decode(TestContent.of("picture", "image/jpeg", bytes), TestContent.context())
            .getFirst();
  }

  private void rejects(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> image(bytes))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage(sentence);
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(9);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, random.nextInt(256));
      }
    }
    return image;
  }

  private static void fill(BufferedImage image, int x, int y, int w, int h, int sample) {
    for (int row = y; row < y + h; row++) {
      for (int column = x; column < x + w; column++) {
        image.getRaster().setSample(column, row, 0, sample);
      }
    }
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'I')
        .put((byte) 'I')
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putInt(orientation)
        .putInt(0)
        .array();
  }

  private static byte[] withExif(byte[] jpeg, int orientation) {
    byte[] exif = exif(orientation);
    return ByteBuffer.allocate(jpeg.length + 10 + exif.length)
        .put(jpeg, 0, 2)
        .putShort((short) 0xFFE1)
        .putShort((short) (8 + exif.length))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(exif)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] withChunk(byte[] png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    return ByteBuffer.allocate(png.length + 12 + data.length)
        .put(png, 0, 33)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) crc.getValue())
        .put(png, 33, png.length - 33)
        .array();
  }

  /** A grey TIFF of 8 bits in one strip. */
  private static byte[] tiff(int photometric, int orientation, int w, int h, byte[] samples) {
    int[][] entries = {
      {256, w}, {257, h}, {258, 8}, {259, 1}, {262, photometric}, {273, 8}, {274, orientation},
      {277, 1}, {278, h}, {279, samples.length}
    };
    int directory = 8 + samples.length + samples.length % 2;
    ByteBuffer tiff =
        ByteBuffer.allocate(directory + 6 + 12 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(directory).put(samples);
    tiff.position(directory).putShort((short) entries.length);
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) 3).putInt(1);
      tiff.putShort((short) entry[1]).putShort((short) 0);
    }
    return tiff.putInt(0).array();
  }
}
