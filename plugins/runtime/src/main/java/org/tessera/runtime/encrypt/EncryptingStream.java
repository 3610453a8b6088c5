package org.tessera.runtime.encrypt;

import java.io.IOException;
import java.io.OutputStream;

/** Encrypts what is written to it; whole only when it was closed. For one thread. */
public final class EncryptingStream extends OutputStream {
  private final OutputStream out;
  private final FileCipher cipher;
  private final byte[] chunk = new byte[FileCipher.CHUNK];
  private int filled;
  private long next;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param out closed with this
   */
  public EncryptingStream(OutputStream out, EncryptionKey key) throws IOException {
    this.out = out;
    this.cipher = FileCipher.ofNew(key);
    out.write(cipher.head());
  }

  /** Bytes that a content has when it is encrypted. */
  public static long size(long plain) {
    long chunks = Math.max(1, (plain + FileCipher.CHUNK - 1) / FileCipher.CHUNK);
    return FileCipher.HEAD + plain + chunks * FileCipher.TAG;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    while (at < from + count) {
      if (filled == chunk.length) {
        // Something follows: it is not the last one.
        out.write(cipher.encrypt(next++, chunk, filled, false));
        filled = 0;
      }
      int now = Math.min(from + count - at, chunk.length - filled);
      System.arraycopy(bytes, at, chunk, filled, now);
      filled += now;
      at += now;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Writes the last chunk. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        out.write(cipher.encrypt(next, chunk, filled, true));
      }
    }
  }
}
