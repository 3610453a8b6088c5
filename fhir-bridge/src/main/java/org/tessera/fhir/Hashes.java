package org.tessera.fhir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Digests, and identifiers made of them. */
final class Hashes {
  // Of this project: made once at random, so that equal content gets equal identifiers.
  private static final UUID NAMESPACE = UUID.fromString("6f0c2f6e-54a0-4d0a-9a57-2f8f3d1c9b41");

  private Hashes() {}

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
  }

  static byte[] sha1(byte[] bytes) {
    return digest("SHA-1").digest(bytes);
  }

  /** A name-based UUID (RFC 9562 5.5, version 5). */
  static UUID uuid(String name) {
    MessageDigest digest = digest("SHA-1");
    digest.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = hash.getLong() & ~0xF000L | 0x5000L;
    long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-1 and SHA-256.
      throw new IllegalStateException(e);
    }
  }
}
