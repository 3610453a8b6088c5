package org.tessera.omni.search;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lucene says on standard error that it could be faster with a module that is not final yet; users
 * can do nothing about it.
 */
final class LuceneLog {
  /** Held, because the log forgets the level of a logger that nobody holds. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  private LuceneLog() {}

  static void quiet() {
    LUCENE.setLevel(Level.SEVERE);
  }
}
