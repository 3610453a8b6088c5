package org.tessera.explain;

/** Logits and probabilities. */
final class Logits {
  private Logits() {}

  /** The probability of a logit; stable at both ends. */
  static double probability(double logit) {
    if (logit >= 0) {
      return 1 / (1 + Math.exp(-logit));
    }
    double e = Math.exp(logit);
    return e / (1 + e);
  }
}
