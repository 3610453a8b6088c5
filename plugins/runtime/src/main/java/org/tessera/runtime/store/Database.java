package org.tessera.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/**
 * H2 or PostgreSQL, with the tables of the server. Safe for several threads; only one process
 * writes.
 */
public final class Database implements Closeable {
  private static final int CONNECTIONS = 12;
  private static final long PATIENCE_MILLIS = 5_000;

  private final HikariDataSource source;
  private final Jdbi jdbi;
  private final boolean embedded;

  private Database(HikariDataSource source, boolean embedded) {
    this.source = source;
    this.embedded = embedded;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Connects, and brings the tables up to date.
   *
   * @param url of JDBC
   * @param user or empty, if the URL says it
   * @param password or empty
   * @throws RuntimeException of the libraries, if the database does not answer
   */
  public static Database open(String url, String user, String password) {
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
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:org/tessera/runtime/store/migration")
          .load()
          .migrate();
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return new Database(source, url.startsWith("jdbc:h2:"));
  }

  /** Asks something. */
  public <R, X extends Exception> R with(HandleCallback<R, X> question) throws X {
    return jdbi.withHandle(question);
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

  /** Asks the database something; throws what the libraries throw if it does not answer. */
  public void probe() {
    jdbi.useHandle(handle -> handle.select("select max(id) from instance").mapToMap().list());
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
