package org.tessera.runtime.dicomweb;

import org.junit.jupiter.api.Tag;
import org.tessera.runtime.store.PostgresServer;

/** The searches on PostgreSQL; skipped where none is installed. */
@Tag("interop")
class PostgresStudySearchTest extends StudySearchTest {

  @Override
  String url() throws Exception {
    return PostgresServer.shared().newUrl();
  }
}
