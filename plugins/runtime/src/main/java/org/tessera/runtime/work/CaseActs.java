package org.tessera.runtime.work;

import static org.tessera.runtime.work.CaseRows.time;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.work.CaseRevision.Outcome;

/**
 * What persons do with results that are there: each act is a revision of the case with a folder of
 * its own, noted in one transaction with what has to be sent. Done once: the same act again changes
 * nothing. Safe for several threads.
 */
public final class CaseActs {

  /** An act. */
  public interface Act {
    /** {@code SIGNED} or {@code WITHDRAWN}. */
    Outcome outcome();

    /** Who does it and why, in a sentence: the same act again says the same. */
    String note();

    /**
     * Writes what is to be sent.
     *
     * @param result folder of the result
     * @param draft empty folder
     * @param when it is done
     * @throws RejectedInputException with one sentence, if it cannot be done with this result
     */
    void write(Path result, Path draft, Instant when) throws IOException, RejectedInputException;

    /**
     * Notes what has to be sent, within the transaction.
     *
     * @param work the case with its new revision
     * @param folder what {@link #write} wrote
     * @param seal of the result
     * @return how many deliveries there are
     */
    int hand(Handle transaction, WorkCase work, Path folder, String seal) throws IOException;
  }

  /** How an act ended. */
  public enum End {
    DONE,
    /** It had been done before, by the same person. */
    ALREADY,
    /** It cannot be done with this case as it is. */
    REFUSED,
    /** There is no such case. */
    UNKNOWN
  }

  /**
   * What became of an act.
   *
   * @param sentence for whoever asked
   */
  public record Answer(End end, String sentence) {}

  private final Database database;
  private final CaseFolders folders;
  private final Lock one = new ReentrantLock();

  public CaseActs(Database database, CaseFolders folders) {
    this.database = database;
    this.folders = folders;
  }

  /** Does something with the newest result of a case. On the disk when it returns. */
  public Answer perform(String name, Act act) throws IOException {
    one.lock();
    try {
      return database.<Answer, IOException>durably(handle -> perform(handle, name, act));
    } finally {
      one.unlock();
    }
  }

  private Answer perform(Handle handle, String name, Act act) throws IOException {
    Optional<WorkCase> found = CaseRows.named(handle, name);
    if (found.isEmpty()) {
      return new Answer(End.UNKNOWN, "There is no case of this name.");
    }
    WorkCase work = found.get();
    List<CaseRevision> revisions = CaseRows.revisions(handle, work.id());
    Optional<CaseRevision> result =
        revisions.stream()
            .filter(each -> each.outcome() == Outcome.COMPLETED)
            .reduce((first, second) -> second);
    if (result.isEmpty()) {
      return refused("The case has no result yet.");
    }
    Optional<Answer> earlier = earlier(revisions, result.get(), act);
    Optional<Answer> refusal = earlier.or(() -> refusal(work, act));
    // Takes the row, so that nobody moves the case before this transaction ends.
    if (refusal.isEmpty()
        && !CaseRows.move(handle, work, work.state(), work.sentence(), work.changed())) {
      return refused("The case has changed at this moment; try again.");
    }
    return refusal.isPresent()
        ? refusal.get()
        : perform(handle, work, revisions, result.get(), act);
  }

  private static Answer refused(String sentence) {
    return new Answer(End.REFUSED, sentence);
  }

  /** What was done with this result before. */
  private static Optional<Answer> earlier(
      List<CaseRevision> revisions, CaseRevision result, Act act) {
    List<CaseRevision> acts =
        revisions.stream()
            .filter(each -> each.revision() > result.revision())
            .filter(
                each ->
                    each.outcome() == Outcome.SIGNED || each.outcome() == Outcome.WITHDRAWN)
            .toList();
    for (CaseRevision each : acts.reversed()) {
      if (each.outcome() == act.outcome() && each.note().equals(act.note())) {
        return Optional.of(new Answer(End.ALREADY, each.note()));
      }
      if (each.outcome() == act.outcome() || each.outcome() == Outcome.WITHDRAWN) {
        return Optional.of(refused("This was done before. " + each.note()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> refusal(WorkCase work, Act act) {
    boolean sign = act.outcome() == Outcome.SIGNED;
    return switch (work.state()) {
      case SHADOW ->
          Optional.of(refused("The case was analysed in shadow mode: nothing of it was sent."));
      case ANALYSING ->
          Optional.of(refused("The case is being analysed; try again when there is a result."));
      case RECEIVING, COMPLETE, QUARANTINED ->
          sign
              ? Optional.of(
                  refused("Something came after the result; it can be signed when that is read."))
              : Optional.empty();
      case WITHDRAWN -> Optional.of(refused("The result was withdrawn."));
      case ANALYSED, DELIVERING, DELIVERED -> Optional.empty();
    };
  }

  private Answer perform(
      Handle handle, WorkCase work, List<CaseRevision> revisions, CaseRevision result, Act act)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    boolean taken =
        revisions.stream()
            .anyMatch(
                each -> each.revision() == work.revision() && each.outcome() != Outcome.NONE);
    int revision = taken ? work.revision() + 1 : work.revision();
    Path draft = folders.draft(work.name(), revision);
    try {
      act.write(folders.revision(work.name(), result.revision()), draft, now);
    } catch (RejectedInputException e) {
      FolderRemoval.remove(draft);
      return refused(e.sentence());
    }
    folders.keep(draft, work.name(), revision);
    CaseRows.act(handle, work, revision, result.seal(), act.outcome(), act.note(), now);
    WorkCase acted = CaseRows.named(handle, work.name()).orElseThrow();
    int added =
        act.hand(handle, acted, folders.revision(work.name(), revision), result.seal());
    CaseState next =
        act.outcome() == Outcome.WITHDRAWN
            ? CaseState.WITHDRAWN
            : added == 0 ? CaseState.ANALYSED : CaseState.DELIVERING;
    handle.execute(
        "update work_case set state = ?, sentence = ?, changed = ? where id = ?",
        next.wireName(),
        CaseRows.cut(act.note()),
        time(now),
        work.id());
    return new Answer(End.DONE, act.note());
  }
}
