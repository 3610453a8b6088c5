package org.tessera.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tessera.runtime.deliver.Destination.Answer;
import org.tessera.runtime.deliver.Destination.Outcome;
import org.tessera.runtime.deliver.ResultFiles.Sendable;
import org.tessera.runtime.store.DatabaseTest;
import org.tessera.runtime.work.CaseAnalysis;
import org.tessera.runtime.work.CaseFolders;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseRevision;
import org.tessera.runtime.work.CaseState;
import org.tessera.runtime.work.CompleteStudy;
import org.tessera.runtime.work.WorkCase;

/** The outbox on H2; {@link PostgresOutboxTest} runs the same tests. */
@Timeout(120)
class OutboxTest extends DatabaseTest {
  private static final Sendable REPORT = new Sendable("sr", "report.dcm", "2.25.1");
  private static final Sendable BUNDLE = new Sendable("fhir", "bundle.json", "a".repeat(64));
  private static final int INSTANTS = 60;
  private static final DeliverySettings SETTINGS =
      new DeliverySettings(
          List.of(), Set.of(), "", "", 3, Duration.ofMillis(20), Duration.ofSeconds(5));

  private Outbox outbox = new Outbox(database());
  private CaseQueue queue = new CaseQueue(database());

  @BeforeEach
  void open() {
    outbox = new Outbox(database());
    queue = new CaseQueue(database());
  }

  /** A real destination in this process: it takes files, and answers as it is told. */
  private static final class Box implements Destination {
    private final String name;
    private final List<Answer> answers;
    private final List<String> received = new CopyOnWriteArrayList<>();

    Box(String name, Answer... answers) {
      this.name = name;
      this.answers = new CopyOnWriteArrayList<>(answers);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean takes(String kind) {
      return true;
    }

    @Override
    public Answer send(Delivery delivery, Path file) throws IOException {
      Answer answer =
          answers.isEmpty() ? new Answer(Outcome.DELIVERED, "") : answers.removeFirst();
      if (answer.outcome() == Outcome.DELIVERED) {
        received.add(delivery.object());
      }
      return answer;
    }
  }

  private WorkCase delivering(int revision) throws IOException {
    WorkCase work = CompleteStudy.in(database(), "study");
    database().change(
        handle ->
            handle.execute(
                "update work_case set state = 'delivering', revision = ? where id = ?",
                revision,
                work.id()));
    CaseFolders folders = CaseFolders.in(folder());
    Path result = Files.createDirectories(folders.revision(work.name(), revision));
    Files.writeString(result.resolve("report.dcm"), "");
    Files.writeString(result.resolve("bundle.json"), "");
    return queue.find(work.name()).orElseThrow();
  }

  private int add(WorkCase work, Destination to, Sendable... objects) {
    return database().durably(
        handle ->
            outbox.add(handle, work, List.of(objects), List.of(to), Instant.now()));
  }

  private DeliveryWorkers start(Destination... destinations) throws IOException {
    return DeliveryWorkers.start(
        outbox, CaseFolders.in(folder()), List.of(destinations), SETTINGS);
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    while (!wanted.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private long count(DeliveryState state) {
    return outbox.counts().getOrDefault(state, 0L);
  }

  private CaseState state(WorkCase work) {
    return queue.find(work.name()).orElseThrow().state();
  }

  @Test
  void aClaimThatNobodyHeardOfIsTakenBackForThatDestinationOnly() throws Exception {
    Box here = new Box("here");
    Box there = new Box("there");
    WorkCase work = delivering(1);
    add(work, here, REPORT);
    add(work, there, REPORT);
    assertThat(outbox.claim("here", Instant.now())).isPresent();
    assertThat(outbox.claim("there", Instant.now())).isPresent();
    outbox.recover("here");
    assertThat(outbox.claim("here", Instant.now())).isPresent();
    assertThat(outbox.claim("there", Instant.now())).isEmpty();
  }

  @Test
  void everyDestinationGetsEveryObjectOnceAndThenTheCaseIsDelivered() throws Exception {
    Box pacs = new Box("pacs");
    Box ehr = new Box("ehr", new Answer(Outcome.LATER, "Not yet."));
    WorkCase work = delivering(1);
    assertThat(add(work, pacs, REPORT)).isEqualTo(1);
    assertThat(add(work, ehr, BUNDLE)).isEqualTo(1);
    assertThat(add(work, pacs, REPORT)).isZero();
    try (DeliveryWorkers workers = start(pacs, ehr)) {
      await(() -> state(work) == CaseState.DELIVERED);
      await(() -> workers.troubles().isEmpty());
    }
    assertThat(pacs.received).containsExactly("2.25.1");
    assertThat(ehr.received).containsExactly("a".repeat(64));
    assertThat(outbox.of(work.id()))
        .extracting(Delivery::attempts)
        .containsExactlyInAnyOrder(1, 2);
  }

  /** Two transactions that do not see each other must not both leave the case as it is. */
  @Test
  void twoDestinationsThatEndInTheSameInstantDeliverTheCase() throws Exception {
    WorkCase work = delivering(1);
    add(work, new Box("pacs"), REPORT);
    add(work, new Box("ehr"), BUNDLE);
    List<Delivery> both = outbox.of(work.id());
    try (ExecutorService ends = Executors.newFixedThreadPool(both.size())) {
      for (int i = 0; i < INSTANTS; i++) {
        database().change(
            handle -> {
              handle.execute("update delivery set state = 'sending'");
              handle.execute("update work_case set state = 'delivering'");
            });
        CyclicBarrier together = new CyclicBarrier(both.size());
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Delivery each : both) {
          tasks.add(
              () -> {
                together.await();
                outbox.delivered(each, "");
                return true;
              });
        }
        for (Future<Boolean> each : ends.invokeAll(tasks)) {
          each.get();
        }
        assertThat(state(work)).isEqualTo(CaseState.DELIVERED);
      }
    }
  }

  @Test
  void aCaseThatWasLeftDeliveringWithNothingToSendIsDeliveredAfterAStart() throws Exception {
    WorkCase work = delivering(1);
    add(work, new Box("pacs"), REPORT, BUNDLE);
    database().change(
        handle ->
            handle.execute("update delivery set state = 'delivered' where kind = 'sr'"));
    outbox.recover();
    assertThat(state(work)).isEqualTo(CaseState.DELIVERING);
    database().change(handle -> handle.execute("update delivery set state = 'delivered'"));
    outbox.recover();
    assertThat(state(work)).isEqualTo(CaseState.DELIVERED);
  }

  @Test
  void whatIsGivenUpWaitsForAPersonWhoReplaysIt() throws Exception {
    Answer no = new Answer(Outcome.LATER, "The destination does not answer.");
    Box pacs = new Box("pacs", no, no, no);
    WorkCase work = delivering(1);
    add(work, pacs, REPORT);
    try (DeliveryWorkers workers = start(pacs)) {
      await(() -> count(DeliveryState.DEAD) == 1);
      Delivery dead = outbox.newest(1).getFirst();
      assertThat(dead.sentence())
          .isEqualTo("Given up after 3 attempts. The destination does not answer.");
      assertThat(workers.troubles()).containsEntry("pacs", "The destination does not answer.");
      assertThat(outbox.casesWithDeadLetters()).containsExactly(work.id());
      assertThat(outbox.replay(dead.id() + 1)).isFalse();
      assertThat(outbox.replay(dead.id())).isTrue();
      await(() -> state(work) == CaseState.DELIVERED);
      assertThat(outbox.replay(dead.id())).isFalse();
      assertThat(outbox.casesWithDeadLetters()).isEmpty();
    }
    assertThat(pacs.received).containsExactly("2.25.1");
  }

  @Test
  void aRefusalIsDeadAtOnceAndDoesNotHoldUpTheNext() throws Exception {
    Box pacs = new Box("pacs", new Answer(Outcome.NEVER, "The destination refused it (C000)."));
    WorkCase work = delivering(1);
    add(work, pacs, REPORT, BUNDLE);
    try (DeliveryWorkers workers = start(pacs)) {
      await(() -> count(DeliveryState.DELIVERED) == 1);
      assertThat(count(DeliveryState.DEAD)).isEqualTo(1);
      assertThat(state(work)).isEqualTo(CaseState.DELIVERING);
      assertThat(outbox.replayAll()).isEqualTo(1);
      await(() -> state(work) == CaseState.DELIVERED);
      assertThat(workers.troubles()).isEmpty();
    }
  }

  @Test
  void whatWasBeingSentWhenTheProcessEndedIsSentAgain() throws Exception {
    Box pacs = new Box("pacs");
    WorkCase work = delivering(1);
    add(work, pacs, REPORT);
    assertThat(outbox.claim("pacs", Instant.now()).orElseThrow().state())
        .isEqualTo(DeliveryState.SENDING);
    assertThat(outbox.claim("pacs", Instant.now())).isEmpty();
    try (DeliveryWorkers workers = start(pacs)) {
      await(() -> state(work) == CaseState.DELIVERED);
      assertThat(workers.troubles()).isEmpty();
    }
    assertThat(pacs.received).containsExactly("2.25.1");
  }

  @Test
  void aLaterRevisionSupersedesWhatWaitsAndNeverOvertakesWhatIsUnderWay() throws Exception {
    Box pacs = new Box("pacs");
    WorkCase first = delivering(1);
    add(first, pacs, REPORT, BUNDLE);
    Delivery underWay = outbox.claim("pacs", Instant.now()).orElseThrow();
    WorkCase second = delivering(2);
    add(second, pacs, new Sendable("sr", "report.dcm", "2.25.2"));
    assertThat(count(DeliveryState.SUPERSEDED)).isEqualTo(1);
    assertThat(outbox.claim("pacs", Instant.now())).isEmpty();
    outbox.later(underWay, "Not yet.", Duration.ZERO);
    assertThat(count(DeliveryState.SUPERSEDED)).isEqualTo(2);
    try (DeliveryWorkers workers = start(pacs)) {
      await(() -> state(second) == CaseState.DELIVERED);
      assertThat(workers.troubles()).isEmpty();
    }
    assertThat(pacs.received).containsExactly("2.25.2");
  }

  private CaseState handOver(WorkCase work, boolean shadow, Destination... destinations)
      throws IOException {
    ResultHandover handover =
        new ResultHandover(outbox, CaseFolders.in(folder()), List.of(destinations), shadow);
    CaseRevision revision = queue.revisions(work).getFirst();
    CaseAnalysis.Result result = new CaseAnalysis.Result("a".repeat(64), true, "");
    return database().durably(
        handle -> handover.analysed(handle, work, revision, result, Optional.empty()));
  }

  @Test
  void inShadowModeNothingIsEverToBeSent() throws Exception {
    WorkCase study = delivering(1);
    Files.delete(CaseFolders.in(folder()).revision(study.name(), 1).resolve("report.dcm"));
    Box ehr = new Box("ehr");
    assertThat(handOver(study, true, ehr)).isEqualTo(CaseState.SHADOW);
    assertThat(outbox.of(study.id())).isEmpty();
    assertThat(handOver(study, false)).isEqualTo(CaseState.ANALYSED);
    assertThat(handOver(study, false, ehr)).isEqualTo(CaseState.DELIVERING);
    assertThat(outbox.of(study.id())).extracting(Delivery::kind).containsExactly("fhir");
  }

  @Test
  void oneDestinationThatHangsDoesNotHoldUpAnother() throws Exception {
    Destination hanging =
        new Destination() {
          @Override
          public String name() {
            return "hanging";
          }

          @Override
          public boolean takes(String kind) {
            return true;
          }

          @Override
          public Answer send(Delivery delivery, Path file) throws IOException {
            try {
              TimeUnit.SECONDS.sleep(3);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("No answer in time.");
          }
        };
    Box pacs = new Box("pacs");
    WorkCase work = delivering(1);
    add(work, hanging, REPORT);
    add(work, pacs, REPORT);
    try (DeliveryWorkers workers = start(hanging, pacs)) {
      await(() -> count(DeliveryState.DELIVERED) == 1);
      assertThat(count(DeliveryState.SENDING)).isEqualTo(1);
      await(() -> !workers.troubles().isEmpty());
      assertThat(workers.troubles()).containsKey("hanging");
    }
    assertThat(state(work)).isEqualTo(CaseState.DELIVERING);
  }
}
