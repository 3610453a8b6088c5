package org.tessera.validation.phantom;

/**
 * A population of phantoms. Each draws wordings, machines, shapes and sounds that the other two
 * never draw: what validation decides, it decides on looks that training never saw, and the test is
 * new to both.
 */
public enum PhantomWorld {
  TRAIN("train"),
  VALIDATION("val"),
  TEST("test");

  private final String split;

  PhantomWorld(String split) {
    this.split = split;
  }

  /** Name of the split in {@code manifest.csv}. */
  public String split() {
    return split;
  }
}
