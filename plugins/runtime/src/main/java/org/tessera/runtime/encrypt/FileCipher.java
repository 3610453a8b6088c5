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

/** The chunks of one file. For one thread. */
public final class FileCipher {
  /** Bytes of a chunk. */
  public static final int CHUNK = 1 << 16;

  /** Bytes that follow the bytes of a chunk. */
  public static final int TAG = 16;

  /** Bytes before the chunks. */
  public static final int HEAD = 48;

  private static final byte[] MAGIC = "TESSERA1".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE = 12;
  private static final int TAG_BITS = 8 * TAG;

  private final byte[] head;
  private final SecretKey key;
  private final Cipher cipher;

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
  public static FileCipher ofNew(EncryptionKey owner) {
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
  public static FileCipher of(byte[] head, EncryptionKey owner) throws DamagedException {
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

  public byte[] head() {
    return head.clone();
  }

  /**
   * Encrypts a chunk; its tag is at its end. No number may be used twice: that would give away
   * both.
   *
   * @param number from 0
   */
  public byte[] encrypt(long number, byte[] chunk, int count, boolean last) {
    try {
      return begun(Cipher.ENCRYPT_MODE, number, last).doFinal(chunk, 0, count);
    } catch (GeneralSecurityException e) {
      throw EncryptionKey.missing(e);
    }
  }

  /**
   * Decrypts a chunk.
   *
   * @param number from 0
   * @param plain has room for a whole chunk
   * @return how many bytes of it are filled
   * @throws DamagedException if it is not the one that was written
   */
  public int decrypt(long number, byte[] chunk, int count, boolean last, byte[] plain)
      throws DamagedException {
    if (count < TAG) {
      throw new DamagedException("The file is cut off.");
    }
    try {
      return begun(Cipher.DECRYPT_MODE, number, last).doFinal(chunk, 0, count, plain, 0);
    } catch (AEADBadTagException e) {
      throw new DamagedException("The file has been changed or cut off.");
    } catch (GeneralSecurityException e) {
      throw EncryptionKey.missing(e);
    }
  }

  private Cipher begun(int mode, long number, boolean last) throws GeneralSecurityException {
    ByteBuffer nonce = ByteBuffer.allocate(NONCE);
    nonce.putLong(NONCE - 1 - Long.BYTES, number);
    nonce.put(NONCE - 1, (byte) (last ? 1 : 0));
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
    cipher.updateAAD(head);
    return cipher;
  }
}
