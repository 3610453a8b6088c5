package org.tessera.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.CaseRevision.Outcome;

/** The queue on H2; {@link PostgresQueueTest} runs the same tests. */
class CaseQueueTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final CompletenessRule RULE =
      new CompletenessRule(Duration.ofSeconds(60), Duration.ofSeconds(600));
  private static final CaseAnalysis.Result RESULT =
      new CaseAnalysis.Result("a".repeat(64), true, "");

  @TempDir private Path folder = Path.of("");
  private String url = "";
  private Database database = unopened();
  private CaseQueue queue = new CaseQueue(database);
  private StudyArrivals arrivals = new StudyArrivals(database);
  private final List<Optional<CaseRevision>> earlier = new ArrayList<>();

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static Database unopened() {
    return null;
  }

  /** The database of one test; empty. */
  String url() throws Exception {
    return "jdbc:h2:file:" + folder.resolve("index");
  }

  @BeforeEach
  void open() throws Exception {
    url = url();
    connect();
  }

  private void connect() throws RejectedInputException {
    database = Database.open(url, "", "");
    queue = new CaseQueue(database);
    arrivals = new StudyArrivals(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void arrive(long id, String study, int expected, Instant when) {
    CompleteStudy.arrive(database, id, study, expected, when);
  }

  private WorkCase only() {
    assertThat(queue.newest(10)).hasSize(1);
    return queue.newest(10).getFirst();
  }

  private CaseState handover(
      WorkCase work, CaseRevision revision, Optional<CaseRevision> before) {
    assertThat(revision.revision()).isEqualTo(work.revision());
    earlier.add(before);
    return CaseState.DELIVERING;
  }

  private void finish(WorkCase work, CaseAnalysis.Result result) {
    queue.analysed(
        work,
        queue.claimed(work),
        result,
        (transaction, done, revision, made, before) -> handover(done, revision, before));
  }

  private WorkCase claim() {
    return queue.claim(Instant.now().plusSeconds(1)).orElseThrow();
  }

  @Test
  void aStudyIsCompleteAfterTheQuietTime() {
    arrive(1, "1.2", 0, START);
    arrive(2, "1.2", 0, START.plusSeconds(50));
    queue.complete(RULE, START.plusSeconds(109));
    assertThat(only().state()).isEqualTo(CaseState.RECEIVING);
    queue.complete(RULE, START.plusSeconds(110));
    assertThat(only().state()).isEqualTo(CaseState.COMPLETE);
    assertThat(only().instances()).isEqualTo(2);
    assertThat(only().sentence()).isEqualTo("No object came for 60 s.");
    assertThat(queue.revisions(only()).getFirst().completed())
        .isEqualTo(START.plusSeconds(110));
    assertThat(arrivals.cursor()).isEqualTo(2);
  }

  @Test
  void anExpectedNumberCompletesAtOnceOrIsAwaitedLonger() {
    arrive(1, "1.2", 2, START);
    queue.complete(RULE, START.plusSeconds(599));
    assertThat(only().state()).isEqualTo(CaseState.RECEIVING);
    queue.complete(RULE, START.plusSeconds(600));
    assertThat(only().sentence())
        .isEqualTo("Only 1 of 2 expected objects came; none for 600 s.");
    arrive(2, "1.2", 2, START.plusSeconds(601));
    assertThat(only().state()).isEqualTo(CaseState.RECEIVING);
    queue.complete(RULE, START.plusSeconds(601));
    assertThat(only().state()).isEqualTo(CaseState.COMPLETE);
    assertThat(only().sentence()).isEqualTo("All 2 expected objects came.");
    assertThat(only().revision()).isEqualTo(1);
  }

  @Test
  void aLateImageBeginsTheNextRevisionAndNamesTheEarlierOne() {
    arrive(1, "1.2", 1, START);
    queue.complete(RULE, START);
    finish(claim(), RESULT);
    assertThat(only().state()).isEqualTo(CaseState.DELIVERING);
    arrive(2, "1.2", 2, START);
    assertThat(only().state()).isEqualTo(CaseState.RECEIVING);
    assertThat(only().revision()).isEqualTo(2);
    queue.complete(RULE, START);
    WorkCase again = claim();
    assertThat(queue.claimed(again).frozenId()).isEqualTo(2);
    finish(again, new CaseAnalysis.Result("b".repeat(64), true, ""));
    assertThat(earlier).hasSize(2);
    assertThat(earlier.getFirst()).isEmpty();
    assertThat(earlier.getLast().map(CaseRevision::seal)).contains("a".repeat(64));
    assertThat(queue.revisions(only()))
        .extracting(CaseRevision::outcome)
        .containsExactly(Outcome.COMPLETED, Outcome.COMPLETED);
  }

  @Test
  void anImageThatComesDuringTheAnalysisIsNotLost() {
    arrive(1, "1.2", 1, START);
    queue.complete(RULE, START);
    WorkCase work = claim();
    arrive(2, "1.2", 2, START);
    assertThat(only().state()).isEqualTo(CaseState.ANALYSING);
    finish(work, RESULT);
    assertThat(earlier).hasSize(1);
    assertThat(only().state()).isEqualTo(CaseState.RECEIVING);
    assertThat(only().revision()).isEqualTo(2);
    assertThat(queue.revisions(only()).getFirst().frozenId()).isEqualTo(1);
  }

  @Test
  void aClaimThatNobodyHeardOfIsTakenBackWithoutAnAttempt() {
    arrive(1, "1.2", 1, START);
    arrive(2, "1.3", 1, START);
    queue.complete(RULE, START);
    WorkCase lost = claim();
    WorkCase current = claim();
    queue.recover(Set.of(current));
    assertThat(queue.find(lost.name()).map(WorkCase::state)).contains(CaseState.COMPLETE);
    assertThat(queue.find(lost.name()).map(WorkCase::attempts)).contains(0);
    assertThat(queue.find(current.name()).map(WorkCase::state)).contains(CaseState.ANALYSING);
    assertThat(claim().name()).isEqualTo(lost.name());
  }

  @Test
  void oneCaseIsClaimedOnceAndTheLeastTriedComesFirst() {
    arrive(1, "1.2", 1, START);
    arrive(2, "1.3", 1, START);
    queue.complete(RULE, START);
    WorkCase first = claim();
    assertThat(first.subject()).isEqualTo("1.2");
    assertThat(first.attempts()).isEqualTo(1);
    queue.postpone(first, first.attempts(), "Failed.", Duration.ZERO);
    WorkCase second = claim();
    assertThat(second.subject()).isEqualTo("1.3");
    assertThat(claim().attempts()).isEqualTo(2);
    assertThat(queue.claim(Instant.now().plusSeconds(1))).isEmpty();
    queue.postpone(second, 1, "Later.", Duration.ofHours(1));
    assertThat(queue.claim(Instant.now().plusSeconds(1))).isEmpty();
  }

  @Test
  void aCaseThatEndsTheProcessIsQuarantinedAfterSoManyTimes() {
    arrive(1, "1.2", 1, START);
    queue.complete(RULE, START);
    claim();
    queue.recover(2);
    assertThat(only().state()).isEqualTo(CaseState.COMPLETE);
    claim();
    queue.recover(2);
    assertThat(only().state()).isEqualTo(CaseState.QUARANTINED);
    assertThat(only().sentence())
        .isEqualTo("The server ended 2 times while it analysed the case.");
    assertThat(queue.release(only().name())).isTrue();
    assertThat(only().state()).isEqualTo(CaseState.COMPLETE);
    assertThat(only().revision()).isEqualTo(1);
    assertThat(claim().attempts()).isEqualTo(1);
    assertThat(queue.release(only().name())).isFalse();
    assertThat(queue.release("case-0")).isFalse();
  }

  @Test
  void aStoppedCaseIsQuarantinedWithItsResultAndNothingIsHandedOver() {
    arrive(1, "1.2", 1, START);
    queue.complete(RULE, START);
    finish(claim(), new CaseAnalysis.Result("c".repeat(64), false, "Two patients."));
    assertThat(earlier).isEmpty();
    assertThat(only().state()).isEqualTo(CaseState.QUARANTINED);
    assertThat(only().sentence()).isEqualTo("Two patients.");
    assertThat(queue.revisions(only()).getFirst().outcome()).isEqualTo(Outcome.STOPPED);
    arrive(2, "1.2", 2, START);
    assertThat(only().revision()).isEqualTo(2);
  }

  @Test
  void everythingIsThereAfterTheDatabaseWasOpenedAgain() throws RejectedInputException {
    arrive(1, "1.2", 3, START);
    arrive(2, "1.3", 1, START);
    queue.complete(RULE, START);
    database.close();
    connect();
    assertThat(queue.counts())
        .containsEntry(CaseState.RECEIVING, 1L)
        .containsEntry(CaseState.COMPLETE, 1L)
        .containsEntry(CaseState.DELIVERED, 0L);
    WorkCase study = queue.find(CaseQueue.nameOf("1.2")).orElseThrow();
    assertThat(study.expected()).isEqualTo(3);
    assertThat(study.lastSeen()).isEqualTo(START);
    arrivals.lookAgain(START.plus(1, ChronoUnit.HOURS));
    assertThat(queue.find(study.name()).orElseThrow().lastSeen())
        .isEqualTo(START.plus(1, ChronoUnit.HOURS));
  }
}
