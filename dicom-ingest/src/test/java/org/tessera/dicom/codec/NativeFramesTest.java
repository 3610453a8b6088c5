package org.tessera.dicom.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;

/** Frames that begin inside a byte or a word, against one value at a time. */
class NativeFramesTest {
  private static final int FRAMES = 5;

  @ParameterizedTest
  @CsvSource({"1, 13", "3, 7", "8, 8", "5, 5", "1, 1"})
  void framesOfBitsBeginAnywhere(int rows, int columns) throws RejectedInputException {
    int pixels = rows * columns;
    byte[] packed = random((pixels * FRAMES + 7) / 8);
    NativeFrames frames = new NativeFrames(Bytes.of(packed), format(rows, columns, 1, 1, false));
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] values = frames.frame(frame);
      assertEquals(pixels, values.length);
      for (int i = 0; i < pixels; i++) {
        int bit = frame * pixels + i;
        assertEquals(packed[bit / 8] >> bit % 8 & 1, values[i], "bit " + bit);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 5, 8, 2", "3, 5, 16, 2", "3, 5, 32, 4", "3, 5, 64, 8", "4, 4, 8, 2"})
  void bigEndianWordsAreTurned(int rows, int columns, int allocated, int word)
      throws RejectedInputException {
    byte[] stored = random(rows * columns * allocated / 8 * FRAMES);
    byte[] turned = stored.clone();
    int whole = stored.length - stored.length % word;
    for (int at = 0; at < whole; at++) {
      turned[at] = stored[at - 2 * (at % word) + word - 1];
    }
    NativeFrames frames =
        new NativeFrames(
            Bytes.of(stored).asBigEndian(word), format(rows, columns, 1, allocated, false));
    int length = stored.length / FRAMES;
    for (int frame = 0; frame < FRAMES; frame++) {
      assertArrayEquals(
          Arrays.copyOfRange(turned, frame * length, (frame + 1) * length), frames.frame(frame));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, false", "16, false", "16, true", "8, true", "1, false"})
  void framesInMemoryOfEarlierOnesAreTheSame(int allocated, boolean big)
      throws RejectedInputException {
    FrameMemory memory = new FrameMemory();
    for (int rows : new int[] {3, 4, 3, 8, 5, 6, 7, 3}) {
      byte[] stored = random((rows * 5 * FRAMES * allocated + 7) / 8);
      Bytes bytes = big ? Bytes.of(stored).asBigEndian(2) : Bytes.of(stored);
      NativeFrames frames = new NativeFrames(bytes, format(rows, 5, 1, allocated, false));
      for (int frame = 0; frame < FRAMES; frame++) {
        assertArrayEquals(frames.frame(frame), frames.frame(frame, memory));
      }
      boolean straddled = big && rows * 5 * allocated / 8 % 2 == 1;
      boolean copied = allocated > 1 && !straddled;
      assertEquals(copied, frames.frame(0, memory) == frames.frame(1, memory));
    }
  }

  @Test
  void planesBecomePixels() throws RejectedInputException {
    byte[] planes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    byte[] frame = new NativeFrames(Bytes.of(planes), planar()).frame(0);
    assertArrayEquals(new byte[] {1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12}, frame);
  }

  private static PixelFormat planar() {
    return new PixelFormat(2, 2, 3, 1, 8, 8, 7, false, "RGB", true, false);
  }

  private static PixelFormat format(
      int rows, int columns, int samples, int allocated, boolean planar) {
    return new PixelFormat(
        rows,
        columns,
        samples,
        FRAMES,
        allocated,
        allocated,
        allocated - 1,
        false,
        "MONOCHROME2",
        planar,
        false);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
