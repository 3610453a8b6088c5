package org.tessera.runtime.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.encrypt.FileCipher;

/**
 * The content of one encrypted file: appended to, or read anywhere, one chunk in memory. A reader
 * has verified the last chunk, and so the length, before it says anything. For one thread at a
 * time.
 */
final class SealedFile {
  /** Bytes of the mark. */
  static final int MARK = 32;

  /** Bytes before the chunks. */
  static final int START = FileCipher.HEAD + MARK;

  private static final int STORED = FileCipher.CHUNK + FileCipher.TAG;

  private final FileChannel raw;
  private final FileCipher cipher;

  /** What was read last, of chunk {@link #number}. */
  private final byte[] plain = new byte[FileCipher.CHUNK];

  private int filled;
  private long number = -1;

  /** What was appended and is not written yet, of the last chunk. */
  private final byte[] tail;

  private int pending;
  private long size;

  /** Nothing is appended any more. */
  private boolean whole;

  /** A chunk may be missing: whoever asks for the file to be whole is told. */
  private boolean torn;

  private SealedFile(FileChannel raw, FileCipher cipher, byte[] tail) {
    this.raw = raw;
    this.cipher = cipher;
    this.tail = tail;
  }

  /** Begins a file; what was in it is gone. */
  static SealedFile begin(FileChannel raw, EncryptionKey key, String place) throws IOException {
    SealedFile file = new SealedFile(raw, FileCipher.ofNew(key), new byte[FileCipher.CHUNK]);
    raw.truncate(0);
    byte[] head = file.cipher.head();
    file.write(ByteBuffer.wrap(head), 0);
    file.write(ByteBuffer.wrap(key.mark(head, place)), FileCipher.HEAD);
    return file;
  }

  /**
   * Opens a file that is there.
   *
   * @throws DamagedException if it is not the one that was written to this place, or not whole
   */
  static SealedFile open(FileChannel raw, EncryptionKey key, String place) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(START);
    fill(raw, start, 0);
    byte[] head = Arrays.copyOf(start.array(), FileCipher.HEAD);
    SealedFile file = new SealedFile(raw, FileCipher.of(head, key), new byte[0]);
    if (!Arrays.equals(
        start.array(), FileCipher.HEAD, START, key.mark(head, place), 0, MARK)) {
      throw new DamagedException("The file has been put in the place of another one.");
    }
    file.size = contentSize(raw.size());
    file.whole = true;
    file.load(file.last());
    return file;
  }

  /** Bytes of the content of a file that has so many; 0 if it is no whole one. */
  static long contentSize(long rawSize) {
    long stored = rawSize - START;
    long chunks = (stored + STORED - 1) / STORED;
    return Math.max(0, stored - chunks * FileCipher.TAG);
  }

  private static void fill(FileChannel raw, ByteBuffer target, long from) throws IOException {
    while (target.hasRemaining()) {
      if (raw.read(target, from + target.position()) < 0) {
        throw new DamagedException("The file is cut off.");
      }
    }
  }

  private void write(ByteBuffer bytes, long from) throws IOException {
    while (bytes.hasRemaining()) {
      raw.write(bytes, from + bytes.position());
    }
  }

  long size() {
    return size;
  }

  boolean isWhole() {
    return whole;
  }

  private long last() {
    return size == 0 ? 0 : (size - 1) / FileCipher.CHUNK;
  }

  /** Adds bytes at the end. */
  void append(ByteBuffer bytes) throws IOException {
    if (whole) {
      throw new IOException("An encrypted file that is whole cannot be written again.");
    }
    while (bytes.hasRemaining()) {
      if (pending == FileCipher.CHUNK) {
        // Something follows: it is not the last one.
        writeTail(false);
        whole = false;
        pending = 0;
      }
      int count = Math.min(bytes.remaining(), FileCipher.CHUNK - pending);
      bytes.get(tail, pending, count);
      pending += count;
      size += count;
    }
  }

  /** However it ends, the chunk is never encrypted again, as other bytes. */
  private void writeTail(boolean last) throws IOException {
    whole = true;
    torn = true;
    byte[] chunk = cipher.encrypt(last(), tail, pending, last);
    write(ByteBuffer.wrap(chunk), START + last() * STORED);
    torn = false;
  }

  /** Writes the last chunk: nothing follows. */
  void finish() throws IOException {
    if (torn) {
      throw new IOException("An earlier part of the file could not be written.");
    }
    if (!whole) {
      writeTail(true);
    }
  }

  private void load(long wanted) throws IOException {
    if (wanted == number) {
      return;
    }
    if (tail.length > 0 && wanted == last()) {
      System.arraycopy(tail, 0, plain, 0, pending);
      number = -1;
      filled = pending;
      return;
    }
    long from = START + wanted * STORED;
    ByteBuffer stored = ByteBuffer.allocate((int) Math.clamp(raw.size() - from, 0, STORED));
    fill(raw, stored, from);
    number = -1;
    boolean isLast = whole && wanted == last();
    filled = cipher.decrypt(wanted, stored.array(), stored.capacity(), isLast, plain);
    number = wanted;
  }

  /** Reads bytes of a position; -1 at the end. */
  int read(ByteBuffer target, long from) throws IOException {
    if (from >= size) {
      return -1;
    }
    int done = 0;
    while (target.hasRemaining() && from + done < size) {
      load((from + done) / FileCipher.CHUNK);
      int at = (int) ((from + done) % FileCipher.CHUNK);
      int count = Math.min(target.remaining(), filled - at);
      target.put(plain, at, count);
      done += count;
    }
    return done;
  }
}
