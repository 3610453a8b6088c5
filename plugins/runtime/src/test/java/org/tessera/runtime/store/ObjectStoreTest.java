package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.runtime.store.StoreException.Reason;

class ObjectStoreTest {
  @TempDir private Path data = Path.of("");

  private ObjectStore open() throws IOException, RejectedInputException {
    return ObjectStore.open(StoreSamples.settings(data));
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> walk = Files.walk(data.resolve(folder))) {
      return walk.filter(Files::isRegularFile)
          .map(path -> String.valueOf(path.getFileName()))
          .toList();
    }
  }

  @Test
  void anObjectIsAFileUnderItsHashAndARow() throws Exception {
    try (ObjectStore store = open()) {
      List<StoredInstance> heard = new ArrayList<>();
      store.addListener(heard::add);
      StoredInstance stored =
          StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P\u00011 "));
      assertThat(heard).containsExactly(stored);
      assertThat(files("blobs")).containsExactly(stored.sha256());
      DicomFile file = DicomFile.read(store.file(stored));
      assertThat(file.dataset().string(Tag.SOPInstanceUID)).contains("2.25.1");
      assertThat(file.meta().string(Tag.TransferSyntaxUID))
          .contains(StoreSamples.SYNTAX.uid());
      StoredInstance row = store.index().find("2.25.1").getFirst();
      assertThat(row.header().patientId()).isEqualTo("P 1");
      assertThat(row.header().studyInstanceUid()).isEqualTo("2.25.1000");
      assertThat(row.size()).isEqualTo(Files.size(store.file(stored)));
    }
  }

  @Test
  void theSameObjectTwiceIsOneAndAnotherOneIsKeptAndFlagged() throws Exception {
    StoredInstance first;
    try (ObjectStore store = open()) {
      first = StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      StoredInstance again =
          StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(files("blobs")).hasSize(1);
    }
    try (ObjectStore store = open()) {
      StoredInstance other =
          StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P2"));
      assertThat(other.differs()).isTrue();
      assertThat(other.version()).isEqualTo(2);
      assertThat(first.differs()).isFalse();
      assertThat(store.index().find("2.25.1")).hasSize(2);
      assertThat(DicomFile.read(store.file(first)).dataset().string(Tag.PatientID))
          .contains("P1");
      assertThat(store.index().after(first.id(), 9)).containsExactly(
          store.index().find("2.25.1").getLast());
    }
  }

  @Test
  void objectsStoredTogetherAreAllThere() throws Exception {
    try (ObjectStore store = open()) {
      List<CompletableFuture<StoredInstance>> answers = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String uid = "2.25." + i % 100;
        try (Incoming incoming = store.begin(StoreSamples.identity(uid), "SENDER")) {
          incoming.write(StoreSamples.encoded(StoreSamples.image(uid, "P" + i / 200)));
          answers.add(store.finish(incoming));
        }
      }
      answers.forEach(CompletableFuture::join);
      assertThat(store.index().size()).isEqualTo(200);
      assertThat(files("blobs")).hasSize(200);
      assertThat(files("incoming")).isEmpty();
    }
  }

  @Test
  void whatIsNotWhatWasAnnouncedOrCannotBeReadLeavesNothing() throws Exception {
    try (ObjectStore store = open()) {
      assertThatThrownBy(
              () -> StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.1", "P1")))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.MISMATCH));
      for (byte[] garbage : List.of(new byte[0], new byte[] {1}, new byte[100])) {
        try (Incoming incoming = store.begin(StoreSamples.identity("2.25.1"), "SENDER")) {
          incoming.write(garbage);
          assertThatThrownBy(() -> store.finish(incoming)).isInstanceOf(StoreException.class);
        }
      }
      for (String name : List.of("../../x", "/etc/x", "", "1\u0000", "1".repeat(1000))) {
        assertThatThrownBy(() -> store.begin(StoreSamples.identity(name), "SENDER"))
            .isInstanceOf(StoreException.class);
      }
      Incoming forgotten = store.begin(StoreSamples.identity("2.25.1"), "SENDER");
      forgotten.write(new byte[10]);
      forgotten.close();
      assertThat(files("incoming")).isEmpty();
      assertThat(files("blobs")).isEmpty();
      assertThat(store.index().size()).isZero();
    }
  }

  @Test
  void whatACrashLeavesIsRemovedAtTheStart() throws Exception {
    StoredInstance lost;
    StoredInstance kept;
    try (ObjectStore store = open()) {
      kept = StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      lost = StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1"));
      Files.delete(store.file(lost));
    }
    Files.write(data.resolve("incoming").resolve("half.part"), new byte[10]);
    try (ObjectStore store = open()) {
      assertThat(store.index().find("2.25.1")).hasSize(1);
      assertThat(store.index().find("2.25.2")).isEmpty();
      assertThat(files("incoming")).isEmpty();
      assertThat(store.file(kept)).exists();
    }
  }

  @Test
  void rowsOfTheLastTransactionAreRemovedIfTheirBytesDidNotReachTheDisk() throws Exception {
    StoredInstance kept;
    StoredInstance torn;
    try (ObjectStore store = open()) {
      kept = StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      torn = StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1"));
      byte[] bytes = Files.readAllBytes(store.file(torn));
      Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 7);
      Files.write(store.file(torn), bytes);
    }
    try (ObjectStore store = open()) {
      assertThat(store.index().find("2.25.1")).hasSize(1);
      assertThat(store.index().find("2.25.2")).isEmpty();
      assertThat(files("damaged")).containsExactly(torn.sha256());
      StoredInstance again =
          StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1"));
      assertThat(again.sha256()).isEqualTo(torn.sha256());
      assertThat(store.isIntact(again)).isTrue();
      assertThat(store.isIntact(kept)).isTrue();
    }
  }

  @Test
  void oneServerAtATime() throws Exception {
    try (ObjectStore store = open()) {
      assertThat(store.index().size()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              RejectedInputException.class,
              e ->
                  assertThat(e.sentence())
                      .isEqualTo("Another server uses this data folder."));
    }
  }

  @Test
  void aDiskWithoutSpaceRefusesAndIsUnwell() throws Exception {
    ObjectStore.Settings greedy =
        new ObjectStore.Settings(data, "", "", "", Long.MAX_VALUE);
    try (ObjectStore store = ObjectStore.open(greedy)) {
      assertThatThrownBy(() -> store.begin(StoreSamples.identity("2.25.1"), "SENDER"))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.OUT_OF_RESOURCES));
      assertThatThrownBy(store::check).isInstanceOf(StoreException.class);
    }
    try (ObjectStore store = open()) {
      store.check();
    }
  }
}
