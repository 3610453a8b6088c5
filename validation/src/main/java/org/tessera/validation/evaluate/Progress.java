package org.tessera.validation.evaluate;

/** Is told how far an evaluation is. Called from one thread. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (done, total, step) -> {};

  /**
   * A step forward.
   *
   * @param done rows, or fits, that are done
   * @param total of how many
   * @param step what is being done, in words
   */
  void at(int done, int total, String step);
}
