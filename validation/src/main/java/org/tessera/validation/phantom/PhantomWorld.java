package org.tessera.validation.phantom;

/**
 * A population of phantoms. {@code TEST} draws wordings, machines and shapes that the other two
 * never draw.
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

  /** True if training never saw this world's wordings, machines and shapes. */
  public boolean unseen() {
    return this == TEST;
  }
}
