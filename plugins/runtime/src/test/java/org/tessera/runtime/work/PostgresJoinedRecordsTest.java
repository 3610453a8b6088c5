package org.tessera.runtime.work;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** Joined records on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresJoinedRecordsTest extends JoinedRecordsTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
