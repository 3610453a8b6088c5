package org.tessera.validation.evaluate;

import java.util.Locale;
import java.util.Optional;

/**
 * The verdict on a finding and the sentence that says why; the first obstacle is named.
 *
 * @param scores the rows
 * @param auroc of the model
 * @param matched the least bound within strata
 * @param strongest the strongest shortcut
 * @param gainLow lower bound of the gain over it
 * @param blind an acquisition shortcut that reaches {@link CompetenceAudit#BLIND_LIMIT}
 */
record CompetenceVerdict(
    FindingScores scores,
    Estimate auroc,
    MatchedBound matched,
    Optional<BaselineScores> strongest,
    double gainLow,
    Optional<BaselineScores> blind) {

  boolean competent() {
    return obstacle().isEmpty();
  }

  /** One sentence for a clinician. */
  String reason() {
    String sentence = obstacle().orElseGet(this::praise);
    return matched.skipped().isEmpty()
        ? sentence
        : sentence.substring(0, sentence.length() - 1)
            + "; too few cases to judge within "
            + String.join(", ", matched.skipped())
            + ".";
  }

  private Optional<String> obstacle() {
    return tooLow()
        .or(this::blindToThePatient)
        .or(this::onlyAcrossStrata)
        .or(this::noBetterThanAShortcut)
        .map("Not shown to be known: "::concat);
  }

  private Optional<String> tooLow() {
    return when(
        !(auroc.low() >= CompetenceAudit.FLOOR),
        "the AUROC on %d validation cases is %s, and its lower bound has to reach %.2f.",
        scores.rows().size(),
        auroc.text(),
        CompetenceAudit.FLOOR);
  }

  private Optional<String> blindToThePatient() {
    return blind.map(
        each ->
            text(
                "the %s of the file alone reaches an AUROC of %.2f on the same %d cases, so the"
                    + " disease cannot be told apart from how the files were made (model: %s).",
                spoken(each),
                reached(each),
                scores.rows().size(),
                auroc.text()));
  }

  private Optional<String> onlyAcrossStrata() {
    return when(
        !(matched.low() >= CompetenceAudit.FLOOR),
        "the AUROC is %s overall, but within %s its lower bound is only %.2f, so the answer may"
            + " rest on the source and not on the patient.",
        auroc.text(),
        matched.where(),
        Math.max(0, matched.low()));
  }

  private Optional<String> noBetterThanAShortcut() {
    if (strongest.isEmpty()) {
      return Optional.of(
          text("the AUROC is %s, but no shortcut was measured beside it.", auroc.text()));
    }
    return when(
        !(gainLow > 0),
        "the AUROC of %s is not clearly above that of a shortcut, the %s alone (%.2f; difference"
            + " at least %.2f).",
        auroc.text(),
        spoken(strongest.get()),
        reached(strongest.get()),
        Math.max(-1, gainLow));
  }

  private String praise() {
    return text(
        "Known on this kind of input: AUROC %s on %d validation cases (%d with the finding), above"
            + " the strongest shortcut (%s) by at least %.2f.",
        auroc.text(),
        scores.rows().size(),
        scores.positives(),
        strongest.map(each -> text("%s, %.2f", spoken(each), reached(each))).orElse("none"),
        gainLow);
  }

  private double reached(BaselineScores baseline) {
    return CompetenceAudit.eitherWay(baseline, scores.labels());
  }

  private static String spoken(BaselineScores baseline) {
    return baseline.name().replace("bytes", "size");
  }

  private static Optional<String> when(boolean obstacle, String format, Object... values) {
    return obstacle ? Optional.of(text(format, values)) : Optional.empty();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
