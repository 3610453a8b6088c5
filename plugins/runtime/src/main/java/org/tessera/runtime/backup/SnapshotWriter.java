package org.tessera.runtime.backup;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.tessera.runtime.store.BlobHash;

/** Writes a snapshot; it gets its name when it is whole and on the disk. */
final class SnapshotWriter implements Closeable {
  private final Path part;
  private final Path file;
  private final OutputStream out;
  private final MessageDigest digest = BlobHash.digest();
  private long count;

  /** Begins it. */
  SnapshotWriter(Path file, BackupCoding coding) throws IOException {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.out = coding.encoded(new BufferedOutputStream(Files.newOutputStream(part)));
    write(Snapshot.FIRST_LINE);
  }

  void add(String sha256, long size, String path) throws IOException {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IOException("A file has a name that cannot be written down.");
    }
    write("%s %d %s".formatted(sha256, size, path));
    count++;
  }

  private void write(String line) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    out.write(bytes);
  }

  /** Ends it; returns how many files are in it. */
  long finish() throws IOException {
    String end = "end %d %s\n".formatted(count, BlobHash.text(digest));
    out.write(end.getBytes(StandardCharsets.UTF_8));
    out.close();
    force(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    force(file.resolveSibling(""));
    return count;
  }

  /** How a person calls it. */
  String name() {
    return BackupFolder.name(file);
  }

  /** Waits until a file, or the names in a folder, are on the disk. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Forgets it, unless it was finished. */
  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(part);
  }
}
