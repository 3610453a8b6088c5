package org.tessera.runtime.work;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The queue on a PostgreSQL of its own; skipped where none is installed. */
@Tag("interop")
class PostgresQueueTest extends CaseQueueTest {
  private static Optional<PostgresServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = Optional.of(PostgresServer.start());
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (server.isPresent()) {
      server.get().stop();
    }
  }

  @Override
  String url() throws Exception {
    return server.orElseThrow().newUrl();
  }
}
