package org.tessera.runtime.analyze;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.tessera.runtime.analyze.AnalysisJob.State;
import org.tessera.runtime.store.Database;

/** The table of jobs; every change is on the disk when its method returns. */
final class JobRows {
  private final Database database;

  JobRows(Database database) {
    this.database = database;
  }

  void add(String id, boolean xml, String patient, Instant now, Instant expires) {
    database.change(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into analysis_job
                      (id, state, is_xml, patient, attempts, stage, created, expires, answer)
                    values (:id, 'queued', :xml, :patient, 0, 'queued', :created, :expires, '')
                    """)
                .bind("id", id)
                .bind("xml", xml)
                .bind("patient", patient)
                .bind("created", now.atOffset(ZoneOffset.UTC))
                .bind("expires", expires.atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** What an earlier run was at has to be begun anew. */
  void requeue() {
    database.change(
        handle ->
            handle.execute("update analysis_job set state = 'queued' where state = 'running'"));
  }

  /** Takes the job that waits longest. */
  Optional<AnalysisJob> begin() {
    Optional<AnalysisJob> next =
        database.with(
            handle ->
                handle
                    .createQuery(
                        "select * from analysis_job where state = 'queued' order by seq limit 1")
                    .map(JobRows::row)
                    .findFirst());
    next.ifPresent(
        job ->
            database.change(
                handle ->
                    handle.execute(
                        "update analysis_job set state = 'running', attempts = ? where id = ?",
                        job.attempts() + 1,
                        job.id())));
    return next.flatMap(job -> find(job.id()));
  }

  /** Notes a stage; false if there is no such job any more. */
  boolean reached(String id, String stage) {
    return database.with(
            handle ->
                handle.execute("update analysis_job set stage = ? where id = ?", stage, id))
        == 1;
  }

  void finish(String id, AnalysisAnswer answer) {
    database.change(
        handle ->
            handle.execute(
                "update analysis_job set state = 'done', stage = 'done', answer = ? where id = ?",
                answer.json(),
                id));
  }

  Optional<AnalysisJob> find(String id) {
    return database.with(
        handle ->
            handle
                .createQuery("select * from analysis_job where id = :id")
                .bind("id", id)
                .map(JobRows::row)
                .findFirst());
  }

  void remove(String id) {
    database.change(handle -> handle.execute("delete from analysis_job where id = ?", id));
  }

  List<String> ids() {
    return database.with(
        handle -> handle.createQuery("select id from analysis_job").mapTo(String.class).list());
  }

  List<String> expired(Instant now) {
    return database.with(
        handle ->
            handle
                .createQuery("select id from analysis_job where expires <= :now")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list());
  }

  int waiting() {
    return database.with(
        handle ->
            handle
                .createQuery("select count(*) from analysis_job where state <> 'done'")
                .mapTo(Integer.class)
                .one());
  }

  private static AnalysisJob row(ResultSet row, StatementContext context) throws SQLException {
    State state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    return new AnalysisJob(
        row.getString("id"),
        state,
        row.getString("stage"),
        row.getBoolean("is_xml"),
        Optional.of(row.getString("patient")).filter(each -> !each.isEmpty()),
        row.getInt("attempts"),
        row.getObject("expires", OffsetDateTime.class).toInstant(),
        state == State.DONE
            ? Optional.of(AnalysisAnswer.of(row.getString("answer")))
            : Optional.empty());
  }
}
