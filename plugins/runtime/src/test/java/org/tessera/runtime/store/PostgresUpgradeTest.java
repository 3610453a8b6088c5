package org.tessera.runtime.store;

import org.junit.jupiter.api.Tag;

/** Tables of earlier versions on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresUpgradeTest extends UpgradeTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
