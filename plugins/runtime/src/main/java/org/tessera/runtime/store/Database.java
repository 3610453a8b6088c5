package org.tessera.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.tessera.casemodel.RejectedInputException;

/**
 * H2 or PostgreSQL, with the tables of the server. Safe for several threads; only one process
 * writes.
 */
public final class Database implements Closeable {
  private static final int CONNECTIONS = 12;
  private static final long PATIENCE_MILLIS = 5_000;

  /**
   * Classes of SQL states: connection, resources, intervention of an operator, system (PostgreSQL,
   * appendix A).
   */
  private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

  /** H2: disk, closed database, closed or broken connection. Its states are its error codes. */
  private static final Set<String> OUTAGES_OF_H2 =
      Set.of("90028", "90031", "90007", "90067", "90098", "90121");

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final boolean embedded;

  private Database(HikariDataSource source, boolean embedded) {
    this.source = source;
    this.embedded = embedded;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens the file of H2, which is made if it is not there, and brings the tables up to date.
   *
   * @param file without its ending
   * @param key with which it is encrypted; empty if it is not
   * @throws RejectedInputException with one sentence, if a newer version has changed the tables
   */
  static Database embedded(Path file, Optional<String> key) throws RejectedInputException {
    // The password of the file, a blank, that of the user, who has none.
    return open(url(file, key.isPresent()), "", key.map(each -> each + " ").orElse(""));
  }

  /** The URL of a file of H2, without its ending. */
  static String url(Path file, boolean encrypted) {
    // Its trace would have values of rows in the clear.
    return "jdbc:h2:file:"
        + file.toAbsolutePath()
        + ";FILE_LOCK=FS;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
        + (encrypted ? ";CIPHER=AES;TRACE_LEVEL_FILE=0" : "");
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @param url of JDBC
   * @param user or empty, if the URL says it
   * @param password or empty
   * @throws RejectedInputException with one sentence, if a newer version has changed the tables
   * @throws RuntimeException of the libraries, if the database does not answer
   */
  public static Database open(String url, String user, String password)
      throws RejectedInputException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user.isEmpty() ? null : user);
    config.setPassword(password.isEmpty() ? null : password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setPoolName("index");
    HikariDataSource source = new HikariDataSource(config);
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(source)
              .locations("classpath:org/tessera/runtime/store/migration")
              .load();
      requireNotNewer(flyway);
      flyway.migrate();
    } catch (RejectedInputException | RuntimeException e) {
      source.close();
      throw e;
    }
    return new Database(source, url.startsWith("jdbc:h2:"));
  }

  private static void requireNotNewer(Flyway flyway) throws RejectedInputException {
    for (MigrationInfo each : flyway.info().applied()) {
      if (each.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new RejectedInputException(
            "A newer version has changed the database: start that one, or restore a backup.");
      }
    }
  }

  /** Asks something. */
  public <R, X extends Exception> R with(HandleCallback<R, X> question) throws X {
    return jdbi.withHandle(question);
  }

  /** Does something in one transaction, which is on the disk after {@link #sync}. */
  <R, X extends Exception> R inTransaction(HandleCallback<R, X> change) throws X {
    return jdbi.inTransaction(change);
  }

  /** Waits until all transactions so far are on the disk. */
  void sync() {
    if (embedded) {
      jdbi.useHandle(this::sync);
    }
  }

  /** Does something in one transaction, which is on the disk when this returns. */
  public <R, X extends Exception> R durably(HandleCallback<R, X> change) throws X {
    return jdbi.withHandle(
        handle -> {
          R result = handle.inTransaction(change);
          sync(handle);
          return result;
        });
  }

  /** As {@link #durably}, without a result. */
  public <X extends Exception> void change(HandleConsumer<X> change) throws X {
    jdbi.useHandle(
        handle -> {
          handle.useTransaction(change);
          sync(handle);
        });
  }

  private void sync(Handle handle) {
    if (embedded) {
      // H2 writes at commit, but only this waits for the disk.
      handle.execute("checkpoint sync");
    }
  }

  /** True if its file is in the data folder. */
  public boolean isEmbedded() {
    return embedded;
  }

  /**
   * Writes the database as it is now, while it goes on: a ZIP with the file of H2 in it.
   *
   * @throws IllegalStateException if it is not embedded
   */
  public void backUp(Path zip) {
    if (!embedded) {
      throw new IllegalStateException("PostgreSQL is backed up by pg_dump.");
    }
    jdbi.useHandle(handle -> handle.execute("backup to ?", zip.toAbsolutePath().toString()));
  }

  /** Asks the database something; throws what the libraries throw if it does not answer. */
  public void probe() {
    jdbi.useHandle(handle -> handle.select("select max(id) from instance").mapToMap().list());
  }

  /** Whether something failed since the database was away, not because of what it was asked. */
  public static boolean isOutage(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLTransientException
          || each instanceof SQLNonTransientConnectionException
          || (each instanceof SQLException sql && isOutage(String.valueOf(sql.getSQLState())))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutage(String state) {
    return OUTAGES_OF_H2.contains(state)
        || (state.length() == 5 && OUTAGES.contains(state.substring(0, 2)));
  }

  /** Lets go of connections that may be dead. */
  public void reconnect() {
    source.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    source.close();
  }
}
