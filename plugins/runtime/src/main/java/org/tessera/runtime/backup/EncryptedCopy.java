package org.tessera.runtime.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.BlobHash;
import org.tessera.runtime.store.EncryptedIndex;
import org.tessera.runtime.store.FolderLock;
import org.tessera.runtime.store.FolderRemoval;

/**
 * Makes an encrypted data folder of one in the clear, which stays as it is. The new one is there as
 * a whole, on the disk, or not at all.
 */
public final class EncryptedCopy {
  private static final String CASES = "cases/";

  /** What was set aside bears the names that it had as an object. */
  private static final String DAMAGED = "damaged/";

  /**
   * What was done.
   *
   * @param files that were copied, the database not counted
   * @param bytes of them
   * @param damaged hashes of objects whose bytes are not those that were received; they are copied
   *     as they are
   */
  public record Summary(long files, long bytes, List<String> damaged) {
    public Summary {
      damaged = List.copyOf(damaged);
    }
  }

  private final Path copy;
  private final LongConsumer progress;
  private final Set<Path> folders = new HashSet<>();
  private final List<String> damaged = new ArrayList<>();
  private long files;
  private long bytes;

  private EncryptedCopy(Path copy, LongConsumer progress) {
    this.copy = copy;
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @param data folder in the clear, of a server that does not run
   * @param out the folder to be made; an empty one may be there
   * @param master key of the administrator
   * @param progress is told how many files are done
   * @throws RejectedInputException with one sentence, if it cannot be done
   */
  public static Summary run(Path data, Path out, EncryptionKey master, LongConsumer progress)
      throws IOException, RejectedInputException {
    if (!Files.isDirectory(data.resolve(DataFiles.BLOBS))) {
      throw new RejectedInputException("This is no data folder of a server.");
    }
    if (SealedFolder.isSealed(data)) {
      throw new RejectedInputException("The data folder is encrypted already.");
    }
    Path beside = Files.createDirectories(out.toAbsolutePath().normalize().resolveSibling(""));
    Path made = beside.toRealPath().resolve(String.valueOf(out.toAbsolutePath().getFileName()));
    if (made.startsWith(data.toRealPath())) {
      throw new RejectedInputException("The copy cannot be made inside of the data folder.");
    }
    Restore.requireEmpty(made);
    Path part = made.resolveSibling(made.getFileName() + ".encrypting");
    try (FolderLock held = FolderLock.ofStopped(data)) {
      FolderRemoval.remove(part);
      Files.createDirectories(part);
      Path sealed = SealedFolder.open(part, Optional.of(master));
      EncryptedCopy copy = new EncryptedCopy(sealed, progress);
      DataFiles.each(data, copy::add);
      if (Files.exists(data.resolve(DataFiles.INDEX))) {
        EncryptedIndex.copy(data, sealed);
      }
      copy.sync();
      Restore.keep(part, made);
      return new Summary(copy.files, copy.bytes, copy.damaged);
    } finally {
      FolderRemoval.remove(part);
    }
  }

  private void add(Path file, String path) throws IOException {
    Path to = place(path);
    Path parent = to.getParent();
    if (parent != null && folders.add(parent)) {
      Files.createDirectories(parent);
      for (Path each = parent; each != null && each.startsWith(copy); each = each.getParent()) {
        folders.add(each);
      }
    }
    String sha256;
    try (InputStream in = Files.newInputStream(file);
        FileChannel channel =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream encrypted = Channels.newOutputStream(channel);
      sha256 = BlobHash.copy(in, encrypted);
      channel.force(true);
    }
    String called = String.valueOf(file.getFileName());
    if (path.startsWith(DataFiles.BLOBS) && !sha256.equals(called)) {
      damaged.add(called);
    }
    files++;
    bytes += Files.size(file);
    progress.accept(files);
  }

  /** Objects and cases have other names in an encrypted folder. */
  private Path place(String path) {
    String[] names = path.split("/");
    if (path.startsWith(DataFiles.BLOBS) && names.length > 2) {
      names[2] = SealedFolder.name(copy, names[2]);
      names[1] = names[2].substring(0, 2);
    } else if ((path.startsWith(CASES) && names.length > 2) || path.startsWith(DAMAGED)) {
      names[1] = SealedFolder.name(copy, names[1]);
    }
    Path place = copy;
    for (String name : names) {
      place = place.resolve(name);
    }
    return place;
  }

  private void sync() throws IOException {
    for (Path folder : folders) {
      SnapshotWriter.force(folder);
    }
  }
}
