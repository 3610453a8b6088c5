package org.tessera.dicom.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages a file in one to four ways that a fault or an attacker would choose. */
final class Mutator {
  private static final int[] EXTREMES = {
    0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFE, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF
  };
  private static final String[] VRS = {
    "SQ", "UN", "OB", "OW", "US", "LO", "PN", "UT", "DS", "AT", "FD", "IS", "OF", "UV", "??"
  };

  /** Headers lie near the beginning, so most of the damage is done there. */
  private static final int HEAD = 4096;

  private final Random random;

  Mutator(long seed) {
    random = new Random(seed);
  }

  /**
   * A damaged copy.
   *
   * @param file not changed
   * @param other a file that parts may be taken from
   */
  byte[] mutate(byte[] file, byte[] other) {
    byte[] bytes = file.clone();
    int times = random.nextInt(3) > 0 ? 1 : 2 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 16; i++) {
      bytes = once(bytes, other);
    }
    return bytes;
  }

  private int place(byte[] bytes) {
    int reach = random.nextInt(5) > 1 ? Math.min(HEAD, bytes.length) : bytes.length;
    return random.nextInt(reach);
  }

  private byte[] once(byte[] bytes, byte[] other) {
    switch (random.nextInt(10)) {
      case 0 -> {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          bytes[place(bytes)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        int from = place(bytes);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        byte value = (byte) (random.nextBoolean() ? random.nextInt(256) : -random.nextInt(2));
        Arrays.fill(bytes, from, to, value);
      }
      case 2 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 3 -> {
        return spliced(bytes, other);
      }
      case 4, 5 -> {
        int width = 2 + 2 * random.nextInt(2);
        int at = Math.min(header(bytes) + 8 - width, bytes.length - 4);
        number(bytes, Math.max(0, at), width, EXTREMES[random.nextInt(EXTREMES.length)]);
      }
      case 6 -> {
        int at = Math.min(header(bytes) + 4, bytes.length - 2);
        byte[] vr = VRS[random.nextInt(VRS.length)].getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(vr, 0, bytes, at, 2);
      }
      case 7 -> {
        int from = Math.min(header(bytes), bytes.length - 4);
        int to = Math.min(header(bytes), bytes.length - 4);
        System.arraycopy(bytes.clone(), from, bytes, to, 4);
      }
      case 8 -> {
        int from = header(bytes);
        int to = Math.min(bytes.length, Math.max(from, header(bytes)));
        return with(bytes, to, Arrays.copyOfRange(bytes, from, to));
      }
      default -> {
        int at = Math.min(header(bytes) + 8, bytes.length - 4);
        number(bytes, at, 2, EXTREMES[random.nextInt(EXTREMES.length)]);
      }
    }
    return bytes;
  }

  /** Where an element of explicit VR, or a marker of a compressed stream, seems to begin. */
  private int header(byte[] bytes) {
    int from = place(bytes);
    for (int at = from; at + 8 < bytes.length && at < from + 256; at++) {
      boolean vr = isUpper(bytes[at + 4]) && isUpper(bytes[at + 5]) && bytes[at + 1] < 0x7F;
      boolean item = bytes[at] == (byte) 0xFE && bytes[at + 1] == (byte) 0xFF;
      boolean marker = bytes[at] == (byte) 0xFF && bytes[at + 1] < (byte) 0xFF && bytes[at + 1] < 0;
      if (vr || item || marker) {
        return at;
      }
    }
    return Math.min(from, bytes.length - 8 > 0 ? bytes.length - 8 : 0);
  }

  private static boolean isUpper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static void number(byte[] bytes, int at, int width, int value) {
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  /** The head of one and the tail of the other, or a piece of the other put in between. */
  private byte[] spliced(byte[] bytes, byte[] other) {
    int at = place(bytes);
    int from = random.nextInt(other.length);
    int to = Math.min(other.length, from + 1 + random.nextInt(random.nextBoolean() ? 64 : 8192));
    byte[] piece = Arrays.copyOfRange(other, from, random.nextInt(4) == 0 ? other.length : to);
    return random.nextBoolean()
        ? with(bytes, at, piece)
        : with(Arrays.copyOf(bytes, at), at, piece);
  }

  private static byte[] with(byte[] bytes, int at, byte[] piece) {
    byte[] longer = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(piece, 0, longer, at, piece.length);
    System.arraycopy(bytes, at, longer, at + piece.length, bytes.length - at);
    return longer;
  }
}
