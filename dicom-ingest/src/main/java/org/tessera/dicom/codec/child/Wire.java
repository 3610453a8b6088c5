package org.tessera.dicom.codec.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What goes through the pipes, big endian. A request: magic, kind, its fields. An answer: magic,
 * status, then a length and the decoded bytes, or a length and one sentence. Both sides check every
 * length before they believe it.
 */
final class Wire {
  static final int MAGIC = 0x54534443;

  /** A JPEG 2000 frame: how many processors it may use, shape, length of the code, the code. */
  static final byte JPEG_2000 = 1;

  /** A video, kept until the next one: length, bytes. Not answered. */
  static final byte VIDEO = 2;

  /** A frame of the video kept: number from 0, shape. */
  static final byte VIDEO_FRAME = 3;

  static final byte DECODED = 0;
  static final byte REFUSED = 1;

  /** Bytes of a code stream or of a decoded frame. */
  static final long MOST_BYTES = 1L << 30;

  /** Bytes of a video. */
  static final long MOST_VIDEO_BYTES = 4L << 30;

  private static final int LONGEST_SENTENCE = 400;

  private Wire() {}

  static int between(int value, int least, int most) throws IOException {
    if (value < least || value > most) {
      throw new IOException("Not between %d and %d: %d".formatted(least, most, value));
    }
    return value;
  }

  static long length(long value, long most) throws IOException {
    if (value < 0 || value > most) {
      throw new IOException("A length of " + value);
    }
    return value;
  }

  static void expectMagic(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("Not a message");
    }
  }

  static void refuse(DataOutputStream out, String sentence) throws IOException {
    byte[] text = sentence.getBytes(StandardCharsets.US_ASCII);
    out.writeInt(MAGIC);
    out.writeByte(REFUSED);
    int length = Math.min(text.length, LONGEST_SENTENCE);
    out.writeInt(length);
    out.write(text, 0, length);
    out.flush();
  }

  static String sentence(DataInputStream in) throws IOException {
    byte[] text = new byte[between(in.readInt(), 2, LONGEST_SENTENCE)];
    in.readFully(text);
    String sentence = new String(text, StandardCharsets.US_ASCII);
    if (!sentence.matches("[A-Z][ -~]*\\.")) {
      throw new IOException("Not a sentence");
    }
    return sentence;
  }

  /** The decoded bytes of an answer that must have that many of them. */
  static byte[] decoded(DataInputStream in, long expected) throws IOException {
    if (in.readLong() != expected) {
      throw new IOException("An answer of another length");
    }
    byte[] bytes = new byte[(int) expected];
    in.readFully(bytes);
    return bytes;
  }
}
