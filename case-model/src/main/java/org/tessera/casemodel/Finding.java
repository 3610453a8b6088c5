package org.tessera.casemodel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One coded finding with everything that it rests on.
 *
 * @param id identifier within the case, for example {@code F1}
 * @param code what was found
 * @param probability calibrated probability
 * @param interval uncertainty of the probability
 * @param operatingPoint from which probability on it counts as found
 * @param status what may be done with it
 * @param statusReason why it is withheld, abstained or not found
 * @param baseline logit with no evidence at all
 * @param contributions Shapley value of each modality present, in logits; sigmoid(baseline + sum)
 *     is the probability
 * @param highlights where it rests; empty unless trusted
 * @param explanation how the highlights were made
 * @param checks what it was asked
 * @param counterfactual the same case without the highlighted evidence; of supported findings with
 *     highlights only
 */
public record Finding(
    String id,
    Coding code,
    OptionalDouble probability,
    Optional<Interval> interval,
    Optional<OperatingPoint> operatingPoint,
    Status status,
    Optional<String> statusReason,
    OptionalDouble baseline,
    Map<Modality, Double> contributions,
    List<Highlight> highlights,
    Optional<Explanation> explanation,
    List<Check> checks,
    Optional<Counterfactual> counterfactual) {
  public Finding {
    contributions = Map.copyOf(contributions);
    highlights = List.copyOf(highlights);
    checks = List.copyOf(checks);
  }

  /** A finding without a counterfactual. */
  public Finding(
      String id,
      Coding code,
      OptionalDouble probability,
      Optional<Interval> interval,
      Optional<OperatingPoint> operatingPoint,
      Status status,
      Optional<String> statusReason,
      OptionalDouble baseline,
      Map<Modality, Double> contributions,
      List<Highlight> highlights,
      Optional<Explanation> explanation,
      List<Check> checks) {
    this(
        id,
        code,
        probability,
        interval,
        operatingPoint,
        status,
        statusReason,
        baseline,
        contributions,
        highlights,
        explanation,
        checks,
        Optional.empty());
  }

  /** The same finding with its counterfactual. */
  public Finding with(Counterfactual changed) {
    return new Finding(
        id,
        code,
        probability,
        interval,
        operatingPoint,
        status,
        statusReason,
        baseline,
        contributions,
        highlights,
        explanation,
        checks,
        Optional.of(changed));
  }

  /** What may be done with a finding. */
  public enum Status {
    SUPPORTED("supported"),
    WITHHELD("withheld"),
    ABSTAINED("abstained"),
    NOT_FOUND("not-found");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /** The name used in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * Uncertainty of a probability.
   *
   * @param low lower bound
   * @param high upper bound
   * @param level nominal coverage, for example 0.95
   * @param method how it was made
   */
  public record Interval(double low, double high, double level, String method) {}

  /**
   * From which probability on it counts as found, and what that costs.
   *
   * @param threshold probability
   * @param sensitivity at the threshold
   * @param specificity at the threshold
   * @param from data on which it was chosen and measured
   */
  public record OperatingPoint(
      double threshold, double sensitivity, double specificity, String from) {}
}
