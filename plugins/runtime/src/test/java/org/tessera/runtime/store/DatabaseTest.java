package org.tessera.runtime.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what is kept in a database; each has one of its own: H2, unless told otherwise. */
public abstract class DatabaseTest {
  @TempDir private Path folder = Path.of("");
  private Database database = unopened();

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static Database unopened() {
    return null;
  }

  /** The database of one test; empty. */
  protected String url() throws Exception {
    return "jdbc:h2:file:" + folder.resolve("index");
  }

  /** A folder of one test. */
  protected final Path folder() {
    return folder;
  }

  /** The database, with its tables. */
  protected final Database database() {
    return database;
  }

  @BeforeEach
  final void openDatabase() throws Exception {
    database = Database.open(url(), "", "");
  }

  @AfterEach
  final void closeDatabase() {
    database.close();
  }
}
