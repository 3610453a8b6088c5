package org.tessera.runtime.analyze;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** Results and jobs on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresKeptResultsTest extends KeptResultsTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
