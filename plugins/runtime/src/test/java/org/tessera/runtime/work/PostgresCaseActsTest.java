package org.tessera.runtime.work;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** Acts on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresCaseActsTest extends CaseActsTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
