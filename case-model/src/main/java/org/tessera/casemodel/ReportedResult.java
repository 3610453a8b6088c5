package org.tessera.casemodel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a case may leave for other systems, whichever standard carries it: supported findings
 * only, and only those highlights that passed their tests. A finding that was withheld, abstained
 * or not found is no part of it, and neither is a sentence that rests on one.
 *
 * @param caseId identifier of the case
 * @param seal the hash that seals the result, 64 hexadecimal digits
 * @param status what may be believed of it
 * @param predecessor seal of the result that this one replaces
 * @param reason why an earlier result is replaced or withdrawn; one sentence
 * @param findings supported findings
 * @param conclusion sentences of the narrative that passed, or the sentence that nothing did
 */
public record ReportedResult(
    String caseId,
    String seal,
    Status status,
    Optional<String> predecessor,
    Optional<String> reason,
    List<ReportedFinding> findings,
    String conclusion) {

  /** Said wherever a result has no finding. */
  public static final String NOTHING =
      "No finding passed every check. This is not a negative result.";

  /** Said of every result. */
  public static final String STATEMENT =
      "Found by a machine-learning model and not verified by a clinician. Only findings that passed"
          + " the checks made on this very case are listed; findings that were withheld, abstained"
          + " or not found are not, and that a finding is not listed is not a negative result.";

  /** Said of a result that was signed, in the place of {@link #STATEMENT}. */
  public static final String SIGNED_STATEMENT =
      "Found by a machine-learning model; a clinician has signed the report. Only findings that"
          + " passed the checks made on this very case are listed; findings that were withheld,"
          + " abstained or not found are not, and that a finding is not listed is not a negative"
          + " result.";

  /** Regions of one finding that are carried. */
  public static final int MOST_REGIONS = 64;

  private static final int DECIMALS = 6;
  private static final int MOST_SENTENCE = 1000;

  /** What may be believed of a result. */
  public enum Status {
    /** Not seen by a clinician. */
    PRELIMINARY("preliminary"),
    /** Replaces an earlier result of the case; not seen by a clinician either. */
    AMENDED("amended"),
    /** A clinician has signed it. */
    FINAL("final"),
    /** The earlier result must not be used, and nothing takes its place. */
    ENTERED_IN_ERROR("entered-in-error");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    /** The name used by FHIR (R4, DiagnosticReportStatus). */
    public String wireName() {
      return wireName;
    }

    /** The status of that name. */
    public static Optional<Status> of(String name) {
      return List.of(values()).stream().filter(each -> each.wireName.equals(name)).findFirst();
    }
  }

  public ReportedResult {
    findings = List.copyOf(findings);
  }

  /** What of a report may leave. */
  public static ReportedResult of(CaseReport report, String seal) {
    return of(report, seal, Map.of());
  }

  /**
   * What of a report may leave.
   *
   * @param report the outcome
   * @param seal the hash that seals the result
   * @param instances the DICOM object behind each evidence, by its id; where it is missing, what
   *     the evidence itself knows is taken
   */
  public static ReportedResult of(
      CaseReport report, String seal, Map<String, StudyReference> instances) {
    List<ReportedFinding> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      if (finding.status() == Finding.Status.SUPPORTED) {
        findings.add(reported(report, finding, instances));
      }
    }
    return new ReportedResult(
        report.patientCase().id(),
        seal,
        Status.PRELIMINARY,
        Optional.empty(),
        Optional.empty(),
        findings,
        conclusion(report, findings));
  }

  /**
   * The same result in the place of an earlier one.
   *
   * @param earlier seal of the earlier result
   * @param why one sentence, for example that an image came late
   */
  public ReportedResult amending(String earlier, String why) {
    return new ReportedResult(
        caseId,
        seal,
        Status.AMENDED,
        Optional.of(earlier),
        Optional.of(why),
        findings,
        conclusion);
  }

  /**
   * What is left of this result once it is withdrawn: its identity, and no finding.
   *
   * @param why one sentence, for example that the images belong to another patient
   */
  public ReportedResult withdrawn(String why) {
    return new ReportedResult(
        caseId,
        seal,
        Status.ENTERED_IN_ERROR,
        Optional.of(seal),
        Optional.of(why),
        List.of(),
        withdrawal(why));
  }

  /** What is said in the place of the conclusion of a withdrawn result. */
  public static String withdrawal(String why) {
    return "This result was withdrawn and must not be used: " + why;
  }

  /** The conclusion once a clinician has signed. */
  public static String signed(String conclusion) {
    return conclusion.replace(" Unread by a clinician.", "");
  }

  private static ReportedFinding reported(
      CaseReport report, Finding finding, Map<String, StudyReference> instances) {
    return new ReportedFinding(
        finding.id(),
        finding.code(),
        finding.probability().isPresent()
            ? OptionalDouble.of(rounded(finding.probability().getAsDouble()))
            : OptionalDouble.empty(),
        finding
            .interval()
            .map(
                each ->
                    new Finding.Interval(
                        rounded(each.low()),
                        rounded(each.high()),
                        rounded(each.level()),
                        each.method())),
        finding
            .operatingPoint()
            .map(
                each ->
                    new Finding.OperatingPoint(
                        rounded(each.threshold()),
                        rounded(each.sensitivity()),
                        rounded(each.specificity()),
                        each.from())),
        regions(report, finding, instances),
        gate(finding));
  }

  private static List<ReportedRegion> regions(
      CaseReport report, Finding finding, Map<String, StudyReference> instances) {
    if (!finding.explanation().map(Explanation::trusted).orElse(false)) {
      return List.of();
    }
    double weakest =
        finding.highlights().stream()
            .map(Highlight::weight)
            .sorted(Comparator.reverseOrder())
            .limit(MOST_REGIONS)
            .reduce((first, second) -> second)
            .orElse(0.0);
    return finding.highlights().stream()
        .filter(each -> each.weight() >= weakest)
        .limit(MOST_REGIONS)
        .map(
            each ->
                new ReportedRegion(
                    each.input(),
                    Optional.ofNullable(instances.get(each.input()))
                        .or(() -> study(report, each.input()))
                        .map(ReportedResult::unordered),
                    each.region(),
                    rounded(each.weight())))
        .toList();
  }

  /** The order is known to the study; a place does not need it. */
  private static StudyReference unordered(StudyReference known) {
    return new StudyReference(
        known.studyUid(),
        known.seriesUid(),
        known.sopClassUid(),
        known.sopInstanceUid(),
        Optional.empty());
  }

  private static Optional<StudyReference> study(CaseReport report, String input) {
    return report.patientCase().evidence().stream()
        .filter(each -> each.id().equals(input))
        .filter(ImageEvidence.class::isInstance)
        .findFirst()
        .flatMap(each -> ((ImageEvidence) each).study());
  }

  private static String gate(Finding finding) {
    String passed =
        finding.checks().stream()
            .filter(each -> each.verdict() == Check.Verdict.PASS)
            .map(Check::name)
            .collect(Collectors.joining(", "));
    String warned =
        finding.checks().stream()
            .filter(each -> each.verdict() == Check.Verdict.WARN)
            .map(each -> " Warning (" + each.name() + "): " + each.reason())
            .collect(Collectors.joining());
    String whole =
        (passed.isEmpty() ? "Supported." : "Supported; checks passed: " + passed + ".") + warned;
    return whole.length() <= MOST_SENTENCE ? whole : whole.substring(0, MOST_SENTENCE - 1) + "…";
  }

  private static String conclusion(CaseReport report, List<ReportedFinding> findings) {
    if (findings.isEmpty()) {
      return NOTHING;
    }
    Set<String> ids = new HashSet<>();
    findings.forEach(each -> ids.add(each.id()));
    String sentences =
        report.narrative().stream()
            .filter(NarrativeSentence::passed)
            .filter(each -> !each.findings().isEmpty() && ids.containsAll(each.findings()))
            .map(NarrativeSentence::sentence)
            .collect(Collectors.joining(" "));
    return sentences.isEmpty() ? "See the results. Unread by a clinician." : sentences;
  }

  private static double rounded(double share) {
    return BigDecimal.valueOf(share).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
  }
}
