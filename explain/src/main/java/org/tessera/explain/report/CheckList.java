package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;

/** Checks as sentences: what failed or warns is open, the rest folds under a count. */
final class CheckList {
  private CheckList() {}

  static Html of(List<Check> checks) {
    if (checks.isEmpty()) {
      return new Html("<p class=\"caption\">No check was made.</p>\n");
    }
    List<Check> loud = checks.stream().filter(check -> isLoud(check.verdict())).toList();
    List<Check> calm = checks.stream().filter(check -> !isLoud(check.verdict())).toList();
    Html open =
        loud.isEmpty()
            ? Html.NONE
            : Html.of("<ul class=\"checks\">\n{}</ul>\n", Html.each(loud, CheckList::item));
    Html folded =
        calm.isEmpty()
            ? Html.NONE
            : Html.of(
                "<details class=\"small\"><summary>{}</summary>\n<ul class=\"checks\">\n{}</ul>"
                    + "</details>\n",
                count(calm),
                Html.each(calm, CheckList::item));
    return open.then(folded);
  }

  /** All of them open. */
  static Html open(List<Check> checks) {
    return Html.of("<ul class=\"checks\">\n{}</ul>\n", Html.each(checks, CheckList::item));
  }

  private static boolean isLoud(Verdict verdict) {
    return switch (verdict) {
      case WARN, FAIL -> true;
      case PASS, NOT_APPLICABLE -> false;
    };
  }

  private static String count(List<Check> calm) {
    long passed = calm.stream().filter(check -> check.verdict() == Verdict.PASS).count();
    long skipped = calm.size() - passed;
    List<String> parts = new ArrayList<>();
    if (passed > 0) {
      parts.add(passed + " passed");
    }
    if (skipped > 0) {
      parts.add(skipped + (skipped == 1 ? " does not apply" : " do not apply"));
    }
    return String.join(", ", parts);
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
