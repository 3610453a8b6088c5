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

  /** The logit of a probability; finite even for 0 and 1. */
  static double of(double probability) {
    double inside = Math.clamp(probability, 1e-12, 1 - 1e-12);
    return Math.log(inside / (1 - inside));
  }
}
