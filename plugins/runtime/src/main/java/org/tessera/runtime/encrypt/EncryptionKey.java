package org.tessera.runtime.encrypt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tessera.casemodel.RejectedInputException;

/** 256 secret bits. Never printed: it has no text form but its id, which tells nothing of it. */
public final class EncryptionKey {
  static final int ID = 8;
  private static final int BYTES = 32;
  private static final int LONGEST_FILE = 1024;

  private final SecretKey key;
  private final byte[] id;
  private final SecretKey names;
  private final SecretKey places;

  private EncryptionKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "Generic");
    this.id = Arrays.copyOf(derived("id", new byte[0]).getEncoded(), ID);
    this.names = derived("names", new byte[0]);
    this.places = derived("places", new byte[0]);
  }

  /**
   * Reads a key.
   *
   * @param file 64 hexadecimal digits, and white space around them
   * @throws RejectedInputException with one sentence, if that is not in it
   */
  public static EncryptionKey read(Path file) throws IOException, RejectedInputException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
      throw new RejectedInputException("There is no such key file.");
    }
    return parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a key, for example of an environment variable.
   *
   * @throws RejectedInputException with one sentence, if it is none
   */
  public static EncryptionKey parse(String text) throws RejectedInputException {
    String digits = text.strip();
    if (!digits.matches("[0-9A-Fa-f]{64}")) {
      throw new RejectedInputException("A key has 64 hexadecimal digits.");
    }
    return new EncryptionKey(HexFormat.of().parseHex(digits));
  }

  /** The text of a new key. */
  public static String draw() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Tells keys apart, in 16 hexadecimal digits. */
  public String id() {
    return HexFormat.of().formatHex(id);
  }

  byte[] idBytes() {
    return id.clone();
  }

  /** A name for a content that does not tell its hash: HMAC-SHA256, in hexadecimal digits. */
  public String name(String sha256) {
    return HexFormat.of().formatHex(code(names, new byte[0], sha256));
  }

  /** Ties the head of a file to the place where it lies: 32 bytes. */
  public byte[] mark(byte[] head, String place) {
    return code(places, head, place);
  }

  /** A secret for another purpose, in 64 hexadecimal digits. */
  public String secret(String purpose) {
    return HexFormat.of().formatHex(derived(purpose, new byte[0]).getEncoded());
  }

  private static byte[] code(SecretKey key, byte[] first, String second) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(first);
      return mac.doFinal(second.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** The key of a file. */
  SecretKey ofFile(byte[] salt) {
    return new SecretKeySpec(derived("content", salt).getEncoded(), "AES");
  }

  private SecretKey derived(String purpose, byte[] salt) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              "Generic",
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .addSalt(salt)
                  .thenExpand(("tessera " + purpose).getBytes(StandardCharsets.US_ASCII), BYTES));
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static IllegalStateException missing(GeneralSecurityException cause) {
    return new IllegalStateException("This Java lacks AES-GCM, HMAC or HKDF.", cause);
  }
}
