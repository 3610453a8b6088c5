package org.tessera.dicom.deidentify;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replacements that depend on a secret key and on nothing else: the same UID, patient or AE title
 * becomes the same replacement in every file, folder and run that uses the key, and cannot be
 * found again without it (HMAC-SHA-256, RFC 2104). Safe for use by several threads.
 */
public final class Pseudonyms {
  /** Fewer bytes than this are no key. */
  public static final int SHORTEST_KEY = 16;

  private static final int UID_BYTES = 16;
  private static final int LONGEST_SHIFT = 3652;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Pseudonyms of a key.
   *
   * @throws IllegalArgumentException if it is shorter than 16 bytes
   */
  public Pseudonyms(byte[] key) {
    if (key.length < SHORTEST_KEY) {
      throw new IllegalArgumentException("A key has at least 16 bytes.");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** 32 random bytes. */
  public static byte[] freshKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** The UID in place of another: 2.25. and 128 bits as a decimal number (PS3.5 B.2). */
  String uid(String uid) {
    byte[] digest = Arrays.copyOf(digest("uid", uid), UID_BYTES);
    return "2.25." + new BigInteger(1, digest);
  }

  /** The name and ID in place of a patient's: "P" and 60 bits in hexadecimal. */
  String patient(String identity) {
    String hex = HexFormat.of().formatHex(digest("patient", identity), 0, 8);
    return "P" + hex.substring(1).toUpperCase(Locale.ROOT);
  }

  /** The AE title in place of another. */
  String aeTitle(String title) {
    String hex = HexFormat.of().formatHex(digest("ae", title), 0, 6);
    return "AE" + hex.toUpperCase(Locale.ROOT);
  }

  /** Days by which the dates of a patient move: 1 to 3652 into the past. */
  int shiftDays(String identity) {
    byte[] digest = Arrays.copyOf(digest("dates", identity), 8);
    return -1 - new BigInteger(1, digest).mod(BigInteger.valueOf(LONGEST_SHIFT)).intValue();
  }

  private byte[] digest(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
    }
  }
}
