package org.tessera.explain.report;

import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding.Status;

/** Small signs that differ in shape as well as in colour, so that colour never carries alone. */
final class Marks {
  private Marks() {}

  static Html of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> mark("pass", "passed");
      case WARN -> mark("warn", "warning");
      case FAIL -> mark("fail", "failed");
      case NOT_APPLICABLE -> mark("none", "not applicable");
    };
  }

  static Html of(Status status) {
    return switch (status) {
      case SUPPORTED -> mark("pass", "");
      case WITHHELD -> mark("fail", "");
      case ABSTAINED -> mark("none", "");
      case NOT_FOUND -> mark("open", "");
    };
  }

  static Html passed(boolean passed) {
    return of(passed ? Verdict.PASS : Verdict.FAIL);
  }

  private static Html mark(String shape, String words) {
    if (words.isEmpty()) {
      return Html.of(
          "<svg class=\"mark {}\" aria-hidden=\"true\"><use href=\"#mark-{}\"/></svg>",
          shape,
          shape);
    }
    return Html.of(
        "<svg class=\"mark {}\" role=\"img\" aria-label=\"{}\"><use href=\"#mark-{}\"/></svg>",
        shape,
        words,
        shape);
  }

  /** The shapes, once per page. */
  static Html shapes() {
    return new Html(
        """
        <svg class="shapes" aria-hidden="true">
        <symbol id="mark-pass" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.5"/>
        <path class="cut" d="M4.4 8.3 7 10.8 11.7 5.6"/></symbol>
        <symbol id="mark-warn" viewBox="0 0 16 16"><path d="M8 .8 15.6 15H.4Z"/>
        <path class="cut" d="M8 6v4.2M8 12.3v.6"/></symbol>
        <symbol id="mark-fail" viewBox="0 0 16 16">
        <path d="M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9Z"/>
        <path class="cut" d="M5.2 5.2 10.8 10.8M10.8 5.2 5.2 10.8"/></symbol>
        <symbol id="mark-none" viewBox="0 0 16 16">
        <rect x=".8" y=".8" width="14.4" height="14.4" rx="3"/>
        <path class="cut" d="M4.5 8h7"/></symbol>
        <symbol id="mark-open" viewBox="0 0 16 16">
        <circle class="ring" cx="8" cy="8" r="6.5"/></symbol>
        </svg>
        """);
  }
}
