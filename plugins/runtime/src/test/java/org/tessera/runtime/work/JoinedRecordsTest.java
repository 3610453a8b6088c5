package org.tessera.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tessera.runtime.work.JoinedRecords.Key;

/** Records that join studies, on H2; {@link PostgresJoinedRecordsTest} runs the same tests. */
@Timeout(120)
class JoinedRecordsTest extends DatabaseOfCases {
  private static final CompletenessRule AT_ONCE =
      new CompletenessRule(Duration.ZERO, Duration.ZERO);

  private JoinedRecords records() {
    return new JoinedRecords(database());
  }

  private static Set<Key> named(String patient, String issuer, String target) {
    return Set.of(new Key(patient, issuer, target));
  }

  /** The case of a study of one object of patient P of the issuer Ward with accession A1. */
  private WorkCase study() {
    CompleteStudy.in(database(), "study");
    database().change(
        handle ->
            handle.execute(
                "update instance set issuer_of_patient_id = 'Ward', accession_number = 'A1'"));
    return queue().find(CaseQueue.nameOf("study")).orElseThrow();
  }

  /** Claims the case and notes a result. */
  private CaseRevision analysed() {
    return noteResult(claim(), CaseState.DELIVERED);
  }

  private WorkCase now() {
    return queue().find(CaseQueue.nameOf("study")).orElseThrow();
  }

  @Test
  void aRecordAfterTheResultAmendsIt() {
    WorkCase work = study();
    assertThat(analysed().frozenRecord()).isZero();
    assertThat(records().add("{\"a\":1}", named("P", "ward", "accession A1")))
        .containsExactly(work.name());
    assertThat(now().state()).isEqualTo(CaseState.RECEIVING);
    assertThat(now().revision()).isEqualTo(2);
    queue().complete(AT_ONCE, Instant.now());
    CaseRevision second = analysed();
    assertThat(second.revision()).isEqualTo(2);
    assertThat(records().of("study", second.frozenRecord())).containsExactly("{\"a\":1}");
    // The same again changes nothing.
    assertThat(records().add("{\"a\":1}", named("P", "WARD", "accession A1")))
        .containsExactly(work.name());
    assertThat(now().state()).isEqualTo(CaseState.DELIVERED);
  }

  @Test
  void aRecordBeforeItsStudyWaitsForIt() {
    assertThat(records().add("{\"a\":1}", named("P", "Ward", "study study"))).isEmpty();
    study();
    CaseQueue queue = queue();
    WorkCase first = queue.claim(Instant.now()).orElseThrow();
    // The object named no issuer when the case was frozen.
    assertThat(queue.claimed(first).frozenRecord()).isZero();
    queue.postpone(first, 0, "", Duration.ZERO);
    assertThat(now().state()).isEqualTo(CaseState.RECEIVING);
    queue.complete(AT_ONCE, Instant.now());
    CaseRevision revision = analysed();
    assertThat(revision.revision()).isEqualTo(1);
    assertThat(records().of("study", revision.frozenRecord())).containsExactly("{\"a\":1}");
  }

  @Test
  void aRecordDuringTheAnalysisBelongsToTheNextRevision() {
    study();
    WorkCase work = queue().claim(Instant.now()).orElseThrow();
    CaseRevision revision = queue().claimed(work);
    records().add("{\"a\":1}", named("P", "Ward", "accession A1"));
    assertThat(now().state()).isEqualTo(CaseState.ANALYSING);
    assertThat(records().of("study", revision.frozenRecord())).isEmpty();
    queue()
        .analysed(
            work,
            revision,
            new CaseAnalysis.Result("a".repeat(64), true, ""),
            (handle, any, which, result, earlier) -> CaseState.DELIVERING);
    assertThat(now().state()).isEqualTo(CaseState.RECEIVING);
    assertThat(now().revision()).isEqualTo(2);
  }

  @Test
  void nothingJoinsByHalf() {
    study();
    analysed();
    for (Key other :
        Set.of(
            new Key("P", "Other ward", "accession A1"),
            new Key("P", "", "accession A1"),
            new Key("Q", "Ward", "accession A1"),
            new Key("P", "Ward", "accession A2"),
            new Key("P", "Ward", "accession "),
            new Key("P", "Ward", "study other"))) {
      assertThat(records().add("{\"b\":\"" + other + "\"}", Set.of(other)))
          .as("%s", other)
          .isEmpty();
    }
    assertThat(now().state()).isEqualTo(CaseState.DELIVERED);
    database().change(handle -> handle.execute("update instance set accession_number = ''"));
    assertThat(records().add("{\"c\":1}", named("P", "Ward", "accession "))).isEmpty();
  }
}
