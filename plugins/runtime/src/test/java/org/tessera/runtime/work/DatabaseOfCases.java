package org.tessera.runtime.work;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.runtime.store.Database;

/** A database of its own for each test, on H2 unless {@link #url} says otherwise, and its cases. */
abstract class DatabaseOfCases {
  @TempDir private Path folder = Path.of("");
  private Database database = unopened();

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
    database = Database.open(url(), "", "");
  }

  @AfterEach
  void close() {
    database.close();
  }

  final Path folder() {
    return folder;
  }

  final Database database() {
    return database;
  }

  final CaseQueue queue() {
    return new CaseQueue(database);
  }

  /** Notes a result of a case that was claimed; the revision that it is of. */
  final CaseRevision noteResult(WorkCase work, CaseState state) {
    CaseRevision revision = queue().claimed(work);
    queue()
        .analysed(
            work,
            revision,
            new CaseAnalysis.Result("a".repeat(64), true, ""),
            (handle, any, which, result, earlier) -> state);
    return revision;
  }

  final WorkCase claim() {
    return queue().claim(Instant.now()).orElseThrow();
  }
}
