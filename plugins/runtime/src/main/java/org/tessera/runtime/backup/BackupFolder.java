package org.tessera.runtime.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.store.FolderLock;

/** A folder of backups, as {@link org.tessera.runtime.backup} describes it. For one thread. */
final class BackupFolder implements Closeable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String ENDING = ".txt";

  private final Path objects;
  private final Path snapshots;
  private final FolderLock lock;
  private final BackupCoding coding;
  private final Set<Path> changed = new HashSet<>();

  private BackupFolder(Path objects, Path snapshots, FolderLock lock, BackupCoding coding) {
    this.coding = coding;
    this.objects = objects;
    this.snapshots = snapshots;
    this.lock = lock;
  }

  /**
   * Opens it to be written.
   *
   * @param key with which it is encrypted, if it is
   * @throws RejectedInputException with one sentence, if somebody else writes into it, or if it is
   *     encrypted otherwise
   */
  static BackupFolder open(Path folder, Optional<EncryptionKey> key)
      throws IOException, RejectedInputException {
    FolderLock lock =
        FolderLock.take(folder)
            .orElseThrow(
                () -> new RejectedInputException("Another backup is written into this folder."));
    try {
      BackupCoding coding = BackupCoding.ofFolder(folder, key);
      Path objects = Files.createDirectories(folder.resolve("objects"));
      Path snapshots = Files.createDirectories(folder.resolve("snapshots"));
      removeUnfinished(objects);
      removeUnfinished(snapshots);
      return new BackupFolder(objects, snapshots, lock, coding);
    } catch (IOException | RejectedInputException e) {
      lock.close();
      throw e;
    }
  }

  private static void removeUnfinished(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path each : left.filter(file -> file.toString().endsWith(".part")).toList()) {
        Files.delete(each);
      }
    }
  }

  /** The snapshots of a folder, the oldest first; none if it is no folder of backups. */
  static List<Path> snapshots(Path folder) throws IOException {
    Path snapshots = folder.resolve("snapshots");
    if (!Files.isDirectory(snapshots)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(snapshots)) {
      return files.filter(each -> each.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  /** How a person calls a snapshot: its time. */
  static String name(Path snapshot) {
    String file = String.valueOf(snapshot.getFileName());
    return file.substring(0, file.length() - ENDING.length());
  }

  /** Where a content is, or would be. */
  static Path object(Path folder, String name) {
    return folder.resolve("objects").resolve(name.substring(0, 2)).resolve(name);
  }

  private Path object(String sha256) {
    return object(objects.resolveSibling(""), coding.name(sha256));
  }

  /**
   * A content.
   *
   * @param sha256 of its bytes
   * @param size how many they are
   */
  record Kept(String sha256, long size) {}

  /** True if a content is there; read to its end only if asked to. */
  boolean has(String sha256, long size, boolean verify) throws IOException {
    Path object = object(sha256);
    return Files.isRegularFile(object)
        && Files.size(object) == coding.size(size)
        && (!verify || coding.hash(object).equals(Optional.of(sha256)));
  }

  /**
   * Copies a content, and waits until it is on the disk.
   *
   * @param expected its hash, where only that will do
   * @return what it is; empty if it is another one than was expected: nothing is kept then
   */
  Optional<Kept> keep(Path file, Optional<String> expected) throws IOException {
    Path part = Files.createTempFile(objects, "", ".part");
    try {
      Kept kept = coding.keep(file, part);
      String sha256 = kept.sha256();
      if (!expected.orElse(sha256).equals(sha256)) {
        return Optional.empty();
      }
      Path object = object(sha256);
      changed.add(Files.createDirectories(object.resolveSibling("")));
      Files.move(part, object, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(kept);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Visits what the newest snapshot names, if there is one. */
  void eachOfNewest(Snapshot.Visitor visitor) throws IOException, RejectedInputException {
    List<Path> all = snapshots(objects.resolveSibling(""));
    if (!all.isEmpty()) {
      new Snapshot(all.getLast(), coding).each(visitor);
    }
  }

  /** Begins a snapshot; the names of all contents are on the disk before. */
  SnapshotWriter begin(Instant now) throws IOException {
    return new SnapshotWriter(snapshots.resolve(NAME.format(now) + ENDING), coding);
  }

  /** Brings the names of new contents to the disk. */
  void sync() throws IOException {
    for (Path folder : changed) {
      SnapshotWriter.force(folder);
    }
    SnapshotWriter.force(objects);
    changed.clear();
  }

  /**
   * Removes the oldest snapshots, and what only they name.
   *
   * @param most snapshots that stay
   */
  void prune(int most) throws IOException, RejectedInputException {
    List<Path> all = snapshots(objects.resolveSibling(""));
    List<Path> old = all.subList(0, Math.max(0, all.size() - most));
    Set<String> unnamed = new HashSet<>();
    for (Path each : old) {
      new Snapshot(each, coding).each(entry -> unnamed.add(entry.sha256()));
    }
    for (Path each : all.subList(old.size(), all.size())) {
      new Snapshot(each, coding).each(entry -> unnamed.remove(entry.sha256()));
    }
    for (Path each : old) {
      Files.delete(each);
    }
    SnapshotWriter.force(snapshots);
    for (String each : unnamed) {
      Files.deleteIfExists(object(each));
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
