package org.tessera.runtime.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.BlobHash;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.store.FolderLock;
import org.tessera.runtime.store.ObjectStore;

/**
 * Copies a data folder into a folder of backups; contents that are there already are not copied
 * again. The database comes first: what it names is in the folder before it is named.
 */
public final class Backup {
  private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

  /**
   * What was done.
   *
   * @param snapshot its name
   * @param files in it
   * @param copied of them, because their content was not there yet
   * @param damaged hashes that are names of objects whose bytes are others: they are not in it
   */
  public record Summary(String snapshot, long files, long copied, List<String> damaged) {
    public Summary {
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * How to do it.
   *
   * @param out folder of backups; made if it is not there
   * @param verify whether contents that are there already are read to their end
   * @param keep how many snapshots stay
   * @param key with which they are encrypted; empty if they are not
   */
  public record Settings(Path out, boolean verify, int keep, Optional<EncryptionKey> key) {}

  private final Path data;
  private final SealedBlobs blobs;
  private final Settings settings;
  private final BackupFolder folder;
  private final LongConsumer progress;
  private final List<String> damaged = new ArrayList<>();
  private long copied;
  private long seen;

  private Backup(
      Path data,
      SealedBlobs blobs,
      Settings settings,
      BackupFolder folder,
      LongConsumer progress) {
    this.data = data;
    this.blobs = blobs;
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
  }

  /** As {@link #ofFolder(Path, Optional, Settings, LongConsumer)}, without a key of the folder. */
  public static Summary ofFolder(Path data, Settings settings, LongConsumer progress)
      throws IOException, RejectedInputException {
    return ofFolder(data, Optional.empty(), settings, progress);
  }

  /**
   * Copies the folder of a server that does not run; of one that runs only if its database is
   * elsewhere.
   *
   * @param master key of an encrypted folder, whose objects are verified then; it is copied as it
   *     is, with or without
   * @param progress is told how many files were looked at
   * @throws RejectedInputException with one sentence, if it cannot be done
   */
  public static Summary ofFolder(
      Path data, Optional<EncryptionKey> master, Settings settings, LongConsumer progress)
      throws IOException, RejectedInputException {
    if (!Files.isDirectory(data.resolve("blobs"))) {
      throw new RejectedInputException("This is no data folder of a server.");
    }
    Path opened =
        master.isPresent() && SealedFolder.isSealed(data)
            ? SealedFolder.open(data, master)
            : data;
    Path index = data.resolve(DataFiles.INDEX);
    if (!Files.exists(index)) {
      return run(opened, settings, Optional.empty(), progress);
    }
    try (FolderLock held =
        FolderLock.take(data)
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "A server uses this data folder: stop it first, or let it make the"
                            + " backups itself (backup.folder)."))) {
      return run(opened, settings, Optional.of(index), progress);
    }
  }

  /** Copies the folder of the server that this is, while it goes on. */
  public static Summary ofServer(ObjectStore store, Settings settings)
      throws IOException, RejectedInputException {
    Database database = store.database();
    if (!database.isEmbedded()) {
      return run(store.folder(), settings, Optional.empty(), seen -> {});
    }
    // What a crash leaves there is removed at the next start. H2 writes what it has: encrypted, if
    // it is.
    Path data = SealedFolder.raw(store.folder());
    Path zip = data.resolve("incoming").resolve("index.zip");
    Path index = data.resolve("incoming").resolve(DataFiles.INDEX);
    try {
      Files.deleteIfExists(zip);
      Files.deleteIfExists(index);
      database.backUp(zip);
      extract(zip, index);
      return run(store.folder(), settings, Optional.of(index), seen -> {});
    } finally {
      Files.deleteIfExists(zip);
      Files.deleteIfExists(index);
    }
  }

  /**
   * Finds out before the first backup whether the key fits the folder.
   *
   * @throws RejectedInputException with one sentence, if it does not
   */
  public static void check(Settings settings) throws IOException, RejectedInputException {
    if (!BackupFolder.snapshots(settings.out()).isEmpty()) {
      BackupCoding coding = BackupCoding.ofExisting(settings.out(), settings.key());
      LOG.info("Backups are {}.", coding.key().isPresent() ? "encrypted" : "not encrypted");
    }
  }

  /** When the newest snapshot of a folder was made. */
  public static Optional<Instant> newest(Path out) throws IOException {
    List<Path> all = BackupFolder.snapshots(out);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.getLastModifiedTime(all.getLast()).toInstant());
  }

  private static void extract(Path zip, Path index) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null && !entry.getName().endsWith(DataFiles.INDEX)) {
        entry = in.getNextEntry();
      }
      if (entry == null) {
        throw new IOException("The database wrote no backup.");
      }
      Files.copy(in, index);
    }
  }

  private static Summary run(
      Path opened, Settings settings, Optional<Path> index, LongConsumer progress)
      throws IOException, RejectedInputException {
    Path data = SealedFolder.raw(opened);
    Path real = Files.createDirectories(settings.out()).toRealPath();
    if (real.startsWith(data.toRealPath())) {
      throw new RejectedInputException("Backups cannot be kept inside of the data folder.");
    }
    try (BackupFolder folder = BackupFolder.open(real, settings.key())) {
      SealedBlobs blobs = SealedBlobs.of(opened, folder);
      Backup backup = new Backup(data, blobs, settings, folder, progress);
      Summary summary = backup.run(index);
      folder.prune(settings.keep());
      return summary;
    }
  }

  private Summary run(Optional<Path> index) throws IOException {
    Instant now = Instant.now();
    try (SnapshotWriter snapshot = folder.begin(now)) {
      if (index.isPresent()) {
        add(snapshot, index.get(), DataFiles.INDEX);
      }
      DataFiles.each(data, (file, path) -> add(snapshot, file, path));
      folder.sync();
      long files = snapshot.finish();
      return new Summary(snapshot.name(), files, copied, damaged);
    }
  }

  private void add(SnapshotWriter snapshot, Path file, String path) throws IOException {
    boolean blob = path.startsWith(DataFiles.BLOBS);
    String called = String.valueOf(file.getFileName());
    String name = !blob ? BlobHash.of(file) : blobs.hash(called);
    long size = Files.size(file);
    if (!folder.has(name, size, settings.verify())) {
      Optional<BackupFolder.Kept> kept =
          blob && !blobs.isSound(path, called)
              ? Optional.empty()
              : folder.keep(file, blob ? blobs.expected(called) : Optional.empty());
      if (kept.isEmpty()) {
        damaged.add(called);
        return;
      }
      copied++;
      name = kept.get().sha256();
      size = kept.get().size();
    }
    snapshot.add(name, size, path);
    seen++;
    progress.accept(seen);
  }
}
