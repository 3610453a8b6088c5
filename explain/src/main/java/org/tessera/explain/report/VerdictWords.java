package org.tessera.explain.report;

import java.util.Map;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.explain.Phrases;

/** What a verdict means, in one sentence that needs no knowledge of machine learning. */
final class VerdictWords {
  private record Meaning(String pass, String fail) {}

  private static final Map<String, Meaning> MEANINGS =
      Map.ofEntries(
          Map.entry(
              "competence",
              new Meaning(
                  "The model was tested on this question and knows it.",
                  "The model was never shown to know this, so its answer counts for nothing.")),
          Map.entry(
              "evidence-drop",
              new Meaning(
                  "Without the marked evidence it falls, more than without as much elsewhere.",
                  "Without the marked evidence it hardly falls: it rests on something else.")),
          Map.entry(
              "wrong-patient",
              new Meaning(
                  "With other patients’ evidence it goes away: it is about this patient.",
                  "With other patients’ evidence it stays: it is not about this patient.")),
          Map.entry(
              "blank-input",
              new Meaning(
                  "On blank evidence it goes away.",
                  "On blank evidence it stays, although there is nothing to find.")),
          Map.entry(
              "text-leak",
              new Meaning(
                  "It rests on the evidence itself, not on what note or record say.",
                  "It repeats what note or record say; the evidence itself does not show it.")),
          Map.entry(
              "contradiction",
              new Meaning(
                  "Note and record do not speak against it.",
                  "Note or record speak against it.")),
          Map.entry(
              "consistency",
              new Meaning(
                  "Asked again with a little less to look at, the answer is the same.",
                  "Asked again with a little less to look at, the answer changes.")),
          Map.entry(
              "neighbours",
              new Meaning(
                  "The most similar known cases have it as well.",
                  "The most similar known cases mostly do not have it.")),
          Map.entry(
              "out-of-distribution",
              new Meaning(
                  "The input looks like those that the model learned from.",
                  "The input looks unlike anything that the model learned from.")),
          Map.entry(
              "conformal",
              new Meaning(
                  "It is likely enough at the stated risk of error.",
                  "It is not likely enough at the stated risk of error.")),
          Map.entry(
              "identity",
              new Meaning(
                  "Everything is from the same patient.",
                  "Not everything is from the same patient.")),
          Map.entry(
              "numeric-integrity",
              new Meaning(
                  "The computation was checked and held.",
                  "The computation did not hold when checked.")));

  private VerdictWords() {}

  /** One sentence about a check; a warning is in its own words, since it says what to read. */
  static String of(Check check) {
    Meaning meaning = MEANINGS.get(check.name());
    if (meaning == null || check.verdict() == Verdict.NOT_APPLICABLE) {
      return check.reason();
    }
    return switch (check.verdict()) {
      case PASS -> meaning.pass;
      case FAIL -> meaning.fail;
      case WARN, NOT_APPLICABLE ->
          check.name().equals("neighbours") ? meaning.fail : check.reason();
    };
  }

  /** One sentence about the finding as a whole. */
  static String of(Finding finding) {
    return switch (finding.status()) {
      case SUPPORTED ->
          finding
              .counterfactual()
              .filter(each -> Shown.isExplained(finding))
              .map(each -> without(finding, each))
              .orElse(
                  "It passed every check that it needs, but no place can be shown that"
                      + " carries it.");
      case WITHHELD, ABSTAINED, NOT_FOUND ->
          finding.statusReason().orElse("The reason was not recorded.");
    };
  }

  private static String without(Finding finding, Counterfactual changed) {
    double threshold = finding.operatingPoint().map(OperatingPoint::threshold).orElse(0.0);
    String both =
        "from %s to %s"
            .formatted(
                Phrases.percent(finding.probability().orElse(0)),
                Phrases.percent(changed.probability()));
    if (changed.probability() < threshold) {
      return "It rests on the marked evidence: without it the probability falls %s, and it would"
              .formatted(both)
          + " not be reported.";
    }
    return changed.probability() < finding.probability().orElse(0)
        ? "The marked evidence speaks for it: without it the probability falls %s; something else"
                .formatted(both)
            + " in the case speaks for it as well."
        : "The marked evidence alone does not carry it: without it the probability goes %s."
            .formatted(both);
  }
}
