package org.tessera.runtime;

/** Is told how far long work is. May be called from several threads. */
@FunctionalInterface
public interface WorkListener {

  /**
   * A step forward.
   *
   * @param what is being done, in words
   * @param done steps that are done
   * @param total of how many
   */
  void at(String what, long done, long total);
}
