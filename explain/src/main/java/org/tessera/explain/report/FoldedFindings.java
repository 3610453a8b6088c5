package org.tessera.explain.report;

import java.util.List;
import java.util.regex.Pattern;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.explain.Phrases;

/** Findings of which only a line is shown, under a heading that opens. */
final class FoldedFindings {
  private static final Pattern NOT_JUDGED = Pattern.compile("(?s)No .* was not judged.*");

  private FoldedFindings() {}

  /**
   * True for a finding whose input is not there, by the sentence that the gate gives it. Any other
   * abstention, a computation without a number for instance, stays in sight.
   */
  static boolean isUnjudged(Finding finding) {
    return finding.status() == Status.ABSTAINED
        && finding.statusReason().filter(why -> NOT_JUDGED.matcher(why).matches()).isPresent();
  }

  static Html notFound(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <details class="card quiet"><summary>Below the operating point ({})</summary>
        <p class="caption">Not a negative finding: nobody has validated a threshold at which these
        are ruled out.</p>
        <ul class="plain">{}</ul></details>
        """,
        findings.size(),
        Html.each(
            findings,
            finding ->
                Html.of(
                    "<li id=\"{}\">{}<span>{}</span> <span class=\"score\">{}{}</span></li>\n",
                    finding.id(),
                    Marks.of(finding.status()),
                    Phrases.sentence(finding.code().display()),
                    Phrases.percent(finding.probability().orElse(0)),
                    finding
                        .operatingPoint()
                        .map(point -> Phrases.percent(point.threshold()))
                        .map(percent -> " (operating point " + percent + ")")
                        .orElse(""))));
  }

  static Html unjudged(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <details class="card quiet"><summary>Not judged ({})</summary>
        <ul class="plain">{}</ul></details>
        """,
        findings.size(),
        Html.each(
            findings,
            finding ->
                Html.of(
                    "<li id=\"{}\">{}<span>{}</span></li>\n",
                    finding.id(),
                    Marks.of(finding.status()),
                    finding.statusReason().orElse(finding.code().display()))));
  }
}
