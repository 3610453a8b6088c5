package org.tessera.validation.bench;

import java.io.IOException;
import java.util.List;

/**
 * One of those who do the same work: a list of tasks, counted from 0. Usually a process of its own
 * that stays alive, so that a pass has no start-up in it. For one thread.
 */
public interface Side extends AutoCloseable {
  /** For people, with its version. */
  String name();

  /**
   * Does every task once and says what came out.
   *
   * @return per task the answer, or an empty string if this side cannot do the task
   */
  List<String> answers() throws IOException;

  /**
   * Does every task once.
   *
   * @return nanoseconds per task
   */
  long[] pass() throws IOException;

  @Override
  void close() throws IOException;
}
