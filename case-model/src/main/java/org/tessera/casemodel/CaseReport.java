package org.tessera.casemodel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of a case.
 *
 * @param patientCase what went in
 * @param status how the case ended
 * @param statusReason why it was stopped or failed
 * @param caseChecks checks on the case as a whole, for example {@code identity}
 * @param sequenceLength number of tokens
 * @param tokensByModality number of tokens of each modality present
 * @param sequenceSha256 hash of the token sequence, 64 hexadecimal digits
 * @param model what read it
 * @param findings what was asked and answered
 * @param narrative sentences
 * @param timings milliseconds of each stage
 */
public record CaseReport(
    PatientCase patientCase,
    Status status,
    Optional<String> statusReason,
    List<Check> caseChecks,
    int sequenceLength,
    Map<Modality, Integer> tokensByModality,
    String sequenceSha256,
    ModelCard model,
    List<Finding> findings,
    List<NarrativeSentence> narrative,
    Map<String, Double> timings) {
  public CaseReport {
    caseChecks = List.copyOf(caseChecks);
    tokensByModality = Map.copyOf(tokensByModality);
    findings = List.copyOf(findings);
    narrative = List.copyOf(narrative);
    timings = Map.copyOf(timings);
  }

  /** How a case ended. */
  public enum Status {
    COMPLETED("completed"),
    /** Deliberately not analysed: conflicting identities, or no usable input. */
    STOPPED("stopped"),
    FAILED("failed");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /** The name used in JSON. */
    public String wireName() {
      return wireName;
    }
  }
}
