package org.tessera.dicom.codec.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;
import org.tessera.dicom.codec.PixelFormat;

/** Damaged and lying JPEG 2000 streams never harm the parent. */
class HostileJpeg2000Test {
  private static final Jpeg2000Decoder DECODER = new Jpeg2000Decoder();

  private static Encoded real() throws Exception {
    return Encoded.ofFile("pydicom-data--emri_small_jpeg_2k_lossless.dcm");
  }

  /** True if the frame was refused, by one sentence, instead of decoded. */
  private static boolean refused(byte[] code, Encoded real) {
    try {
      assertThat(DECODER.decode(code, real.format())).hasSize(64 * 64 * 2);
      return false;
    } catch (RejectedInputException e) {
      assertThat(e.sentence()).matches(TestData::isOneSentence);
      return true;
    }
  }

  @Test
  void sixtyThousandPixelsSquareInATinyStreamAreRefusedBeforeTheyAreAllocated() throws Exception {
    Encoded real = real();
    byte[] code = real.code().clone();
    for (int at : new int[] {8, 12, 24, 28}) {
      put(code, at, 60_000);
    }
    try {
      DECODER.decode(code, real.format());
      assertThat(false).as("refused").isTrue();
    } catch (RejectedInputException e) {
      assertThat(e.sentence())
          .isEqualTo(
              "The JPEG 2000 stream has 60000 x 60000 pixels of 1 samples, the data set promises"
                  + " 64 x 64 of 1.");
    }
  }

  @Test
  void tilesOfOnePixelAndOffsetsAtTheEdgesOf32BitsAreRefused() throws Exception {
    Encoded real = real();
    int[] edges = {0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    for (int at = 8; at < 40; at += 4) {
      for (int edge : edges) {
        byte[] code = real.code().clone();
        put(code, at, edge);
        refused(code, real);
      }
    }
    for (int samples : new int[] {0, 2, 4, 16_384, 65_535}) {
      byte[] code = real.code().clone();
      code[40] = (byte) (samples >> 8);
      code[41] = (byte) samples;
      assertThat(refused(code, real)).isTrue();
    }
  }

  private static void put(byte[] code, int at, int value) {
    for (int i = 0; i < 4; i++) {
      code[at + i] = (byte) (value >> (24 - 8 * i));
    }
  }

  @Test
  void aStreamCutOffAnywhereIsRefused() throws Exception {
    Encoded real = real();
    int length = real.code().length;
    for (int at = 0; at < length - 2; at += at < 200 ? 1 : 61) {
      assertThat(refused(Arrays.copyOf(real.code(), at), real)).as("cut at %d", at).isTrue();
    }
    assertThat(refused(real.code(), real)).isFalse();
  }

  @Test
  @Tag("interop")
  void aSmallStreamCutOffAtEveryByteIsRefused(@TempDir Path folder) throws Exception {
    Tool.require("opj_compress");
    PixelFormat format = Encoded.format(9, 11, 1, 8, false);
    Encoded small = Encoded.byOpenJpeg(folder, format, 1, List.of("-n", "2"));
    assertThat(DECODER.decode(small.code(), format)).isEqualTo(small.values());
    for (int at = 0; at < small.code().length - 2; at++) {
      byte[] cut = Arrays.copyOf(small.code(), at);
      assertThatThrownBy(() -> DECODER.decode(cut, format))
          .as("cut at %d", at)
          .isInstanceOf(RejectedInputException.class)
          .satisfies(e -> assertThat(e.getMessage()).matches(TestData::isOneSentence));
    }
  }

  @Test
  void threeHundredDamagedStreamsAreDecodedOrRefused() throws Exception {
    long seed = 20261124;
    Random random = new Random(seed);
    Encoded real = real();
    int refusals = 0;
    for (int i = 0; i < 300; i++) {
      byte[] code = real.code().clone();
      int changes = 1 + random.nextInt(8);
      for (int change = 0; change < changes; change++) {
        int at = random.nextInt(random.nextInt(3) == 0 ? code.length : 140);
        code[at] = (byte) random.nextInt(256);
      }
      refusals += refused(code, real) ? 1 : 0;
    }
    assertThat(refusals).as("seed %d", seed).isBetween(100, 299);
    assertThat(refused(real.code(), real)).isFalse();
  }
}
