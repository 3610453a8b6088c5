package org.tessera.explain.report;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.TextSpan;

/** A note with the words that findings point to. Offsets are code points, see {@link TextSpan}. */
final class NoteView {
  /** Code points of a note that a report shows at most. */
  static final int MAX_SHOWN = 20_000;

  private final NoteEvidence note;
  private final List<Finding> findings;

  NoteView(CaseReport report, NoteEvidence note) {
    this.note = note;
    this.findings =
        Shown.explained(report).stream()
            .filter(finding -> !Shown.highlights(finding, note.id()).isEmpty())
            .toList();
  }

  Html figure() {
    String text = note.text().text();
    int length = text.codePointCount(0, text.length());
    return Html.of(
        """
        <figure class="viewer" id="view-{}">
        {}{}<div class="note" dir="auto" tabindex="0" role="region" aria-label="{}">{}</div>
        {}</figure>
        """,
        note.id(),
        EvidenceViews.caption(note, EvidenceViews.time(note).orElse("")),
        EvidenceViews.toggles(note.id(), findings),
        "Text of note " + note.id(),
        marked(text, Math.min(length, MAX_SHOWN)),
        length > MAX_SHOWN ? shortened(length) : Html.NONE);
  }

  private static Html shortened(int length) {
    return Html.of(
        "<p class=\"caption\">The first {} of {} characters are shown.</p>\n", MAX_SHOWN, length);
  }

  /** The text cut at every edge of a span; each piece is marked by all the findings over it. */
  Html marked(String text, int length) {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0, length));
    for (Finding finding : findings) {
      for (Highlight highlight : Shown.highlights(finding, note.id())) {
        if (highlight.region() instanceof TextSpan span) {
          cuts.add(Math.min(length, span.start()));
          cuts.add(Math.min(length, span.end()));
        }
      }
    }
    StringBuilder pieces = new StringBuilder();
    int from = 0;
    int at = 0;
    for (int cut : cuts.tailSet(0, false)) {
      int to = text.offsetByCodePoints(at, cut - from);
      pieces.append(piece(text.substring(at, to), from, cut).markup());
      from = cut;
      at = to;
    }
    return new Html(pieces.toString());
  }

  private Html piece(String words, int start, int end) {
    List<Finding> over =
        findings.stream().filter(finding -> weight(finding, start, end) > 0).toList();
    if (over.isEmpty()) {
      return Html.text(words);
    }
    double strongest =
        over.stream().mapToDouble(finding -> weight(finding, start, end)).max().orElse(0);
    boolean hidden = !over.contains(findings.getFirst());
    return Html.of(
        "<mark class=\"w{}{}\" data-findings=\"{}\" title=\"{}\">{}</mark>",
        strongest > 0.66 ? 3 : strongest > 0.33 ? 2 : 1,
        hidden ? " off" : "",
        over.stream().map(Finding::id).collect(Collectors.joining(" ")),
        over.stream()
            .map(finding -> finding.code().display())
            .collect(Collectors.joining(", ")),
        words);
  }

  private double weight(Finding finding, int start, int end) {
    return Shown.highlights(finding, note.id()).stream()
        .filter(highlight -> covers(highlight, start, end))
        .mapToDouble(Highlight::weight)
        .max()
        .orElse(0);
  }

  private static boolean covers(Highlight highlight, int start, int end) {
    return highlight.region() instanceof TextSpan span
        && span.start() <= start
        && end <= span.end();
  }
}
