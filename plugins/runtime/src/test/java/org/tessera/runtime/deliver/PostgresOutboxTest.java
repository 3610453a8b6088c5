package org.tessera.runtime.deliver;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The outbox on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresOutboxTest extends OutboxTest {

  @Override
  protected String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
