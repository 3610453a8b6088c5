package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.explain.Phrases;

/** The statements of a record as a table; those that findings point to are marked and named. */
final class RecordView {
  /** Statements that a report shows at most. */
  private static final int MAX_SHOWN = 200;

  private final RecordEvidence record;
  private final List<Finding> findings;

  RecordView(CaseReport report, RecordEvidence record) {
    this.record = record;
    this.findings = Shown.explained(report);
  }

  Html figure() {
    List<RecordFact> facts = shown();
    return Html.of(
        """
        <figure class="viewer" id="view-{}">
        {}<div class="scroll" tabindex="0" role="region" aria-label="{}">
        <table><thead><tr><th scope="col">Kind</th><th scope="col">Statement</th>
        <th scope="col">Value</th><th scope="col">Date</th></tr></thead>
        <tbody>
        {}</tbody></table></div>
        {}</figure>
        """,
        record.id(),
        EvidenceViews.caption(record, ""),
        "Statements of record " + record.id(),
        Html.each(facts, this::row),
        facts.size() < record.facts().size()
            ? Html.of(
                "<p class=\"caption\">{} of {} statements are shown, marked ones first.</p>\n",
                facts.size(),
                record.facts().size())
            : Html.NONE);
  }

  private List<RecordFact> shown() {
    if (record.facts().size() <= MAX_SHOWN) {
      return record.facts();
    }
    return record.facts().stream()
        .sorted(Comparator.comparing(fact -> pointing(fact.entry()).isEmpty()))
        .limit(MAX_SHOWN)
        .toList();
  }

  private Html row(RecordFact fact) {
    List<Finding> pointing = pointing(fact.entry());
    return Html.of(
        "<tr{}><td>{}</td><td>{}{}{}</td><td>{}</td><td>{}</td></tr>\n",
        new Html(pointing.isEmpty() ? "" : " class=\"marked\""),
        Phrases.sentence(fact.kind().name().toLowerCase(Locale.ROOT)),
        fact.display(),
        assertion(fact.assertion()),
        Html.each(
            pointing,
            finding ->
                Html.of(" <mark class=\"w2\">{}</mark>", finding.code().display())),
        value(fact),
        fact.time().map(time -> Words.time(time).substring(0, "yyyy-MM-dd".length())).orElse(""));
  }

  private List<Finding> pointing(RecordEntry entry) {
    List<Finding> pointing = new ArrayList<>();
    for (Finding finding : findings) {
      boolean points =
          Shown.highlights(finding, record.id()).stream()
              .anyMatch(highlight -> highlight.region().equals(entry));
      if (points) {
        pointing.add(finding);
      }
    }
    return pointing;
  }

  private static Html assertion(Assertion assertion) {
    return switch (assertion) {
      case PRESENT -> Html.NONE;
      case HISTORICAL -> new Html(" <span class=\"tag\">in the past</span>");
      case UNCERTAIN -> new Html(" <span class=\"tag\">unconfirmed</span>");
      case ABSENT -> new Html(" <span class=\"tag\">denied</span>");
    };
  }

  private static String value(RecordFact fact) {
    if (fact.value().isEmpty()) {
      return "";
    }
    double value = fact.value().getAsDouble();
    String digits =
        value == Math.rint(value) && Math.abs(value) < 1e9
            ? String.valueOf((long) value)
            : String.valueOf(Wire.number(value));
    return digits + fact.unit().map(unit -> " " + unit).orElse("");
  }
}
