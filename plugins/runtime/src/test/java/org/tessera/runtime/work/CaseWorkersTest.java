package org.tessera.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.store.Database;

/** Workers on a real queue: what fails, what waits, what is kept. */
@Timeout(60)
class CaseWorkersTest {
  private static final CaseWorkers.Settings SETTINGS =
      new CaseWorkers.Settings(1, 3, Duration.ofMillis(10));
  private static final CaseAnalysis.Result RESULT =
      new CaseAnalysis.Result("a".repeat(64), true, "");

  @TempDir private Path folder = Path.of("");
  private Database database = unopened();
  private CaseQueue queue = new CaseQueue(database);

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static Database unopened() {
    return null;
  }

  @BeforeEach
  void open() throws RejectedInputException {
    database = Database.open("jdbc:h2:file:" + folder.resolve("index"), "", "");
    queue = new CaseQueue(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CaseFolders folders() throws IOException {
    return CaseFolders.in(folder);
  }

  private CaseWorkers start(CaseAnalysis analysis) throws IOException {
    return CaseWorkers.start(
        queue,
        folders(),
        analysis,
        (transaction, work, revision, result, earlier) -> CaseState.ANALYSED,
        SETTINGS);
  }

  private WorkCase await(Predicate<WorkCase> wanted) throws InterruptedException {
    while (true) {
      WorkCase work = queue.newest(1).getFirst();
      if (wanted.test(work)) {
        return work;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private WorkCase awaitState(CaseState state) throws InterruptedException {
    return await(work -> work.state() == state);
  }

  @Test
  void whatAnAnalysisWroteIsKeptAsAWhole() throws Exception {
    CompleteStudy.in(database, "1");
    try (CaseWorkers workers =
        start(
            (work, revision, draft) -> {
              Files.writeString(draft.resolve("result.json"), work.name());
              return RESULT;
            })) {
      WorkCase done = awaitState(CaseState.ANALYSED);
      assertThat(folders().revision(done.name(), 1).resolve("result.json"))
          .hasContent(done.name());
      assertThat(folder.resolve("cases").resolve(done.name()).resolve("r1.part"))
          .doesNotExist();
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aCaseThatAlwaysFailsIsQuarantinedAndTheNextOneIsNot() throws Exception {
    CompleteStudy.in(database, "bad");
    AtomicInteger calls = new AtomicInteger();
    try (CaseWorkers workers =
        start(
            (work, revision, draft) -> {
              if (work.subject().equals("bad")) {
                calls.incrementAndGet();
                throw new IllegalStateException("Something of the patient.");
              }
              return RESULT;
            })) {
      WorkCase done = awaitState(CaseState.QUARANTINED);
      assertThat(done.sentence())
          .isEqualTo("The analysis failed 3 times, at last with IllegalStateException.");
      assertThat(calls).hasValue(3);
      CompleteStudy.in(database, "good");
      awaitState(CaseState.ANALYSED);
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aRefusalIsNotTriedAgain() throws Exception {
    CompleteStudy.in(database, "1");
    AtomicInteger calls = new AtomicInteger();
    try (CaseWorkers workers =
        start(
            (work, revision, draft) -> {
              calls.incrementAndGet();
              throw new RejectedInputException("It holds nothing that is read.");
            })) {
      assertThat(awaitState(CaseState.QUARANTINED).sentence())
          .isEqualTo("It holds nothing that is read.");
      assertThat(calls).hasValue(1);
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aDiskThatCannotBeWrittenCostsNoAttempt() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CompleteStudy.in(database, "1");
    try (CaseWorkers workers =
        start(
            (work, revision, draft) -> {
              if (calls.incrementAndGet() <= 5) {
                throw new IOException("No space left on device");
              }
              return RESULT;
            })) {
      WorkCase done = awaitState(CaseState.ANALYSED);
      assertThat(done.attempts()).isEqualTo(1);
      assertThat(calls).hasValue(6);
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aDatabaseThatIsAwayCostsNoAttemptAndABadStatementDoes() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CompleteStudy.in(database, "1");
    try (CaseWorkers workers =
        start(
            (work, revision, draft) -> {
              int call = calls.incrementAndGet();
              if (call <= 5) {
                // What PostgreSQL says when it is stopped.
                throw new ConnectionException(new SQLException("Shutting down.", "57P01"));
              }
              if (call == 6) {
                throw new ConnectionException(new SQLException("No such column.", "42703"));
              }
              return RESULT;
            })) {
      WorkCase done = awaitState(CaseState.ANALYSED);
      assertThat(done.attempts()).isEqualTo(2);
      assertThat(calls).hasValue(7);
      assertThat(workers.trouble()).isEmpty();
    }
  }

  @Test
  void aCaseThatIsNotDoneWhenTheServerEndsIsDoneByTheNextOne() throws Exception {
    CompleteStudy.in(database, "1");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CaseWorkers first =
        start(
            (work, revision, draft) -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return RESULT;
            });
    begun.await();
    first.drain(Duration.ofMillis(100));
    assertThat(queue.newest(1).getFirst().attempts()).isZero();
    try (CaseWorkers second = start((work, revision, draft) -> RESULT)) {
      WorkCase done = awaitState(CaseState.ANALYSED);
      assertThat(done.attempts()).isEqualTo(1);
      never.countDown();
      assertThat(second.trouble()).isEmpty();
    }
    assertThat(queue.newest(1).getFirst().state()).isEqualTo(CaseState.ANALYSED);
  }
}
