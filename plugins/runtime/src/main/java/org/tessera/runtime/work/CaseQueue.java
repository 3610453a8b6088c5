package org.tessera.runtime.work;

import static org.tessera.runtime.work.CaseRows.time;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.CaseRevision.Outcome;

/**
 * Every case and its state, in the database. Each change is one transaction that is on the disk
 * when the method returns. Safe for several threads.
 */
public final class CaseQueue {

  /** Is asked, within the transaction, what is to become of a case that was analysed. */
  @FunctionalInterface
  public interface Handover {
    /**
     * Notes what has to be done with the result.
     *
     * @param earlier the last revision before this one with a result that may leave
     * @return the state in which the case goes on
     */
    CaseState analysed(
        Handle transaction,
        WorkCase work,
        CaseRevision revision,
        CaseAnalysis.Result result,
        Optional<CaseRevision> earlier);

    /** Is told when the transaction is on the disk. */
    default void noted() {}
  }

  private final Database database;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public CaseQueue(Database database) {
    this.database = database;
  }

  /** Adds somebody who is told that a case may wait for a worker. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  /** The name of the case of a study; always the same, and it says nothing of the study. */
  public static String nameOf(String studyInstanceUid) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("STUDY " + studyInstanceUid).getBytes(StandardCharsets.UTF_8));
      return "case-" + HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Completes the studies that are complete by the rule. */
  void complete(CompletenessRule rule, Instant now) {
    List<WorkCase> receiving =
        database.with(handle -> CaseRows.inState(handle, CaseState.RECEIVING));
    boolean some = false;
    for (WorkCase work : receiving) {
      some |= complete(work, rule, now);
    }
    if (some) {
      tell();
    }
  }

  private boolean complete(WorkCase work, CompletenessRule rule, Instant now) {
    int present = database.with(handle -> StudyArrivals.present(handle, work));
    Optional<String> reason = rule.complete(work, present, now);
    return reason.isPresent()
        && database.durably(
            handle -> {
              boolean moved =
                  CaseRows.move(handle, work, CaseState.COMPLETE, reason.get(), now);
              if (moved) {
                CaseRows.freeze(handle, work, present, now);
              }
              return moved;
            });
  }

  /** Takes the next case to be analysed; those that were tried least come first. */
  Optional<WorkCase> claim(Instant now) {
    Optional<WorkCase> next =
        database.with(
            handle ->
                handle
                    .createQuery(
                        """
                        select * from work_case where state = 'complete' and not_before <= :now
                        order by attempts, id limit 1
                        """)
                    .bind("now", time(now))
                    .map(CaseRows::row)
                    .findOne());
    return next.flatMap(
        work ->
            database.durably(
                handle -> {
                  if (!CaseRows.move(handle, work, CaseState.ANALYSING, work.sentence(), now)) {
                    return Optional.empty();
                  }
                  // Counted before it begins: an analysis that ends the process is counted too.
                  CaseRows.attempts(handle, work, work.attempts() + 1, now);
                  return CaseRows.named(handle, work.name());
                }));
  }

  /** The revision that a worker has claimed. */
  CaseRevision claimed(WorkCase work) {
    return revisions(work).stream()
        .filter(each -> each.revision() == work.revision())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A case has no revision."));
  }

  /** Notes a result. What came meanwhile begins the next revision. */
  void analysed(
      WorkCase work, CaseRevision revision, CaseAnalysis.Result result, Handover handover) {
    Instant now = Instant.now();
    database.change(
        handle -> {
          CaseState to = result.completed() ? CaseState.ANALYSED : CaseState.QUARANTINED;
          if (!CaseRows.move(handle, work, to, result.sentence(), now)) {
            return;
          }
          handle.execute(
              "update work_revision set seal = ?, outcome = ? where case_id = ? and revision = ?",
              result.seal(),
              (result.completed() ? Outcome.COMPLETED : Outcome.STOPPED).wireName(),
              work.id(),
              work.revision());
          if (result.completed()) {
            CaseState next =
                handover.analysed(handle, work, revision, result, earlier(handle, revision, work));
            handle.execute(
                "update work_case set state = ? where id = ?", next.wireName(), work.id());
          }
          StudyArrivals.reopenIfLate(handle, work, now);
        });
  }

  private static Optional<CaseRevision> earlier(
      Handle handle, CaseRevision revision, WorkCase work) {
    return CaseRows.revisions(handle, work.id()).stream()
        .filter(each -> each.revision() < revision.revision())
        .filter(each -> each.outcome() == Outcome.COMPLETED)
        .reduce((first, second) -> second);
  }

  /** Notes that a case never can be analysed as it is. */
  void quarantine(WorkCase work, String sentence) {
    Instant now = Instant.now();
    database.change(
        handle -> {
          CaseRows.move(handle, work, CaseState.QUARANTINED, sentence, now);
          StudyArrivals.reopenIfLate(handle, work, now);
        });
  }

  /** Lets a case wait: it is taken again after a time. */
  void postpone(WorkCase work, int attempts, String sentence, Duration wait) {
    Instant now = Instant.now();
    database.change(
        handle -> {
          if (CaseRows.move(handle, work, CaseState.COMPLETE, sentence, now)) {
            CaseRows.attempts(handle, work, attempts, now.plus(wait));
          }
          StudyArrivals.reopenIfLate(handle, work, now);
        });
  }

  /** Takes up what an earlier process left: its cases are analysed again, but not for ever. */
  void recover(int mostAttempts) {
    for (WorkCase work : database.with(handle -> CaseRows.inState(handle, CaseState.ANALYSING))) {
      if (work.attempts() >= mostAttempts) {
        quarantine(
            work,
            "The server ended %d times while it analysed the case.".formatted(work.attempts()));
      } else {
        postpone(
            work, work.attempts(), "The server ended during the analysis.", Duration.ZERO);
      }
    }
  }

  /**
   * Takes up cases that nobody works on though they are being analysed: the database was away when
   * somebody claimed them. That attempt does not count.
   *
   * @param current those that somebody works on
   */
  void recover(Set<WorkCase> current) {
    Set<Long> ids = current.stream().map(WorkCase::id).collect(Collectors.toSet());
    for (WorkCase work : database.with(handle -> CaseRows.inState(handle, CaseState.ANALYSING))) {
      if (!ids.contains(work.id())) {
        postpone(work, work.attempts() - 1, "The database was away.", Duration.ZERO);
      }
    }
  }

  /**
   * Gives a quarantined or withdrawn case another chance.
   *
   * @return false if there is no such case, or it is in another state
   */
  public boolean release(String name) {
    Instant now = Instant.now();
    boolean released =
        database.durably(
            handle -> {
              Optional<WorkCase> work =
                  CaseRows.named(handle, name)
                      .filter(
                          each ->
                              each.state() == CaseState.QUARANTINED
                                  || each.state() == CaseState.WITHDRAWN);
              return work.isPresent()
                  && StudyArrivals.restart(handle, work.get(), "Released by a person.", now);
            });
    tell();
    return released;
  }

  /** True if objects of its study were removed by retention, and fewer than those are there. */
  public boolean lacks(WorkCase work) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    """
                    select count(*) from removed_study r
                    where r.study_uid = :study and r.objects > (
                      select count(distinct sop_instance_uid) from instance
                      where study_instance_uid = :study)
                    """)
                .bind("study", work.subject())
                .mapTo(Integer.class)
                .one()
                > 0);
  }

  public Optional<WorkCase> find(String name) {
    return database.with(handle -> CaseRows.named(handle, name));
  }

  public List<CaseRevision> revisions(WorkCase work) {
    return database.with(handle -> CaseRows.revisions(handle, work.id()));
  }

  /** The cases that changed last, the newest first. */
  public List<WorkCase> newest(int most) {
    return database.with(
        handle ->
            handle
                .createQuery("select * from work_case order by changed desc, id desc limit :most")
                .bind("most", most)
                .map(CaseRows::row)
                .list());
  }

  /** How many cases are in each state. */
  public Map<CaseState, Long> counts() {
    Map<CaseState, Long> counts = new EnumMap<>(CaseState.class);
    for (CaseState state : CaseState.values()) {
      counts.put(state, 0L);
    }
    database.with(
        handle -> {
          handle
              .createQuery("select state, count(*) as n from work_case group by state")
              .map((row, context) ->
                  counts.put(CaseState.of(row.getString("state")), row.getLong("n")))
              .list();
          return counts;
        });
    return counts;
  }
}
