package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.runtime.backup.Backup;
import org.tessera.runtime.backup.Restore;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.seal.SealedFolder;

/** The store in an encrypted folder, and its backups. */
class SealedStoreTest {
  private static final EncryptionKey KEY = key("ab");
  private static final EncryptionKey OTHER = key("cd");
  private static final String PATIENT = "PLANTED-PATIENT-7731";

  @TempDir private Path folder = Path.of("");

  private static EncryptionKey key(String digits) {
    try {
      return EncryptionKey.parse(digits.repeat(32));
    } catch (RejectedInputException e) {
      throw new AssertionError(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private ObjectStore open(EncryptionKey key) throws IOException, RejectedInputException {
    return ObjectStore.open(
        new ObjectStore.Settings(data(), "", "", "", 0, Optional.of(key)));
  }

  private static StoredInstance store(ObjectStore store, int number) throws IOException {
    String uid = "2.25.7731" + number;
    return StoreSamples.store(store, uid, StoreSamples.image(uid, PATIENT));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static void requireNothingOf(Path folder, String sha256) throws IOException {
    assertThat(files(folder)).isNotEmpty();
    for (Path each : files(folder)) {
      String bytes = new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
      assertThat(bytes)
          .as("%s", each)
          .doesNotContain("DICM", "2.25.7731", PATIENT, "H:2,", "instance", sha256);
      assertThat(each.toString()).doesNotContain(sha256);
    }
  }

  @Test
  void nothingOfAPatientLiesInTheFolderAndEverythingComesBack() throws Exception {
    StoredInstance first;
    try (ObjectStore store = open(KEY)) {
      first = store(store, 1);
      assertThat(store(store, 1).id()).as("the same again").isEqualTo(first.id());
      assertThat(store.isIntact(first)).isTrue();
      Files.writeString(store.folder().resolve("cases.txt"), PATIENT);
      requireNothingOf(data(), first.sha256());
    }
    requireNothingOf(data(), first.sha256());
    try (ObjectStore store = open(KEY)) {
      StoredInstance row = store.index().find("2.25.77311").getFirst();
      assertThat(row.header().patientId()).isEqualTo(PATIENT);
      assertThat(row.size()).isEqualTo(Files.size(store.file(row)));
      assertThat(store.isIntact(row)).isTrue();
      DicomFile file = DicomFile.read(store.file(row));
      assertThat(file.dataset().string(Tag.PatientID)).contains(PATIENT);
      assertThat(store(store, 1).id()).as("the same after a restart").isEqualTo(first.id());
    }
    assertThat(files(data().resolve("blobs"))).hasSize(1);
  }

  @Test
  void aLargeObjectIsReadInPieces() throws Exception {
    byte[] pixels = new byte[5_000_000];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 >>> 4);
    }
    try (ObjectStore store = open(KEY)) {
      StoredInstance stored =
          StoreSamples.store(
              store,
              "2.25.77319",
              StoreSamples.image("2.25.77319", PATIENT)
                  .setBytes(Tag.PixelData, VR.OW, pixels));
      Bytes read = DicomFile.read(store.file(stored)).dataset().bytes(Tag.PixelData).orElseThrow();
      assertThat(read.toArray()).isEqualTo(pixels);
      byte[] part = new byte[70_000];
      read.copy(3_333_332, part, 0, part.length);
      for (int i = 0; i < part.length; i++) {
        assertThat(part[i]).isEqualTo(pixels[3_333_332 + i]);
      }
      assertThat(store.isIntact(stored)).isTrue();
    }
  }

  @Test
  void anotherKeyAndNoneAreRefusedAndHarmNothing() throws Exception {
    StoredInstance stored;
    try (ObjectStore store = open(KEY)) {
      stored = store(store, 1);
    }
    List<Path> before = files(data());
    assertThatThrownBy(() -> open(OTHER)).hasMessageContaining("another key");
    assertThatThrownBy(() -> ObjectStore.open(StoreSamples.settings(data())))
        .hasMessageContaining("name its key");
    assertThat(files(data())).containsExactlyInAnyOrderElementsOf(before);
    try (ObjectStore store = open(KEY)) {
      assertThat(store.isIntact(stored)).isTrue();
    }
  }

  @Test
  void anObjectThatWasChangedIsNotIntactAndDoesNotHinderTheStart() throws Exception {
    StoredInstance changed;
    StoredInstance other;
    try (ObjectStore store = open(KEY)) {
      changed = store(store, 1);
      other = store(store, 2);
      flipLastBit(store.file(changed));
      assertThat(store.isIntact(changed)).isFalse();
      assertThatThrownBy(() -> DicomFile.read(store.file(changed)))
          .hasMessage("The file has been changed or cut off.");
      assertThat(store.isIntact(other)).isTrue();
      store(store, 3);
    }
    try (ObjectStore store = open(KEY)) {
      assertThat(store.isIntact(other)).isTrue();
    }
  }

  private static void flipLastBit(Path file) throws IOException {
    Path raw = SealedFolder.raw(file);
    byte[] bytes = Files.readAllBytes(raw);
    bytes[bytes.length - 1] ^= 1;
    Files.write(raw, bytes);
  }

  private Backup.Settings backups() {
    return new Backup.Settings(folder.resolve("out"), false, 99, Optional.empty());
  }

  private void restore() throws IOException, RejectedInputException {
    FolderRemoval.remove(data());
    Restore.run(
        new Restore.Settings(
            folder.resolve("out"), Optional.empty(), data(), false, Optional.empty()),
        (done, total) -> {});
  }

  @Test
  void aBackupIsAsEncryptedAsTheFolderAndCopiesObjectsOnce() throws Exception {
    StoredInstance first;
    try (ObjectStore store = open(KEY)) {
      first = store(store, 1);
      store(store, 2);
      Backup.Summary made = Backup.ofServer(store, backups());
      assertThat(made.damaged()).isEmpty();
      assertThat(made.files()).as("two objects, index and key").isEqualTo(4);
      store(store, 3);
      assertThat(Backup.ofServer(store, backups()).copied()).as("object, index").isEqualTo(2);
    }
    requireNothingOf(folder.resolve("out").resolve("objects"), first.sha256());
    restore();
    try (ObjectStore store = open(KEY)) {
      assertThat(store.index().size()).isEqualTo(3);
      for (StoredInstance each : store.index().after(0, 10)) {
        assertThat(store.isIntact(each)).isTrue();
      }
    }
  }

  @Test
  void aDecayedObjectIsLeftOutOfTheBackup() throws Exception {
    Path blob;
    try (ObjectStore store = open(KEY)) {
      StoredInstance stored = store(store, 1);
      store(store, 2);
      blob = store.file(stored);
      flipLastBit(blob);
      assertThat(Backup.ofServer(store, backups()).damaged())
          .containsExactly(String.valueOf(blob.getFileName()));
    }
    assertThat(Backup.ofFolder(data(), Optional.of(KEY), backups(), seen -> {}).damaged())
        .containsExactly(String.valueOf(blob.getFileName()));
    assertThat(Backup.ofFolder(data(), backups(), seen -> {}).damaged())
        .as("nobody can tell without the key")
        .isEmpty();
    assertThatThrownBy(
            () -> Backup.ofFolder(data(), Optional.of(OTHER), backups(), seen -> {}))
        .hasMessageContaining("another key");
  }

  @Test
  void theKeyOfTheTimeOpensABackup() throws Exception {
    try (ObjectStore store = open(KEY)) {
      store(store, 1);
    }
    Backup.ofFolder(data(), Optional.of(KEY), backups(), seen -> {});
    SealedFolder.changeMaster(data(), KEY, OTHER);
    try (ObjectStore store = open(OTHER)) {
      assertThat(store.index().size()).isEqualTo(1);
    }
    restore();
    assertThatThrownBy(() -> open(OTHER)).hasMessageContaining("another key");
    try (ObjectStore store = open(KEY)) {
      assertThat(store.isIntact(store.index().find("2.25.77311").getFirst())).isTrue();
    }
  }
}
