package org.tessera.runtime.encrypt;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads what {@link EncryptingStream} wrote. No byte is given out before its chunk was found to be
 * as it was written; that nothing is missing is known only at the end. For one thread.
 */
public final class DecryptingStream extends InputStream {
  private final InputStream in;
  private final FileCipher cipher;
  private final byte[] block = new byte[FileCipher.CHUNK + FileCipher.TAG];
  private int ahead = -1;
  private final byte[] plain = new byte[FileCipher.CHUNK];
  private int filled;
  private int at;
  private long next;
  private boolean ended;

  /**
   * Begins to read a file.
   *
   * @param in closed with this
   * @throws DamagedException if it is not encrypted with that key
   */
  public DecryptingStream(InputStream in, EncryptionKey key) throws IOException {
    this.in = in;
    this.cipher = FileCipher.of(in.readNBytes(FileCipher.HEAD), key);
    this.ahead = in.read();
  }

  @Override
  public int read() throws IOException {
    return fill() ? plain[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int now = Math.min(count, filled - at);
    System.arraycopy(plain, at, target, from, now);
    at += now;
    return now;
  }

  private boolean fill() throws IOException {
    while (at == filled) {
      if (ended) {
        return false;
      }
      int count = 0;
      if (ahead >= 0) {
        block[0] = (byte) ahead;
        count = 1 + in.readNBytes(block, 1, block.length - 1);
        ahead = count == block.length ? in.read() : -1;
      }
      ended = ahead < 0;
      filled = cipher.decrypt(next++, block, count, ended, plain);
      at = 0;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
