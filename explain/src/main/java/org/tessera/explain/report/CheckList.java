package org.tessera.explain.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;

/** Checks as sentences, what failed or warns first. */
final class CheckList {
  private CheckList() {}

  /** A sentence each, loud ones first; the numbers behind them fold under a heading. */
  static Html verdicts(List<Check> checks) {
    if (checks.isEmpty()) {
      return new Html("<p class=\"caption\">No check was made.</p>\n");
    }
    List<Check> told =
        checks.stream().sorted(Comparator.comparing(check -> rank(check.verdict()))).toList();
    return Html.of(
        """
        <ul class="verdicts">
        {}</ul>
        <details class="small"><summary>The checks in numbers</summary>
        {}</details>
        """,
        Html.each(
            told,
            check ->
                Html.of(
                    "<li>{}<span>{}</span></li>\n",
                    Marks.of(check.verdict()),
                    VerdictWords.of(check))),
        open(checks));
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case FAIL -> 0;
      case WARN -> 1;
      case PASS -> 2;
      case NOT_APPLICABLE -> 3;
    };
  }

  /** All of them open. */
  static Html open(List<Check> checks) {
    return Html.of("<ul class=\"checks\">\n{}</ul>\n", Html.each(checks, CheckList::item));
  }

  private static Html item(Check check) {
    return Html.of(
        """
        <li>{}<div><b>{}</b> {}{}</div></li>
        """,
        Marks.of(check.verdict()),
        Words.question(check.name()),
        check.reason(),
        score(check));
  }

  private static Html score(Check check) {
    if (check.score().isEmpty()) {
      return Html.NONE;
    }
    String limit = "";
    if (check.threshold().isPresent()) {
      String side =
          check.direction().map(direction -> direction == Direction.ABOVE).orElse(true)
              ? "above"
              : "below";
      limit =
          String.format(
              Locale.ROOT, ", passes %s %.2f", side, check.threshold().getAsDouble());
    }
    return Html.of(
        " <span class=\"score\">{}{}</span>",
        Words.signed(check.score().getAsDouble()).replace("+", ""),
        limit);
  }
}
