package org.tessera.runtime.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * An object while it is being received: its data set is written to this stream, hashed on the way.
 * Closing it without {@link ObjectStore#finish} forgets it.
 */
public final class Incoming extends OutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /** How often the free space is looked at. */
  private static final long STRIDE = 16 << 20;

  private final BlobFolder folder;
  private final long reserve;
  private final ObjectIdentity identity;
  private final String source;
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long size;
  private long looked = -STRIDE;
  private boolean handedOver;
  private String study = "";

  Incoming(BlobFolder folder, long reserve, ObjectIdentity identity, String source)
      throws StoreException {
    this.folder = folder;
    this.reserve = reserve;
    this.identity = identity;
    this.source = source;
    this.digest = BlobHash.digest();
    try {
      requireSpace();
      this.file = folder.newFile();
      this.channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw noSpace(e);
    }
  }

  private void requireSpace() throws IOException {
    if (size - looked >= STRIDE) {
      looked = size;
      if (folder.usable() < reserve) {
        throw new IOException("There is less space than is kept in reserve.");
      }
    }
  }

  private static StoreException noSpace(IOException cause) {
    return cause instanceof StoreException already
        ? already
        : new StoreException(
            Reason.OUT_OF_RESOURCES, "The disk is full or cannot be written.", cause);
  }

  @Override
  public void write(int b) throws StoreException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws StoreException {
    try {
      requireSpace();
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw noSpace(e);
    }
    digest.update(bytes, from, count);
    size += count;
  }

  /** Refuses the object when it is finished, unless it is of that study. */
  public void requireStudy(String studyInstanceUid) {
    study = studyInstanceUid;
  }

  /** Reads what the object is; its bytes need not be on the disk yet. */
  NewInstance read() throws StoreException {
    try {
      // Nothing follows: whoever finds the file by its name finds it whole.
      channel.truncate(size);
      InstanceHeader header = InstanceHeader.read(channel, identity);
      if (!study.isEmpty() && !study.equals(header.studyInstanceUid())) {
        throw new StoreException(
            Reason.MISMATCH, "The object is of another study than the request names.");
      }
      return new NewInstance(BlobHash.text(digest), size, header, source);
    } catch (IOException e) {
      throw noSpace(e);
    }
  }

  /** Waits until the bytes are on the disk; the channel that they were written to tells errors. */
  boolean sync() throws IOException {
    channel.force(true);
    return true;
  }

  /** The file, in the folder of incoming files. */
  Path file() {
    return file;
  }

  /** From now on its file belongs to the store, which forgets it if it has to. */
  void handOver() {
    handedOver = true;
  }

  /** Forgets the object, unless it was finished: then its file belongs to the store. */
  @Override
  public void close() {
    if (!handedOver) {
      forget();
    }
  }

  /** Removes the file, if it has no name in the store yet. */
  void forget() {
    release();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("A file that was not stored is left until the next start.");
    }
  }

  /** Closes the file, which stays. */
  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("A file could not be closed.");
    }
  }
}
