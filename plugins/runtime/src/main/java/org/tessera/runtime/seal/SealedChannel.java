package org.tessera.runtime.seal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.tessera.runtime.encrypt.EncryptionKey;

/**
 * The channel of an encrypted file: reads anywhere, writes at the end. It cannot be mapped. Safe
 * for several threads.
 */
final class SealedChannel extends FileChannel {
  private static final int BLOCK = 1 << 16;

  /**
   * What may be done.
   *
   * @param read whether it is read
   * @param write whether it is written
   */
  record Access(boolean read, boolean write) {}

  private final FileChannel raw;
  private final EncryptionKey key;
  private final String place;
  private final Access access;
  private SealedFile file;
  private long position;

  private SealedChannel(
      FileChannel raw, EncryptionKey key, String place, Access access, SealedFile file) {
    this.raw = raw;
    this.key = key;
    this.place = place;
    this.access = access;
    this.file = file;
  }

  /**
   * A channel; the file is begun if nothing is in it and it is to be written.
   *
   * @param raw closed with this
   */
  static SealedChannel of(FileChannel raw, EncryptionKey key, String place, Access access)
      throws IOException {
    SealedFile file =
        access.write() && raw.size() == 0
            ? SealedFile.begin(raw, key, place)
            : SealedFile.open(raw, key, place);
    return new SealedChannel(raw, key, place, access, file);
  }

  private void requireReading() throws IOException {
    requireOpen();
    if (!access.read()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWriting() throws IOException {
    requireOpen();
    if (!access.write()) {
      throw new NonWritableChannelException();
    }
  }

  /** As the channel below says it: it may have been closed by an interrupt. */
  private void requireOpen() throws IOException {
    raw.position();
  }

  @Override
  public synchronized int read(ByteBuffer target) throws IOException {
    int count = read(target, position);
    position += Math.max(0, count);
    return count;
  }

  @Override
  public synchronized long read(ByteBuffer[] targets, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, targets.length);
    long total = 0;
    for (int i = from; i < from + count; i++) {
      int read = read(targets[i]);
      if (read < 0) {
        return total == 0 ? -1 : total;
      }
      total += read;
    }
    return total;
  }

  @Override
  public synchronized int read(ByteBuffer target, long from) throws IOException {
    requireReading();
    return file.read(target, from);
  }

  @Override
  public synchronized int write(ByteBuffer source) throws IOException {
    int count = write(source, position);
    position += count;
    return count;
  }

  @Override
  public synchronized long write(ByteBuffer[] sources, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, sources.length);
    long total = 0;
    for (int i = from; i < from + count; i++) {
      total += write(sources[i]);
    }
    return total;
  }

  @Override
  public synchronized int write(ByteBuffer source, long at) throws IOException {
    requireWriting();
    if (at != file.size()) {
      throw new IOException("An encrypted file is written once, from its beginning to its end.");
    }
    if (at == 0 && file.isWhole() && source.hasRemaining()) {
      // It was empty, as a temporary file is that was just made.
      file = SealedFile.begin(raw, key, place);
    }
    int count = source.remaining();
    file.append(source);
    return count;
  }

  @Override
  public synchronized long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public synchronized FileChannel position(long at) throws IOException {
    requireOpen();
    position = at;
    return this;
  }

  @Override
  public synchronized long size() throws IOException {
    requireOpen();
    return file.size();
  }

  /** Nothing follows what is there. */
  @Override
  public synchronized FileChannel truncate(long size) throws IOException {
    requireWriting();
    if (size < file.size()) {
      throw new IOException("An encrypted file cannot be made shorter.");
    }
    file.finish();
    position = Math.min(position, size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    synchronized (this) {
      file.finish();
    }
    raw.force(metaData);
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, count));
    long done = 0;
    while (done < count) {
      block.clear().limit((int) Math.min(block.capacity(), count - done));
      if (read(block, from + done) < 0) {
        break;
      }
      block.flip();
      while (block.hasRemaining()) {
        done += target.write(block);
      }
    }
    return done;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
    ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, count));
    long done = 0;
    while (done < count) {
      block.clear().limit((int) Math.min(block.capacity(), count - done));
      if (source.read(block) < 0) {
        break;
      }
      block.flip();
      done += write(block, at + done);
    }
    return done;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long count) {
    throw new UnsupportedOperationException("An encrypted file cannot be mapped.");
  }

  @Override
  public MemorySegment map(MapMode mode, long from, long count, Arena arena) {
    throw new UnsupportedOperationException("An encrypted file cannot be mapped.");
  }

  @Override
  public FileLock lock(long from, long count, boolean shared) {
    throw new UnsupportedOperationException("An encrypted file cannot be locked.");
  }

  @Override
  public FileLock tryLock(long from, long count, boolean shared) {
    throw new UnsupportedOperationException("An encrypted file cannot be locked.");
  }

  @Override
  protected void implCloseChannel() throws IOException {
    try (raw) {
      synchronized (this) {
        if (access.write() && raw.isOpen()) {
          file.finish();
        }
      }
    }
  }
}
