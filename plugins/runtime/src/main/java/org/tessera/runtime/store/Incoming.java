package org.tessera.runtime.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * An object while it is being received: its data set is written to this stream, hashed on the way.
 * Closing it without {@link ObjectStore#finish} forgets it.
 */
public final class Incoming extends OutputStream {
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
      this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
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

  /** Brings the bytes to the disk, and reads what they are. */
  Received received() throws StoreException {
    try {
      channel.force(true);
      channel.close();
      InstanceHeader header = InstanceHeader.read(file, identity);
      if (!study.isEmpty() && !study.equals(header.studyInstanceUid())) {
        throw new StoreException(
            Reason.MISMATCH, "The object is of another study than the request names.");
      }
      String sha256 = BlobHash.text(digest);
      handedOver = true;
      return new Received(file, sha256, size, header, source);
    } catch (IOException e) {
      throw noSpace(e);
    }
  }

  /** Forgets the object, unless it was finished: then its file belongs to the store. */
  @Override
  public void close() {
    try {
      channel.close();
      if (!handedOver) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It is removed at the next start; nobody was told that it is safe.
    }
  }

  /**
   * An object whose bytes are on the disk, but not its name.
   *
   * @param file in the folder of incoming files
   * @param sha256 of all its bytes
   * @param size in bytes
   * @param header what it is
   * @param source who sent it
   */
  record Received(
      Path file, String sha256, long size, InstanceHeader header, String source) {}
}
