package org.tessera.explain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/**
 * SHA-256 of a token sequence: of each segment in order the evidence, every token's modality,
 * region and position, and the bits of every value.
 */
public final class SequenceHash {
  private SequenceHash() {}

  /** The hash, 64 lower-case hexadecimal digits. */
  public static String of(TokenSequence sequence) {
    MessageDigest digest = sha256();
    for (Segment segment : sequence.segments()) {
      text(digest, segment.modality().wireName());
      text(digest, segment.evidence());
      for (Token token : segment.tokens()) {
        text(digest, token.modality().wireName());
        text(digest, token.evidence());
        text(digest, token.region().toString());
        text(digest, token.position().toString());
      }
      values(digest, segment.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static void values(MessageDigest digest, float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * (values.length + 1));
    buffer.putInt(values.length);
    for (float value : values) {
      buffer.putFloat(value);
    }
    digest.update(buffer.flip());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
