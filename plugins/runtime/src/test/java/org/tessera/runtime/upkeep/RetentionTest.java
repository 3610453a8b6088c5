package org.tessera.runtime.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreSamples;
import org.tessera.runtime.store.StoredInstance;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseState;
import org.tessera.runtime.work.CompletenessRule;
import org.tessera.runtime.work.StudyIntake;
import org.tessera.runtime.work.WorkCase;

/** The rule on H2; {@link PostgresRetentionTest} runs the same tests. */
@Timeout(120)
class RetentionTest {
  private static final Duration AGE = Duration.ofDays(30);
  private static final String STUDY = "2.25.50";
  private static final CompletenessRule NEVER =
      new CompletenessRule(Duration.ofDays(1), Duration.ofDays(1));

  @TempDir private Path data = Path.of("");
  private ObjectStore store = unopened();

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static ObjectStore unopened() {
    return null;
  }

  /** The database of one test; empty for H2 in the folder. */
  String url() throws Exception {
    return "";
  }

  @BeforeEach
  void open() throws Exception {
    store = ObjectStore.open(new ObjectStore.Settings(data, url(), "", "", 0));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private static Attributes image(String uid, String study) {
    return StoreSamples.image(uid, "PATIENT").setString(Tag.StudyInstanceUID, VR.UI, study);
  }

  private StoredInstance store(String uid, String study) throws IOException {
    return StoreSamples.store(store, uid, image(uid, study));
  }

  private WorkCase caseOf(String study) {
    return new CaseQueue(store.database()).find(CaseQueue.nameOf(study)).orElseThrow();
  }

  /** Makes a case of what was stored, by the real intake, and puts it into a state. */
  private void become(String study, CaseState state) throws InterruptedException {
    CaseQueue queue = new CaseQueue(store.database());
    try (StudyIntake intake = StudyIntake.start(store, queue, NEVER)) {
      while (queue.find(CaseQueue.nameOf(study)).isEmpty()) {
        Thread.sleep(10);
      }
      assertThat(intake).isNotNull();
    }
    store
        .database()
        .change(
            handle ->
                handle.execute(
                    "update work_case set state = ? where subject = ?", state.wireName(), study));
  }

  private int sweepAfter(Duration time) throws IOException {
    return new Retention(store, AGE).sweep(Instant.now().plus(time), () -> false);
  }

  @Test
  void objectsOfADeliveredCaseGoWhenTheirTimeIsOver() throws Exception {
    StoredInstance one = store("2.25.1", STUDY);
    StoredInstance two = store("2.25.2", STUDY);
    StoredInstance other = store("2.25.3", "2.25.51");
    become(STUDY, CaseState.DELIVERED);
    assertThat(sweepAfter(AGE.minusMinutes(1))).isZero();
    assertThat(sweepAfter(AGE.plusMinutes(1))).isEqualTo(2);
    assertThat(store.file(one)).doesNotExist();
    assertThat(store.file(two)).doesNotExist();
    assertThat(store.index().find("2.25.1")).isEmpty();
    assertThat(store.file(other)).exists();
    assertThat(store.index().size()).isEqualTo(1);
    assertThat(caseOf(STUDY).state()).as("the case is known").isEqualTo(CaseState.DELIVERED);
    assertThat(sweepAfter(AGE.plusMinutes(2))).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELIVERED")
  void noOtherCaseIsTouched(CaseState state) throws Exception {
    StoredInstance one = store("2.25.1", STUDY);
    become(STUDY, state);
    assertThat(sweepAfter(Duration.ofDays(10_000))).isZero();
    assertThat(store.file(one)).exists();
  }

  @Test
  void objectsWithoutACaseStay() throws Exception {
    StoredInstance one = store("2.25.1", STUDY);
    assertThat(sweepAfter(Duration.ofDays(10_000))).isZero();
    assertThat(store.file(one)).exists();
  }

  @Test
  void oneYoungObjectKeepsItsStudy() throws Exception {
    store("2.25.1", STUDY);
    store("2.25.2", STUDY);
    become(STUDY, CaseState.DELIVERED);
    Instant later = Instant.now().plus(Duration.ofDays(20));
    store
        .database()
        .change(
            handle ->
                handle.execute(
                    "update instance set received = ? where sop_instance_uid = '2.25.2'",
                    later.atOffset(ZoneOffset.UTC)));
    assertThat(sweepAfter(AGE.plusDays(1))).isZero();
    assertThat(sweepAfter(AGE.plusDays(21))).isEqualTo(2);
  }

  @Test
  void aLateImageOfARemovedStudyDoesNotStandForTheStudy() throws Exception {
    store("2.25.1", STUDY);
    store("2.25.2", STUDY);
    become(STUDY, CaseState.DELIVERED);
    CaseQueue queue = new CaseQueue(store.database());
    assertThat(queue.lacks(caseOf(STUDY))).isFalse();
    sweepAfter(AGE.plusDays(1));
    store("2.25.9", STUDY);
    assertThat(queue.lacks(caseOf(STUDY))).isTrue();
    StoredInstance again = store("2.25.1", STUDY);
    assertThat(again.version()).isEqualTo(1);
    assertThat(store.isIntact(again)).isTrue();
    assertThat(queue.lacks(caseOf(STUDY))).as("as many as there were").isFalse();
  }

  /** What was noted to be removed, and has come again before it was. */
  @Test
  void aFileThatARowNamesIsNeverRemoved() throws Exception {
    StoredInstance one = store("2.25.1", STUDY);
    store
        .database()
        .change(handle -> handle.execute("insert into removed_blob values (?)", one.sha256()));
    sweepAfter(Duration.ZERO);
    assertThat(store.isIntact(one)).isTrue();
  }

  /** The first version may go with its study while the second one, of another study, stays. */
  @Test
  void versionsGoOnAfterTheFirstWasRemoved() throws Exception {
    store("2.25.1", STUDY);
    become(STUDY, CaseState.DELIVERED);
    StoredInstance second = store("2.25.1", "2.25.51");
    assertThat(second.version()).isEqualTo(2);
    assertThat(sweepAfter(AGE.plusDays(1))).isEqualTo(1);
    assertThat(store("2.25.1", "2.25.52").version()).isEqualTo(3);
    assertThat(store.isIntact(second)).isTrue();
  }
}
