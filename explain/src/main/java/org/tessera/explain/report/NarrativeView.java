package org.tessera.explain.report;

import java.util.List;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.NarrativeSentence;

/** The sentences that trace to supported findings, and those that were struck out. */
final class NarrativeView {
  private final CaseReport report;

  NarrativeView(CaseReport report) {
    this.report = report;
  }

  Html section() {
    List<NarrativeSentence> kept =
        report.narrative().stream().filter(NarrativeSentence::passed).toList();
    List<NarrativeSentence> struck =
        report.narrative().stream().filter(sentence -> !sentence.passed()).toList();
    Html said =
        kept.isEmpty()
            ? Html.NONE
            : Html.of("<p class=\"narrative\">{}</p>\n", Html.each(kept, NarrativeView::sentence));
    return said.then(struckOut(struck));
  }

  private static Html sentence(NarrativeSentence sentence) {
    return Html.of("{} ", sentence.sentence());
  }

  private static Html struckOut(List<NarrativeSentence> struck) {
    if (struck.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        """
        <details class="small struck"><summary>{} struck out</summary>
        <ul class="plain">{}</ul></details>
        """,
        struck.size() == 1 ? "1 sentence was" : struck.size() + " sentences were",
        Html.each(
            struck,
            sentence ->
                Html.of(
                    "<li><span><s>{}</s> {}</span></li>\n",
                    sentence.sentence(),
                    sentence.reason().orElse("No supported finding says so."))));
  }
}
