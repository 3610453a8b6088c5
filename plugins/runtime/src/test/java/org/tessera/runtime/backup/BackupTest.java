package org.tessera.runtime.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreSamples;
import org.tessera.runtime.store.StoredInstance;

@Timeout(120)
class BackupTest {
  private static final int OBJECTS = 20;

  @TempDir private Path folder = Path.of("");
  private Path data = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void fill() throws Exception {
    data = folder.resolve("data");
    out = folder.resolve("backups");
    try (ObjectStore store = open()) {
      store(store, 0, OBJECTS);
    }
    Path result = Files.createDirectories(data.resolve("cases").resolve("case-1").resolve("r1"));
    Files.writeString(result.resolve("result.json"), "{}");
    Files.createDirectories(data.resolve("cases").resolve("case-1").resolve("r2.part"));
    Files.writeString(data.resolve("cases").resolve("case-1").resolve("r2.part/half"), "x");
  }

  private ObjectStore open() throws IOException, RejectedInputException {
    return ObjectStore.open(StoreSamples.settings(data));
  }

  private static void store(ObjectStore store, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      String uid = "2.25.7." + i;
      StoreSamples.store(store, uid, StoreSamples.image(uid, "P"));
    }
  }

  final Backup.Summary backUp() throws IOException, RejectedInputException {
    return Backup.ofFolder(data, settings(Integer.MAX_VALUE), seen -> {});
  }

  private Backup.Settings settings(int keep) {
    return new Backup.Settings(out, false, keep, key());
  }

  /** With which the backups are encrypted. */
  Optional<EncryptionKey> key() {
    return Optional.empty();
  }

  final Path folder() {
    return folder;
  }

  final Path data() {
    return data;
  }

  final Path out() {
    return out;
  }

  private BackupCoding coding() {
    return new BackupCoding(key());
  }

  final Restore.Summary restore(boolean partial) throws IOException, RejectedInputException {
    return Restore.run(
        new Restore.Settings(out, Optional.empty(), data, partial, key()), (done, total) -> {});
  }

  final void requireAll(int objects) throws IOException, RejectedInputException {
    try (ObjectStore store = open()) {
      assertThat(store.index().size()).isEqualTo(objects);
      for (StoredInstance each : store.index().after(0, 1000)) {
        assertThat(store.isIntact(each)).isTrue();
      }
      store.check();
      store(store, 500, 501);
    }
  }

  static void flipLastBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  final Path aBlobIn(Path where) throws IOException, RejectedInputException {
    try (ObjectStore store = open()) {
      Path blob = store.file(store.index().find("2.25.7.3").getFirst());
      return where.equals(data)
          ? blob
          : BackupFolder.object(where, coding().name(String.valueOf(blob.getFileName())));
    }
  }

  @Test
  void aLostFolderIsMadeAgain() throws Exception {
    Backup.Summary first = backUp();
    assertThat(first.damaged()).isEmpty();
    assertThat(first.files()).isEqualTo(OBJECTS + 2);
    assertThat(first.copied()).isEqualTo(OBJECTS + 2);
    assertThat(backUp().copied()).as("nothing is copied twice").isZero();
    try (ObjectStore store = open()) {
      store(store, OBJECTS, OBJECTS + 1);
    }
    assertThat(backUp().copied()).as("the object and the index").isEqualTo(2);

    FolderRemoval.remove(data);
    Restore.Summary restored = restore(false);
    assertThat(restored.files()).isEqualTo(OBJECTS + 3);
    requireAll(OBJECTS + 1);
    assertThat(data.resolve("cases/case-1/r1/result.json")).hasContent("{}");
    assertThat(data.resolve("cases/case-1/r2.part")).doesNotExist();

    FolderRemoval.remove(data);
    Restore.run(
        new Restore.Settings(out, Optional.of(first.snapshot()), data, false, key()),
        (done, all) -> {});
    requireAll(OBJECTS);
  }

  @Test
  void aServerThatRunsIsCopiedAsItWas() throws Exception {
    try (ObjectStore store = open()) {
      assertThatThrownBy(this::backUp)
          .isInstanceOfSatisfying(
              RejectedInputException.class,
              e -> assertThat(e.sentence()).startsWith("A server uses this data folder"));
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      store(store, 100, 160);
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      Backup.Summary made =
          Backup.ofServer(store, settings(Integer.MAX_VALUE));
      assertThat(made.damaged()).isEmpty();
      sender.join();
      assertThat(data.resolve("incoming")).isEmptyDirectory();
    }
    FolderRemoval.remove(data);
    restore(false);
    try (ObjectStore store = open()) {
      assertThat(store.index().size()).isBetween((long) OBJECTS, OBJECTS + 60L);
      for (StoredInstance each : store.index().after(0, 1000)) {
        assertThat(store.isIntact(each)).as("each row has its object").isTrue();
      }
    }
  }

  @Test
  void anObjectThatHasDecayedIsNamedAndNotCopied() throws Exception {
    Path blob = aBlobIn(data);
    flipLastBit(blob);
    Backup.Summary made = backUp();
    assertThat(made.damaged()).containsExactly(String.valueOf(blob.getFileName()));
    assertThat(made.files()).isEqualTo(OBJECTS + 1);
  }

  @Test
  void aBackupThatHasDecayedIsNotRestoredUnlessOneInsists() throws Exception {
    backUp();
    String sha256 = String.valueOf(aBlobIn(data).getFileName());
    Path object = aBlobIn(out);
    flipLastBit(object);
    Path kept = folder.resolve("kept");
    Files.move(data, kept);
    assertThatThrownBy(() -> restore(false))
        .isInstanceOfSatisfying(
            RejectedInputException.class,
            e -> assertThat(e.sentence()).startsWith("1 objects are damaged or missing"));
    assertThat(data).doesNotExist();
    assertThat(folder.resolve("data.restoring")).doesNotExist();
    assertThat(restore(true).lost()).containsExactly(sha256);
    assertThat(data).exists();

    FolderRemoval.remove(data);
    Files.move(kept, data);
    Backup.ofFolder(data, new Backup.Settings(out, true, 9, key()), seen -> {});
    assertThat(coding().hash(object)).as("mended").contains(sha256);
    FolderRemoval.remove(data);
    assertThat(restore(false).lost()).isEmpty();
  }

  @Test
  void whatIsNoWholeSnapshotIsRefused() throws Exception {
    backUp();
    Path snapshot = BackupFolder.snapshots(out).getFirst();
    String whole;
    try (InputStream in = coding().reading(snapshot)) {
      whole = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    FolderRemoval.remove(data);
    String hash = "0".repeat(64);
    for (String bad :
        List.of(
            "",
            "x",
            "tessera-backup 2\n",
            "tessera-backup 1\n",
            whole.substring(0, whole.length() - 1),
            whole.substring(0, whole.length() / 2),
            whole.replaceFirst("\n[^\n]*", ""),
            whole.replace("result.json", "result.jsox"),
            "tessera-backup 1\n" + hash + " 1 ../x\n",
            "tessera-backup 1\n" + hash + " 1 /etc/x\n",
            "tessera-backup 1\n" + hash + " 1 a/../../x\n",
            "tessera-backup 1\n" + hash + " 1 \u0000\n",
            "tessera-backup 1\n" + "x".repeat(10_000) + "\n")) {
      try (OutputStream stored = coding().encoded(Files.newOutputStream(snapshot))) {
        stored.write(bad.getBytes(StandardCharsets.UTF_8));
      }
      assertThatThrownBy(() -> restore(true))
          .as(bad.substring(0, Math.min(80, bad.length())))
          .isInstanceOf(RejectedInputException.class);
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void nothingIsWrittenOverAndNoFolderHoldsItself() throws Exception {
    assertThatThrownBy(() -> restore(false)).hasMessageContaining("no snapshot");
    backUp();
    assertThatThrownBy(() -> restore(false)).hasMessageContaining("not empty");
    Path inside = data.resolve("backups");
    assertThatThrownBy(
            () -> Backup.ofFolder(data, new Backup.Settings(inside, false, 1, key()), seen -> {}))
        .hasMessageContaining("inside");
    assertThatThrownBy(
            () -> Backup.ofFolder(folder.resolve("none"), settings(1), seen -> {}))
        .hasMessageContaining("no data folder");
    assertThatThrownBy(
            () ->
                Restore.run(
                    new Restore.Settings(
                        out, Optional.of("x"), folder.resolve("new"), false, key()),
                    (done, total) -> {}))
        .hasMessageContaining("no such snapshot");
  }

  @Test
  void oldSnapshotsGoAndTakeWhatOnlyTheyName() throws Exception {
    backUp();
    Path blob = aBlobIn(data);
    String name = String.valueOf(blob.getFileName());
    Files.delete(blob);
    Thread.sleep(5);
    Backup.ofFolder(data, settings(2), seen -> {});
    assertThat(BackupFolder.object(out, coding().name(name))).exists();
    Thread.sleep(5);
    Backup.ofFolder(data, settings(1), seen -> {});
    assertThat(BackupFolder.snapshots(out)).hasSize(1);
    assertThat(BackupFolder.object(out, coding().name(name))).doesNotExist();
    try (Stream<Path> walk = Files.walk(out.resolve("objects"))) {
      assertThat(walk.filter(Files::isRegularFile)).hasSizeGreaterThanOrEqualTo(OBJECTS);
    }
    FolderRemoval.remove(data);
    assertThat(restore(false).lost()).isEmpty();
  }
}
