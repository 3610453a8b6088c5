package org.tessera.omni.train;

/** Hears how a training goes. */
public interface TrainingListener {

  /** So many of so many rows are decoded, or steps of an epoch done. */
  void progress(String what, int done, int of);

  /** An epoch ended; {@code metrics} is one line of the metrics file. */
  void epoch(String metrics);
}
