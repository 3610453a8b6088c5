package org.tessera.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;

/**
 * Why a sentence may not stand: it traces to nothing, or to a finding that is not supported, does
 * not name its finding, speaks of another one that is not supported, or claims normality.
 */
final class SentenceTrace {
  private static final Pattern NORMALITY =
      Pattern.compile(
          "\\b(?:no acute|no (?:other )?(?:abnormalit|finding|patholog|evidence|sign)|normal"
              + "|unremarkable|within normal limits|clear lungs|lungs are clear)",
          Pattern.CASE_INSENSITIVE);

  private SentenceTrace() {}

  static Optional<String> objection(Narrative.Draft draft, List<Finding> findings) {
    List<Finding> traced =
        findings.stream().filter(finding -> draft.findings().contains(finding.id())).toList();
    if (draft.findings().isEmpty() || traced.size() < draft.findings().size()) {
      return Optional.of("It traces to no finding of this case.");
    }
    if (traced.stream().anyMatch(finding -> finding.status() != Status.SUPPORTED)) {
      return Optional.of("It traces to a finding that is not supported.");
    }
    if (!traced.stream().allMatch(finding -> names(draft, finding))) {
      return Optional.of("It does not name the finding that it traces to.");
    }
    if (NORMALITY.matcher(withoutNames(draft, traced)).find()) {
      return Optional.of("It claims that something is normal, which no finding entails.");
    }
    String rest = withoutNames(draft, traced);
    return findings.stream()
        .filter(finding -> !traced.contains(finding))
        .filter(finding -> rest.contains(display(finding)))
        .findFirst()
        .map(other -> "It speaks of a finding that it does not trace to.");
  }

  private static boolean names(Narrative.Draft draft, Finding finding) {
    return draft.sentence().toLowerCase(Locale.ROOT).contains(display(finding));
  }

  private static String withoutNames(Narrative.Draft draft, List<Finding> traced) {
    String rest = draft.sentence().toLowerCase(Locale.ROOT);
    for (Finding finding : traced) {
      rest = rest.replace(display(finding), " ");
    }
    return rest;
  }

  private static String display(Finding finding) {
    return finding.code().display().toLowerCase(Locale.ROOT);
  }
}
