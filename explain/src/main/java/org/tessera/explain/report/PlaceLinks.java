package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Finding;

/** Links from a finding to the evidence that it points to, or why there are none. */
final class PlaceLinks {
  private final CaseReport report;
  private final Finding finding;

  PlaceLinks(CaseReport report, Finding finding) {
    this.report = report;
    this.finding = finding;
  }

  Html section() {
    if (!Shown.isExplained(finding)) {
      return noPlaces();
    }
    List<Html> links = new ArrayList<>();
    for (Evidence evidence : report.patientCase().evidence()) {
      if (!Shown.highlights(finding, evidence.id()).isEmpty()) {
        links.add(
            Html.of(
                """
                <a class="jump" href="#view-{}" data-finding="{}">{} {}</a>
                """,
                evidence.id(),
                finding.id(),
                Words.modality(evidence.modality()),
                evidence.id()));
      }
    }
    return Html.of("<p class=\"places\">{}</p>\n", Html.join(links.stream()))
        .then(tests(finding.explanation().orElseThrow()));
  }

  private Html noPlaces() {
    if (finding.explanation().isPresent() && !finding.explanation().get().trusted()) {
      return new Html(
              """
              <p class="caption">No trustworthy explanation: the map did not pass its tests on this
              case, so it is not shown.</p>
              """)
          .then(tests(finding.explanation().get()));
    }
    return new Html("<p class=\"caption\">No highlight is shown for this finding.</p>\n");
  }

  private static Html tests(Explanation explanation) {
    return Html.of(
        "<details class=\"small\"><summary>How the map was made and tested</summary>\n"
            + "<p>Method: {}.</p>\n<ul class=\"checks\">{}</ul></details>\n",
        explanation.method(),
        Html.each(
            explanation.tests(),
            test ->
                Html.of(
                    "<li>{}<div>{} <span class=\"score\">{} (threshold {})</span></div></li>\n",
                    Marks.passed(test.passed()),
                    Words.question(test.name()),
                    Words.number(test.score()),
                    Words.number(test.threshold()))));
  }
}
