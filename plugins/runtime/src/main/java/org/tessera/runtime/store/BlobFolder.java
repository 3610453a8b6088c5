package org.tessera.runtime.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.seal.SealedFolder;

/** Files under the names of their hashes, in 256 folders; and those that are being received. */
final class BlobFolder {
  private static final int FOLDERS = 256;

  private final Path incoming;
  private final Path blobs;

  /** Kept, since to find it the system's list of mounts is read. */
  private final FileStore disk;

  private BlobFolder(Path incoming, Path blobs) throws IOException {
    this.incoming = incoming;
    this.blobs = blobs;
    this.disk = Files.getFileStore(incoming);
  }

  /** Makes the folders, durably, and removes what an earlier run was receiving when it ended. */
  static BlobFolder open(Path data) throws IOException {
    Path incoming = Files.createDirectories(data.resolve("incoming"));
    Path blobs = Files.createDirectories(data.resolve("blobs"));
    for (int i = 0; i < FOLDERS; i++) {
      Files.createDirectories(blobs.resolve("%02x".formatted(i)));
    }
    sync(Set.of(blobs, data));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    return new BlobFolder(incoming, blobs);
  }

  /** A new file to receive into. */
  Path newFile() throws IOException {
    return Files.createTempFile(incoming, "", ".part");
  }

  Path blob(String sha256) {
    String name = SealedFolder.name(blobs, sha256);
    return blobs.resolve(name.substring(0, 2)).resolve(name);
  }

  /** Gives a file that is on the disk its name; one that has it already is the same. */
  void place(Path file, String sha256) throws IOException {
    Files.move(file, blob(sha256), StandardCopyOption.ATOMIC_MOVE);
  }

  /** True if an object is there with the bytes of its name; they and the name are on the disk. */
  boolean isIntact(String sha256, long size) throws IOException {
    Path blob = blob(sha256);
    if (!Files.isRegularFile(blob) || Files.size(blob) != size) {
      return false;
    }
    try {
      sync(Set.of(blob, blob.resolveSibling("")));
      return BlobHash.of(blob).equals(sha256);
    } catch (DamagedException e) {
      return false;
    }
  }

  /** Keeps a file that is not whole where nobody takes it for an object, if there is one. */
  void setAside(String sha256) throws IOException {
    Path blob = blob(sha256);
    if (Files.exists(blob)) {
      Path damaged = Files.createDirectories(blobs.resolveSibling("damaged"));
      Path aside = damaged.resolve(String.valueOf(blob.getFileName()));
      Files.move(blob, aside, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Brings names to the disk, or the bytes of files. */
  static void sync(Set<Path> paths) throws IOException {
    for (Path path : paths) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Bytes that can still be written. */
  long usable() throws IOException {
    return disk.getUsableSpace();
  }

  /** Writes and removes a file. */
  void probe() throws IOException {
    Path file = newFile();
    try {
      Files.write(file, new byte[1]);
    } finally {
      Files.delete(file);
    }
  }
}
