package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository on a PostgreSQL of its own; skipped where none is installed. */
@Tag("interop")
class PostgresIndexTest extends InstanceIndexTest {
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

  @Test
  void theDatabaseMayGoAndComeBack(@TempDir Path folder) throws Exception {
    ObjectStore.Settings settings = new ObjectStore.Settings(folder, url(), "", "", 0);
    try (ObjectStore store = ObjectStore.open(settings)) {
      StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      assertThat(server.orElseThrow().down()).isTrue();
      try {
        assertThatThrownBy(
                () -> StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1")))
            .hasCauseInstanceOf(StoreException.class)
            .cause()
            .hasMessage("The disk or the database does not answer.");
        assertThatThrownBy(store::check).hasMessage("The database does not answer.");
      } finally {
        assertThat(server.orElseThrow().up()).isTrue();
      }
      store.check();
      StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1"));
      assertThat(store.index().size()).isEqualTo(2);
    }
  }

  @Override
  protected String url() throws Exception {
    return server.orElseThrow().newUrl();
  }
}
