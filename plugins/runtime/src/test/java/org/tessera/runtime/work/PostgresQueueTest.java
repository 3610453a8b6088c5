package org.tessera.runtime.work;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The queue on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresQueueTest extends CaseQueueTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
