package org.tessera.runtime.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.tessera.runtime.work.CaseRevision.Outcome;

/** The rows of cases and revisions, within a transaction of somebody else's. */
final class CaseRows {
  /** Characters of a sentence that are kept. */
  private static final int LONGEST_SENTENCE = 1000;

  private CaseRows() {}

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static String cut(String sentence) {
    return sentence.length() <= LONGEST_SENTENCE
        ? sentence
        : sentence.substring(0, LONGEST_SENTENCE - 1) + "…";
  }

  static void insert(Handle handle, WorkCase work) {
    handle
        .createUpdate(
            """
            insert into work_case (name, subject, state, revision, attempts, not_before,
              sentence, expected, instances, arrived_id, frozen_id, first_seen, last_seen, changed)
            values (:name, :subject, :state, :revision, :attempts, :notBefore,
              :sentence, :expected, :instances, :arrivedId, :frozenId, :firstSeen, :lastSeen,
              :changed)
            """)
        .bind("name", work.name())
        .bind("subject", work.subject())
        .bind("state", work.state().wireName())
        .bind("revision", work.revision())
        .bind("attempts", work.attempts())
        .bind("notBefore", time(work.notBefore()))
        .bind("sentence", cut(work.sentence()))
        .bind("expected", work.expected())
        .bind("instances", work.instances())
        .bind("arrivedId", work.arrivedId())
        .bind("frozenId", work.frozenId())
        .bind("firstSeen", time(work.firstSeen()))
        .bind("lastSeen", time(work.lastSeen()))
        .bind("changed", time(work.changed()))
        .execute();
  }

  /**
   * Moves a case to another state.
   *
   * @param work as it was read
   * @return false if somebody else moved it since
   */
  static boolean move(Handle handle, WorkCase work, CaseState to, String sentence, Instant now) {
    return handle
            .createUpdate(
                """
                update work_case set state = :to, sentence = :sentence, changed = :now
                where id = :id and state = :from and revision = :revision
                """)
            .bind("to", to.wireName())
            .bind("sentence", cut(sentence))
            .bind("now", time(now))
            .bind("id", work.id())
            .bind("from", work.state().wireName())
            .bind("revision", work.revision())
            .execute()
        == 1;
  }

  /** Sets how often a case was tried and when it may be tried again. */
  static void attempts(Handle handle, WorkCase work, int attempts, Instant notBefore) {
    handle.execute(
        "update work_case set attempts = ?, not_before = ? where id = ?",
        attempts,
        time(notBefore),
        work.id());
  }

  static List<WorkCase> inState(Handle handle, CaseState state) {
    return handle
        .createQuery("select * from work_case where state = :state order by id")
        .bind("state", state.wireName())
        .map(CaseRows::row)
        .list();
  }

  static Optional<WorkCase> named(Handle handle, String name) {
    return handle
        .createQuery("select * from work_case where name = :name")
        .bind("name", name)
        .map(CaseRows::row)
        .findOne();
  }

  /** Writes the revision of a case, in the place of one that was never analysed. */
  static void freeze(Handle handle, WorkCase work, int instances, Instant now) {
    handle.execute(
        "delete from work_revision where case_id = ? and revision = ?",
        work.id(),
        work.revision());
    handle.execute(
        """
        insert into work_revision
          (case_id, revision, frozen_id, instances, completed, seal, outcome, frozen_record)
        values (?, ?, ?, ?, ?, '', ?, ?)
        """,
        work.id(),
        work.revision(),
        work.arrivedId(),
        instances,
        time(now),
        Outcome.NONE.wireName(),
        JoinedRecords.newest(handle, work.subject()));
    handle.execute(
        "update work_case set frozen_id = ?, instances = ?, attempts = 0, not_before = ?"
            + " where id = ?",
        work.arrivedId(),
        instances,
        time(now),
        work.id());
  }

  /** Writes what a person did as a revision of the case; all that came until now belongs to it. */
  static void act(
      Handle handle,
      WorkCase work,
      int revision,
      String seal,
      Outcome outcome,
      String note,
      Instant now) {
    handle.execute(
        "delete from work_revision where case_id = ? and revision = ?", work.id(), revision);
    handle.execute(
        """
        insert into work_revision
          (case_id, revision, frozen_id, instances, completed, seal, outcome, note, frozen_record)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        work.id(),
        revision,
        work.arrivedId(),
        work.instances(),
        time(now),
        seal,
        outcome.wireName(),
        cut(note),
        JoinedRecords.newest(handle, work.subject()));
    handle.execute(
        "update work_case set revision = ?, frozen_id = ?, attempts = 0 where id = ?",
        revision,
        work.arrivedId(),
        work.id());
  }

  static List<CaseRevision> revisions(Handle handle, long caseId) {
    return handle
        .createQuery("select * from work_revision where case_id = :id order by revision")
        .bind("id", caseId)
        .map(CaseRows::revision)
        .list();
  }

  private static CaseRevision revision(ResultSet row, StatementContext context)
      throws SQLException {
    return new CaseRevision(
        row.getInt("revision"),
        row.getLong("frozen_id"),
        row.getInt("instances"),
        instant(row, "completed"),
        row.getString("seal"),
        Outcome.of(row.getString("outcome")),
        row.getLong("frozen_record"),
        row.getString("note"));
  }

  static WorkCase row(ResultSet row, StatementContext context) throws SQLException {
    return new WorkCase(
        row.getLong("id"),
        row.getString("name"),
        row.getString("subject"),
        CaseState.of(row.getString("state")),
        row.getInt("revision"),
        row.getInt("attempts"),
        instant(row, "not_before"),
        row.getString("sentence"),
        row.getInt("expected"),
        row.getInt("instances"),
        row.getLong("arrived_id"),
        row.getLong("frozen_id"),
        instant(row, "first_seen"),
        instant(row, "last_seen"),
        instant(row, "changed"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
