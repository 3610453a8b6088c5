package org.tessera.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Colours in fixed point against PS3.3 C.7.6.3.1.2 in whole millionths. */
class YbrColoursTest {
  private static final long ONE = 1_000_000;

  @Test
  void everyInputOfEightBitsGivesTheExactRoundedColour() {
    byte[] samples = new byte[3 * 256 * 256];
    int[] luminance = new int[256 * 256];
    int[] blues = new int[256 * 256];
    int[] reds = new int[256 * 256];
    int[] pixels = new int[256 * 256];
    for (int y = 0; y < 256; y++) {
      for (int i = 0; i < 256 * 256; i++) {
        samples[3 * i] = (byte) y;
        samples[3 * i + 1] = (byte) i;
        samples[3 * i + 2] = (byte) (i >> 8);
        luminance[i] = y;
        blues[i] = i & 255;
        reds[i] = i >> 8;
      }
      YbrColours.EXACT.toRgb(samples);
      YbrColours.EXACT.pack(luminance, blues, reds, pixels.length, pixels);
      int wrong = 0;
      for (int i = 0; i < 256 * 256; i++) {
        long blue = blues[i] - 128;
        long red = reds[i] - 128;
        int expected =
            rounded(y * ONE + 1_402_000 * red)
                | rounded(y * ONE - 344_136 * blue - 714_136 * red) << 8
                | rounded(y * ONE + 1_772_000 * blue) << 16;
        int inPlace =
            samples[3 * i] & 0xFF
                | (samples[3 * i + 1] & 0xFF) << 8
                | (samples[3 * i + 2] & 0xFF) << 16;
        wrong += pixels[i] == expected && inPlace == expected ? 0 : 1;
      }
      assertThat(wrong).isZero();
    }
  }

  /** Halves upwards. */
  private static int rounded(long millionths) {
    return (int) Math.clamp(Math.floorDiv(millionths + ONE / 2, ONE), 0, 255);
  }
}
