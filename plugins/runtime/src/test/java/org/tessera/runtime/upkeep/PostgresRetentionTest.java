package org.tessera.runtime.upkeep;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The rule on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresRetentionTest extends RetentionTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
