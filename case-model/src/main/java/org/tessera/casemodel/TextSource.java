package org.tessera.casemodel;

/** A decoded note. Immutable. */
public interface TextSource {

  /** The text as received, in its own code points; offsets everywhere count these. */
  String text();
}
