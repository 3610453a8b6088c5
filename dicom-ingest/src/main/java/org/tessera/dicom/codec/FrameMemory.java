package org.tessera.dicom.codec;

/**
 * Memory of frames that are not needed any more, to be filled again: it is still in the caches of
 * the processor, and nothing has to be zeroed first. Whoever reads frames with it is done with one
 * before the next one is read. Holds a few arrays, and no large ones. For one thread.
 */
public final class FrameMemory {
  /** Frames of so many lengths, as a study of several series has them. */
  private static final int LENGTHS = 4;

  /** A longer array is not kept: a copy of that size is not in a cache anyhow. */
  private static final long MOST_BYTES =
      Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 32);

  private final byte[][] kept = new byte[LENGTHS][0];
  private int next;

  /**
   * An array with any content, which is overwritten by a later frame.
   *
   * @param length of the frame in bytes
   */
  byte[] array(int length) {
    for (byte[] each : kept) {
      if (each.length == length) {
        return each;
      }
    }
    byte[] fresh = new byte[length];
    if (length <= MOST_BYTES) {
      kept[next] = fresh;
      next = (next + 1) % LENGTHS;
    }
    return fresh;
  }
}
