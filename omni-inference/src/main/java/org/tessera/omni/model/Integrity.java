package org.tessera.omni.model;

/** What is known of a computation that was not refused. */
public enum Integrity {
  /** The model has nothing to hold its computations against. */
  UNCHECKED,

  /** Everything held at once. */
  HELD
}
