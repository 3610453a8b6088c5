package org.tessera.validation.bench;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * One of those who do the same work: a list of tasks, counted from 0. Usually a process of its own
 * that stays alive, so that no start-up is measured. For one thread.
 */
public interface Side extends AutoCloseable {
  /** For people. */
  String name();

  /**
   * Does a task and says what came out.
   *
   * @return the answer, or an empty string if this side cannot do the task
   */
  String answer(int task) throws IOException;

  /**
   * Does a task, and measures it.
   *
   * @return nanoseconds, or empty if this side could not do it
   */
  OptionalLong time(int task) throws IOException;

  @Override
  void close();
}
