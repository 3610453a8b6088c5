package org.tessera.runtime.commit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.tessera.dicom.net.CommitmentReport;
import org.tessera.dicom.net.CommitmentReport.Failure;
import org.tessera.dicom.net.CommitmentRequest;
import org.tessera.dicom.net.SopReference;
import org.tessera.runtime.store.Database;

/** Requests for storage commitment, in the database. Safe for several threads. */
final class CommitmentRequests {
  /** Requests that have not come to their end; beyond, none is taken for now. */
  private static final int MOST_OPEN = 10_000;

  private static final int UNKNOWN = -1;
  private static final int COMMITTED = 0;

  /** What became of a request that came in. */
  enum Taken {
    /** It is noted; the outcome will be reported. */
    NOTED,
    /** The requester uses this transaction for other objects, and has not been told of those. */
    IN_USE,
    /** Too many are under way. */
    TOO_MANY
  }

  private final Database database;

  CommitmentRequests(Database database) {
    this.database = database;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * Notes a request, durably. One that came before is the same request; if it had come to its end,
   * it begins anew.
   */
  synchronized Taken take(String requester, CommitmentRequest request, Instant now) {
    return database.durably(
        handle -> {
          Optional<Long> open = known(handle, requester, request, "state in ('asked', 'checked')");
          if (open.isPresent()) {
            boolean same = objects(handle, open.get()).equals(request.objects());
            // Whoever asks again has an association open, or listens now.
            hurry(handle, requester, now);
            return same ? Taken.NOTED : Taken.IN_USE;
          }
          if (open(handle) >= MOST_OPEN) {
            return Taken.TOO_MANY;
          }
          known(handle, requester, request, "state in ('reported', 'dead')")
              .ifPresent(ended -> remove(handle, ended));
          hurry(handle, requester, now);
          insert(handle, requester, request, now);
          return Taken.NOTED;
        });
  }

  private static Optional<Long> known(
      Handle handle, String requester, CommitmentRequest request, String state) {
    return handle
        .createQuery(
            "select id from commitment where requester = :requester"
                + " and transaction_uid = :transaction and "
                + state)
        .bind("requester", requester)
        .bind("transaction", request.transaction())
        .mapTo(Long.class)
        .findOne();
  }

  private static int open(Handle handle) {
    return handle
        .createQuery("select count(*) from commitment where state in ('asked', 'checked')")
        .mapTo(Integer.class)
        .one();
  }

  private static void remove(Handle handle, long id) {
    handle.execute("delete from commitment_object where commitment_id = ?", id);
    handle.execute("delete from commitment where id = ?", id);
  }

  private static void hurry(Handle handle, String requester, Instant now) {
    handle.execute(
        "update commitment set not_before = ?"
            + " where requester = ? and state = 'checked' and not_before > ?",
        time(now),
        requester,
        time(now));
  }

  private static void insert(
      Handle handle, String requester, CommitmentRequest request, Instant now) {
    long id =
        handle
            .createUpdate(
                """
                insert into commitment
                  (requester, transaction_uid, state, attempts, not_before, sentence, changed)
                values (:requester, :transaction, 'asked', 0, :now, '', :now)
                """)
            .bind("requester", requester)
            .bind("transaction", request.transaction())
            .bind("now", time(now))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    try (PreparedBatch batch =
        handle.prepareBatch("insert into commitment_object values (?, ?, ?, ?, ?)")) {
      int place = 0;
      for (SopReference object : request.objects()) {
        batch.add(id, place, object.sopClass(), object.sopInstance(), UNKNOWN);
        place++;
      }
      batch.execute();
    }
  }

  private static List<SopReference> objects(Handle handle, long id) {
    return handle
        .createQuery("select * from commitment_object where commitment_id = :id order by place")
        .bind("id", id)
        .map((row, context) -> object(row))
        .list();
  }

  private static SopReference object(ResultSet row) throws SQLException {
    return new SopReference(row.getString("sop_class_uid"), row.getString("sop_instance_uid"));
  }

  /** What is asked for, in that order. */
  List<SopReference> objects(Commitment commitment) {
    return database.with(handle -> objects(handle, commitment.id()));
  }

  /** The request that waits longest to be looked at. */
  Optional<Commitment> nextToCheck() {
    return database.with(
        handle ->
            handle
                .createQuery("select * from commitment where state = 'asked' order by id limit 1")
                .map(CommitmentRequests::row)
                .findOne());
  }

  /**
   * Notes the outcome.
   *
   * @param reasons of each object in the order of the request, 0 where it is committed
   */
  void checked(Commitment commitment, List<Integer> reasons) {
    database.change(
        handle -> {
          try (PreparedBatch batch =
              handle.prepareBatch(
                  "update commitment_object set reason = ?"
                      + " where commitment_id = ? and place = ?")) {
            for (int i = 0; i < reasons.size(); i++) {
              batch.add(reasons.get(i), commitment.id(), i);
            }
            batch.execute();
          }
          move(handle, commitment, CommitmentState.CHECKED, "");
        });
  }

  /** Of each requester the outcome that has to be reported first, if it is time. */
  List<Commitment> due(Instant now) {
    return database.with(
        handle ->
            handle
                .createQuery(
                    """
                    select * from commitment where id in (
                      select min(id) from commitment
                      where state = 'checked' and not_before <= :now group by requester)
                    """)
                .bind("now", time(now))
                .map(CommitmentRequests::row)
                .list());
  }

  /** What has to be told. */
  CommitmentReport report(Commitment commitment) {
    List<SopReference> committed = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    database.with(
        handle ->
            handle
                .createQuery(
                    "select * from commitment_object where commitment_id = :id order by place")
                .bind("id", commitment.id())
                .map(
                    (row, context) -> {
                      int reason = row.getInt("reason");
                      return reason == COMMITTED
                          ? committed.add(object(row))
                          : failed.add(new Failure(object(row), reason));
                    })
                .list());
    return new CommitmentReport(commitment.transaction(), committed, failed);
  }

  /** Notes that the requester was told. */
  void reported(Commitment commitment) {
    database.change(handle -> move(handle, commitment, CommitmentState.REPORTED, ""));
  }

  /** Notes that the requester has to be told again. */
  void later(Commitment commitment, String sentence, Duration wait) {
    database.change(
        handle -> {
          move(handle, commitment, CommitmentState.CHECKED, sentence);
          handle.execute(
              "update commitment set attempts = attempts + 1, not_before = ? where id = ?",
              time(Instant.now().plus(wait)),
              commitment.id());
        });
  }

  /** Notes that the requester is not told any more. */
  void dead(Commitment commitment, String sentence) {
    database.change(handle -> move(handle, commitment, CommitmentState.DEAD, sentence));
  }

  private static void move(
      Handle handle, Commitment commitment, CommitmentState to, String sentence) {
    handle.execute(
        "update commitment set state = ?, sentence = ?, changed = ? where id = ?",
        to.wireName(),
        sentence,
        time(Instant.now()),
        commitment.id());
  }

  /** Forgets what came to its end before a time. */
  void forget(Instant before) {
    database.change(
        handle -> {
          String ended = "from commitment where state in ('reported', 'dead') and changed < ?";
          handle.execute(
              "delete from commitment_object where commitment_id in (select id " + ended + ")",
              time(before));
          handle.execute("delete " + ended, time(before));
        });
  }

  /** How many requests are in a state. */
  long count(CommitmentState state) {
    return database.with(
        handle ->
            handle
                .createQuery("select count(*) from commitment where state = :state")
                .bind("state", state.wireName())
                .mapTo(Long.class)
                .one());
  }

  private static Commitment row(ResultSet row, StatementContext context) throws SQLException {
    return new Commitment(
        row.getLong("id"),
        row.getString("requester"),
        row.getString("transaction_uid"),
        row.getInt("attempts"));
  }
}
