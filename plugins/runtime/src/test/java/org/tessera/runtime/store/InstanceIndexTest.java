package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.UID;

/** The repository on H2; {@link PostgresIndexTest} runs the same tests. */
class InstanceIndexTest extends DatabaseTest {
  private InstanceIndex index = new InstanceIndex(database());

  @BeforeEach
  void open() {
    index = new InstanceIndex(database());
  }

  static NewInstance object(String instance, String sha256, String patient) {
    InstanceHeader header =
        new InstanceHeader(
            UID.CTImageStorage,
            instance,
            UID.ExplicitVRLittleEndian,
            "1.2",
            "1.2.3",
            patient,
            "Hospital",
            "A1",
            "CT");
    return new NewInstance(sha256, 5L << 30, header, "SENDER");
  }

  private List<StoredInstance> add(NewInstance... objects) {
    return index.add(List.of(objects)).stream().map(InstanceIndex.Added::instance).toList();
  }

  @Test
  void rowsComeBackAsTheyWere() {
    StoredInstance stored =
        add(object("1.1", "aa", "Müller 李 \uD83D\uDE00")).getFirst();
    StoredInstance found = index.find("1.1").getFirst();
    assertThat(found.header()).isEqualTo(stored.header());
    assertThat(found.size()).isEqualTo(5L << 30);
    assertThat(found.id()).isEqualTo(stored.id());
    assertThat(found.received()).isBetween(
        stored.received().minusMillis(1), stored.received().plusMillis(1));
    assertThat(index.find("1.2")).isEmpty();
  }

  @Test
  void versionsAreCountedWithinOneTransactionAndAcross() {
    List<StoredInstance> stored =
        add(object("1.1", "aa", "P"), object("1.1", "aa", "P"),
            object("1.1", "bb", "P"), object("1.2", "aa", "P"));
    assertThat(stored).extracting(StoredInstance::version).containsExactly(1, 1, 2, 1);
    assertThat(add(object("1.1", "cc", "P")).getFirst().version()).isEqualTo(3);
    assertThat(index.size()).isEqualTo(4);
  }

  @Test
  void aFailureLeavesNothingOfTheWhole() {
    List<NewInstance> withBad =
        List.of(object("1.1", "aa", "P"), object("1.2", "bb", "P".repeat(1000)));
    try {
      index.add(withBad);
      throw new AssertionError("A text that is too long was taken.");
    } catch (RuntimeException expected) {
      assertThat(index.size()).isZero();
    }
  }

  @Test
  void readersGoOnWhereTheyWere() {
    List<StoredInstance> stored =
        add(object("1.1", "a", "P"), object("1.2", "b", "P"), object("1.3", "c", "P"));
    assertThat(index.after(0, 2)).extracting(StoredInstance::sha256).containsExactly("a", "b");
    assertThat(index.after(stored.get(1).id(), 9))
        .extracting(StoredInstance::sha256)
        .containsExactly("c");
    assertThat(index.newest(1)).extracting(StoredInstance::sha256).containsExactly("c");
    index.remove(stored.get(2));
    assertThat(index.size()).isEqualTo(2);
    database().probe();
    database().reconnect();
    database().probe();
  }
}
