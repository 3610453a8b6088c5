package org.tessera.runtime.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.store.FolderRemoval;

/** Makes a data folder of a snapshot. The folder is there as a whole or not at all. */
public final class Restore {
  private static final String BLOBS = "blobs";

  /**
   * What was done.
   *
   * @param snapshot its name
   * @param files that are there again
   * @param bytes of them
   * @param lost hashes of objects that the folder of backups has not, or not as they were
   */
  public record Summary(String snapshot, long files, long bytes, List<String> lost) {
    public Summary {
      lost = List.copyOf(lost);
    }
  }

  /**
   * What to restore.
   *
   * @param from folder of backups
   * @param snapshot its name; empty for the newest
   * @param data the folder to be made; an empty one may be there
   * @param partial whether it is made although objects are lost
   * @param key with which the backups are encrypted; empty if they are not
   */
  public record Settings(
      Path from,
      Optional<String> snapshot,
      Path data,
      boolean partial,
      Optional<EncryptionKey> key) {}

  private final Settings settings;
  private final BackupCoding coding;
  private final Path part;
  private final List<String> lost = new ArrayList<>();
  private final Set<Path> folders = new HashSet<>();
  private long files;
  private long bytes;

  private Restore(Settings settings, BackupCoding coding, Path part) {
    this.settings = settings;
    this.coding = coding;
    this.part = part;
  }

  /**
   * Does it.
   *
   * @param progress is told how many files are done, of how many
   * @throws RejectedInputException with one sentence, if it cannot be done
   */
  public static Summary run(Settings settings, BiConsumer<Long, Long> progress)
      throws IOException, RejectedInputException {
    Path snapshot = snapshot(settings);
    BackupCoding coding = BackupCoding.ofExisting(settings.from(), settings.key());
    long total = new Snapshot(snapshot, coding).check().files();
    Path data = settings.data().toAbsolutePath().normalize();
    requireEmpty(data);
    Path part = data.resolveSibling(data.getFileName() + ".restoring");
    FolderRemoval.remove(part);
    Files.createDirectories(part);
    Restore restore = new Restore(settings, coding, part);
    try {
      new Snapshot(snapshot, coding)
          .each(
              entry -> {
                restore.copy(entry);
                progress.accept(restore.files, total);
              });
      restore.requireNothingLost();
      for (Path folder : restore.folders) {
        SnapshotWriter.force(folder);
      }
      keep(part, data);
    } finally {
      FolderRemoval.remove(part);
    }
    return new Summary(
        BackupFolder.name(snapshot), restore.files, restore.bytes, restore.lost);
  }

  private static Path snapshot(Settings settings) throws IOException, RejectedInputException {
    List<Path> all = BackupFolder.snapshots(settings.from());
    if (all.isEmpty()) {
      throw new RejectedInputException("There is no snapshot in this folder.");
    }
    String wanted = settings.snapshot().orElse(BackupFolder.name(all.getLast()));
    return all.stream()
        .filter(each -> BackupFolder.name(each).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedInputException(
                    "There is no such snapshot; the newest is %s."
                        .formatted(BackupFolder.name(all.getLast()))));
  }

  /** Refuses a folder that has something in it. */
  static void requireEmpty(Path data) throws IOException, RejectedInputException {
    if (!Files.exists(data)) {
      return;
    }
    boolean empty = false;
    if (Files.isDirectory(data)) {
      try (Stream<Path> inside = Files.list(data)) {
        empty = inside.findAny().isEmpty();
      }
    }
    if (!empty) {
      throw new RejectedInputException(
          "The data folder is not empty: move it away first, nothing is written over.");
    }
  }

  private void copy(Snapshot.Entry entry) throws IOException, RejectedInputException {
    Path to = part.resolve(entry.path());
    Path folder = Files.createDirectories(to.resolveSibling(""));
    folders.add(folder);
    // For the eyes of its owner only.
    Path copy = Files.createTempFile(folder, "", ".part");
    Path object = BackupFolder.object(settings.from(), coding.name(entry.sha256()));
    if (Files.exists(object)
        && coding.restore(object, copy).equals(Optional.of(entry.sha256()))) {
      Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
      files++;
      bytes += entry.size();
      return;
    }
    Files.delete(copy);
    if (!entry.path().startsWith(BLOBS)) {
      throw new RejectedInputException(
          "The backup of the database or of results is damaged; try an earlier snapshot.");
    }
    lost.add(entry.sha256());
  }

  private void requireNothingLost() throws RejectedInputException {
    if (!lost.isEmpty() && !settings.partial()) {
      throw new RejectedInputException(
          "%d objects are damaged or missing in the backup: nothing was restored (--partial"
              .formatted(lost.size())
              + " restores the others).");
    }
  }

  /** Gives a folder that is on the disk its name, in the place of an empty one. */
  static void keep(Path part, Path data) throws IOException {
    Files.deleteIfExists(data);
    Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    SnapshotWriter.force(data.resolveSibling(""));
  }
}
