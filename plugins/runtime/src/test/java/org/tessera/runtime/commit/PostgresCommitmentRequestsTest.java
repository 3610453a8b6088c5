package org.tessera.runtime.commit;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The rows on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresCommitmentRequestsTest extends CommitmentRequestsTest {

  @Override
  protected String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
