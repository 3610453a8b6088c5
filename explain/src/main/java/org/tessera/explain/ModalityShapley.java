package org.tessera.explain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;

/**
 * Exact Shapley values of the modalities of a case, in logits: what each modality adds, averaged
 * over all orders in which the modalities can arrive (Shapley 1953).
 *
 * <pre>{@code contribution(i) = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))}
 * </pre>
 *
 * <p>{@code v(S)} is the logit of the case that has only the modalities S; {@code v({})} is the
 * baseline. The contributions and the baseline add up to the logit of the whole case.
 *
 * @param baseline logit with no evidence at all
 * @param contributions logits that each modality present adds, in the order of {@link Modality}
 */
public record ModalityShapley(double baseline, Map<Modality, Double> contributions) {
  /** Most modalities that are enumerated. */
  static final int MAX_MODALITIES = 6;

  public ModalityShapley {
    EnumMap<Modality, Double> ordered = new EnumMap<>(Modality.class);
    ordered.putAll(contributions);
    contributions = Collections.unmodifiableMap(ordered);
  }

  /**
   * Computes the values.
   *
   * @param present k modalities, each once
   * @param coalitions (2^k) logits; bit {@code i} of the index says that {@code present.get(i)}
   *     took part
   * @throws IllegalArgumentException if the numbers do not fit each other
   */
  public static ModalityShapley of(List<Modality> present, double[] coalitions) {
    int k = present.size();
    if (k > MAX_MODALITIES || coalitions.length != 1 << k) {
      throw new IllegalArgumentException(
          "%d modalities need 2^%d coalitions, not %d".formatted(k, k, coalitions.length));
    }
    EnumMap<Modality, Double> values = new EnumMap<>(Modality.class);
    for (int i = 0; i < k; i++) {
      values.put(present.get(i), value(i, k, coalitions));
    }
    return new ModalityShapley(coalitions[0], values);
  }

  private static double value(int player, int k, double[] coalitions) {
    double sum = 0;
    for (int mask = 0; mask < coalitions.length; mask++) {
      if ((mask & 1 << player) == 0) {
        double gain = coalitions[mask | 1 << player] - coalitions[mask];
        sum += weight(Integer.bitCount(mask), k) * gain;
      }
    }
    return sum;
  }

  private static double weight(int size, int k) {
    return factorial(size) * factorial(k - size - 1) / factorial(k);
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }

  /** Baseline and contributions added up. */
  public double logit() {
    double sum = baseline;
    for (double value : contributions.values()) {
      sum += value;
    }
    return sum;
  }

  /** The probability: sigmoid of {@link #logit()}. */
  public double probability() {
    return Logits.probability(logit());
  }

  /** What a modality adds; 0 if it is not present. */
  public double contribution(Modality modality) {
    return contributions.getOrDefault(modality, 0.0);
  }

  /** False if the model gave something that is not a number. */
  boolean finite() {
    return Double.isFinite(logit());
  }
}
