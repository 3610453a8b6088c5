package org.tessera.omni.model;

import java.util.Map;

/**
 * What one piece of evidence shows, for the shared latent space. Two pieces are alike if they agree
 * in everything that both show. Modalities meet only in what both show of the same thing, and only
 * phantoms say that: evidence of real people carries the labels that its own modality decides, so
 * that a sequence composed of several people never teaches that they belong together.
 *
 * @param source the case that it is of, {@code set/case}
 * @param facts what it shows, by name; empty to leave it out
 */
public record Shown(String source, Map<String, String> facts) {
  /** Shows nothing: takes no part. */
  public static final Shown NOTHING = new Shown("", Map.of());

  public Shown {
    facts = Map.copyOf(facts);
  }

  /** How two pieces of evidence stand to each other. */
  public enum Relation {
    /** They agree in all that both show. */
    ALIKE,
    /** They differ in something that both show. */
    UNLIKE,
    /** They show nothing in common. */
    UNRELATED
  }

  /** True if both are of the same data set, but of different cases of it, and show something. */
  boolean isStrangerTo(Shown other) {
    return !facts.isEmpty()
        && !other.facts().isEmpty()
        && !source.equals(other.source())
        && set().equals(other.set());
  }

  private String set() {
    return source.substring(0, Math.max(0, source.indexOf('/')));
  }

  /** How this stands to another piece of evidence; symmetric. */
  public Relation to(Shown other) {
    boolean common = false;
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      String value = other.facts().get(fact.getKey());
      if (value != null) {
        if (!value.equals(fact.getValue())) {
          return Relation.UNLIKE;
        }
        common = true;
      }
    }
    return common ? Relation.ALIKE : Relation.UNRELATED;
  }
}
