package org.tessera.runtime.backup;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.encrypt.DecryptingStream;
import org.tessera.runtime.encrypt.EncryptingStream;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.store.BlobHash;

/**
 * How files stand in a folder of backups: as they are, or encrypted under names that do not tell
 * their hashes.
 *
 * @param key empty if they stand as they are
 */
record BackupCoding(Optional<EncryptionKey> key) {
  /** Tells whether a folder is encrypted, and with which key. */
  private static final String MARK = "encrypted";

  /** Decides for a folder that is read; it is not changed. */
  static BackupCoding ofExisting(Path folder, Optional<EncryptionKey> key)
      throws IOException, RejectedInputException {
    Path mark = folder.resolve(MARK);
    if (!Files.exists(mark)) {
      if (key.isPresent()) {
        throw new RejectedInputException(
            "The backups in this folder are not encrypted: take another folder, or no key.");
      }
      return new BackupCoding(key);
    }
    if (key.isEmpty()) {
      throw new RejectedInputException("The backups in this folder are encrypted: give the key.");
    }
    if (!Files.readString(mark).strip().equals(key.get().id())) {
      throw new RejectedInputException(
          "The backups in this folder are encrypted with another key.");
    }
    return new BackupCoding(key);
  }

  /** Decides for a folder that is written; an empty one is marked if there is a key. */
  static BackupCoding ofFolder(Path folder, Optional<EncryptionKey> key)
      throws IOException, RejectedInputException {
    if (key.isPresent() && isEmpty(folder)) {
      Path part = folder.resolve(MARK + ".part");
      Files.writeString(part, key.get().id() + "\n", StandardCharsets.US_ASCII);
      SnapshotWriter.force(part);
      Files.move(part, folder.resolve(MARK));
      SnapshotWriter.force(folder);
    }
    return ofExisting(folder, key);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .allMatch(name -> name.equals("lock") || name.equals(MARK + ".part"));
    }
  }

  /** Name of a content. */
  String name(String sha256) {
    return key.map(each -> each.name(sha256)).orElse(sha256);
  }

  /** Bytes of a content as it stands there. */
  long size(long plain) {
    return key.isPresent() ? EncryptingStream.size(plain) : plain;
  }

  /** Hash of a content that stands there; empty if it is not what was written. */
  Optional<String> hash(Path stored) throws IOException {
    try (InputStream in = reading(stored)) {
      return Optional.of(BlobHash.copy(in, OutputStream.nullOutputStream()));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  /** Brings a file there, to the disk; tells what was read. */
  BackupFolder.Kept keep(Path plain, Path stored) throws IOException {
    try (FileChannel channel = writing(stored)) {
      Counted counted;
      String hash;
      try (InputStream in = Files.newInputStream(plain);
          OutputStream out = encoded(new Unclosed(Channels.newOutputStream(channel)))) {
        counted = new Counted(out);
        hash = BlobHash.copy(in, counted);
      }
      channel.force(true);
      return new BackupFolder.Kept(hash, counted.count);
    }
  }

  /** Brings a content back, to the disk; its hash, empty if it is not what was written. */
  Optional<String> restore(Path stored, Path plain) throws IOException {
    try (FileChannel channel = writing(plain);
        InputStream in = reading(stored)) {
      String hash = BlobHash.copy(in, Channels.newOutputStream(channel));
      channel.force(true);
      return Optional.of(hash);
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  private static FileChannel writing(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Opens a file that stands there, to be read as it was. */
  InputStream reading(Path stored) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(stored));
    try {
      return key.isPresent() ? new DecryptingStream(in, key.get()) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** What is written to it stands in the other stream as it has to. */
  OutputStream encoded(OutputStream out) throws IOException {
    return key.isPresent() ? new EncryptingStream(out, key.get()) : out;
  }

  /** Its end does not close the file: that has to be synced first. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Knows how much went through it. */
  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
