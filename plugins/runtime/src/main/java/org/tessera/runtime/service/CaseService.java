package org.tessera.runtime.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.analyze.CaseAnalyzer;
import org.tessera.runtime.analyze.ResultResources;
import org.tessera.runtime.deliver.DeliverySettings;
import org.tessera.runtime.deliver.DeliveryState;
import org.tessera.runtime.deliver.DeliveryWorkers;
import org.tessera.runtime.deliver.Destination;
import org.tessera.runtime.deliver.Outbox;
import org.tessera.runtime.deliver.ResultActs;
import org.tessera.runtime.deliver.ResultHandover;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.work.CaseActs;
import org.tessera.runtime.work.CaseFolders;
import org.tessera.runtime.work.CaseQueue;
import org.tessera.runtime.work.CaseState;
import org.tessera.runtime.work.CaseWorkers;
import org.tessera.runtime.work.CompletenessRule;
import org.tessera.runtime.work.JoinedRecords;
import org.tessera.runtime.work.StudyAnalysis;
import org.tessera.runtime.work.StudyIntake;

/** From studies in the store to results at their destinations, durably. */
public final class CaseService implements Closeable {

  /** What is done with what arrives. */
  public enum Mode {
    /** Studies are analysed, and results sent. */
    DELIVER,
    /** Studies are analysed; nothing is sent. */
    SHADOW,
    /** Objects are kept, nothing else. */
    OFF
  }

  /**
   * How it works.
   *
   * @param mode what is done
   * @param callingAet our own AE title
   * @param rule when a study is complete
   * @param workers how cases are analysed
   * @param mostWaiting cases; while so many wait for a worker, no object is taken
   * @param delivery where results go
   * @param issuers of studies by those of records, see {@link RecordIntake#issuers}
   */
  public record Settings(
      Mode mode,
      String callingAet,
      CompletenessRule rule,
      CaseWorkers.Settings workers,
      int mostWaiting,
      DeliverySettings delivery,
      Map<String, Set<String>> issuers) {}

  private final ObjectStore store;
  private final CaseQueue queue;
  private final CaseFolders folders;
  private final Outbox outbox;
  private final List<Destination> destinations;
  private final boolean shadow;
  private final CaseWorkers workers;
  private final DeliveryWorkers delivery;
  private final StudyIntake intake;
  private final ResultActs acts;
  private final RecordIntake records;

  private CaseService(
      Settings settings,
      ObjectStore store,
      CaseQueue queue,
      CaseFolders folders,
      List<Destination> destinations,
      CaseAnalyzer analyzer) {
    this.store = store;
    this.queue = queue;
    this.folders = folders;
    this.destinations = List.copyOf(destinations);
    this.shadow = settings.mode() == Mode.SHADOW;
    this.outbox = new Outbox(store.database());
    JoinedRecords joined = new JoinedRecords(store.database());
    this.records = new RecordIntake(joined, settings.issuers());
    StudyAnalysis analysis =
        new StudyAnalysis(
            store,
            queue,
            joined,
            folders,
            analyzer,
            shadow ? Optional.empty() : Optional.of(new ResultResources(store.database())));
    this.workers =
        CaseWorkers.start(
            queue,
            folders,
            analysis,
            new ResultHandover(outbox, folders, destinations, shadow),
            settings.workers());
    this.delivery =
        DeliveryWorkers.start(
            outbox,
            folders,
            shadow ? List.of() : destinations,
            settings.delivery());
    this.acts =
        new ResultActs(
            new CaseActs(store.database(), folders), outbox, destinations, shadow);
    this.intake = StudyIntake.start(store, queue, settings.rule());
    joined.addListener(intake::wake);
    store.admitBy(new Admission(queue, settings.mostWaiting()));
  }

  /**
   * Begins; takes up what an earlier process left.
   *
   * @throws RejectedInputException with one sentence, if the settings cannot be used
   */
  public static CaseService start(
      Settings settings, ObjectStore store, CaseAnalyzer analyzer)
      throws IOException, RejectedInputException {
    return new CaseService(
        settings,
        store,
        new CaseQueue(store.database()),
        CaseFolders.in(store.folder()),
        settings.delivery().destinations(settings.callingAet()),
        analyzer);
  }

  /** What a person sees. */
  public CaseDesk desk() {
    return new CaseDesk(queue, folders, outbox, store.index());
  }

  /** Takes records and notes that belong to studies. */
  public RecordIntake records() {
    return records;
  }

  /** What a person does with a result. */
  public ResultActs acts() {
    return acts;
  }

  /** Gives figures of queue and outbox. */
  public void measure(MeterRegistry meters) {
    Gauge.builder("tessera.dead.letters", this, CaseService::dead).register(meters);
    Gauge.builder("tessera.dead.letter.age", this, CaseService::oldestDeadSeconds)
        .baseUnit("seconds")
        .register(meters);
    for (CaseState state : CaseState.values()) {
      Gauge.builder("tessera.cases", queue, each -> each.counts().getOrDefault(state, 0L))
          .tag("state", state.wireName())
          .register(meters);
    }
    for (DeliveryState state : DeliveryState.values()) {
      Gauge.builder("tessera.deliveries", outbox, each -> each.counts().getOrDefault(state, 0L))
          .tag("state", state.wireName())
          .register(meters);
    }
  }

  /** Why the next case could not be dealt with, in one sentence; empty if it could. */
  public Optional<String> trouble() {
    try {
      folders.probe();
    } catch (IOException e) {
      return Optional.of("The folder of results cannot be written.");
    }
    return store.refusal().or(workers::trouble);
  }

  private long dead() {
    return outbox.counts().getOrDefault(DeliveryState.DEAD, 0L);
  }

  private double oldestDeadSeconds() {
    return outbox
        .oldestDead()
        .map(each -> Math.max(0.0, Duration.between(each, Instant.now()).toSeconds()))
        .orElse(0.0);
  }

  /**
   * Why a person has to look though the next case would be dealt with, in one sentence: results
   * were given up. Empty if there is no such reason.
   */
  public Optional<String> alarm() {
    long dead = dead();
    return dead == 0
        ? Optional.empty()
        : Optional.of(
            "%d %s given up, the first %d minutes ago; see /deliveries."
                .formatted(
                    dead,
                    dead == 1 ? "delivery was" : "deliveries were",
                    Math.round(oldestDeadSeconds()) / 60));
  }

  /** What an administrator should know, a line each. */
  public List<String> remarks() {
    List<String> lines = new ArrayList<>();
    Map<CaseState, Long> cases = queue.counts();
    cases.forEach((state, n) -> {
      if (n > 0) {
        lines.add("cases %s: %d".formatted(state.wireName(), n));
      }
    });
    outbox.counts().forEach((state, n) -> {
      if (n > 0) {
        lines.add("deliveries %s: %d".formatted(state.wireName(), n));
      }
    });
    if (shadow) {
      lines.add("shadow mode: nothing is sent");
      return lines;
    }
    Map<String, String> troubles = delivery.troubles();
    for (Destination each : destinations) {
      lines.add(
          "destination %s: %s"
              .formatted(each.name(), troubles.getOrDefault(each.name(), "no trouble known")));
    }
    return lines;
  }

  /** Takes no further case; what is not done in time is done by the next process. */
  public void drain(Duration grace) {
    intake.close();
    delivery.drain(grace);
    workers.drain(grace);
  }

  @Override
  public void close() {
    drain(Duration.ofSeconds(10));
  }
}
