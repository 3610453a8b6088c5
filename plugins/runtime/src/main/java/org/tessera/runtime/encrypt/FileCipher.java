package org.tessera.runtime.encrypt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** The chunks of one file, in order. For one thread. */
final class FileCipher {
  static final int CHUNK = 1 << 16;
  static final int TAG = 16;
  static final int HEAD = 48;
  private static final byte[] MAGIC = "TESSERA1".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE = 12;
  private static final int TAG_BITS = 8 * TAG;

  private final byte[] head;
  private final SecretKey key;
  private final Cipher cipher;
  private long next;

  private FileCipher(byte[] head, EncryptionKey owner) {
    this.head = head;
    this.key = owner.ofFile(Arrays.copyOfRange(head, MAGIC.length + EncryptionKey.ID, HEAD));
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw EncryptionKey.missing(e);
    }
  }

  /** Of a new file. */
  static FileCipher ofNew(EncryptionKey owner) {
    byte[] salt = new byte[HEAD - MAGIC.length - EncryptionKey.ID];
    new SecureRandom().nextBytes(salt);
    byte[] head = ByteBuffer.allocate(HEAD).put(MAGIC).put(owner.idBytes()).put(salt).array();
    return new FileCipher(head, owner);
  }

  /**
   * Of a file that is there.
   *
   * @param head its first bytes
   * @throws DamagedException if they are not those of a file under that key
   */
  static FileCipher of(byte[] head, EncryptionKey owner) throws DamagedException {
    byte[] expected = ByteBuffer.allocate(MAGIC.length + EncryptionKey.ID)
        .put(MAGIC)
        .put(owner.idBytes())
        .array();
    if (head.length != HEAD || !Arrays.equals(head, 0, expected.length, expected, 0,
        expected.length)) {
      throw new DamagedException("The file is not encrypted with this key.");
    }
    return new FileCipher(head.clone(), owner);
  }

  byte[] head() {
    return head.clone();
  }

  /** Encrypts the next chunk; its tag is at its end. */
  byte[] encrypt(byte[] chunk, int count, boolean last) {
    try {
      return next(Cipher.ENCRYPT_MODE, chunk, count, last);
    } catch (GeneralSecurityException e) {
      throw EncryptionKey.missing(e);
    }
  }

  /**
   * Decrypts the next chunk.
   *
   * @throws DamagedException if it is not the one that was written
   */
  byte[] decrypt(byte[] chunk, int count, boolean last) throws DamagedException {
    if (count < TAG) {
      throw new DamagedException("The file is cut off.");
    }
    try {
      return next(Cipher.DECRYPT_MODE, chunk, count, last);
    } catch (AEADBadTagException e) {
      throw new DamagedException("The file has been changed or cut off.");
    } catch (GeneralSecurityException e) {
      throw EncryptionKey.missing(e);
    }
  }

  private byte[] next(int mode, byte[] chunk, int count, boolean last)
      throws GeneralSecurityException {
    ByteBuffer nonce = ByteBuffer.allocate(NONCE);
    nonce.putLong(NONCE - 1 - Long.BYTES, next);
    nonce.put(NONCE - 1, (byte) (last ? 1 : 0));
    next++;
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
    cipher.updateAAD(head);
    return cipher.doFinal(chunk, 0, count);
  }
}
