package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Finding.Status;
import org.tessera.explain.Phrases;
import org.tessera.explain.report.Shown.ShownFlip;

/** The findings: supported ones in full, withheld and abstained ones greyed, the rest folded. */
final class FindingCards {
  private final CaseReport report;
  private final List<ShownFlip> flips;

  FindingCards(CaseReport report, List<ShownFlip> flips) {
    this.report = report;
    this.flips = flips;
  }

  Html section() {
    List<Finding> all = Shown.ordered(report.findings());
    List<Finding> judged =
        all.stream().filter(finding -> !FoldedFindings.isUnjudged(finding)).toList();
    Map<Status, List<Finding>> by = judged.stream().collect(Collectors.groupingBy(Finding::status));
    List<Finding> supported = by.getOrDefault(Status.SUPPORTED, List.of());
    List<Finding> grey = new ArrayList<>(by.getOrDefault(Status.WITHHELD, List.of()));
    grey.addAll(by.getOrDefault(Status.ABSTAINED, List.of()));
    return Html.of(
        """
        <section id="findings" aria-labelledby="findings-title">
        <h2 id="findings-title">Findings</h2>
        {}{}{}{}{}</section>
        """,
        new NarrativeView(report).section(),
        supported.isEmpty() ? none(report) : Html.each(supported, this::supported),
        Html.each(grey, this::greyed),
        FoldedFindings.notFound(by.getOrDefault(Status.NOT_FOUND, List.of())),
        FoldedFindings.unjudged(all.stream().filter(FoldedFindings::isUnjudged).toList()));
  }

  private static Html none(CaseReport report) {
    if (report.status() != CaseReport.Status.COMPLETED) {
      return new Html("<p class=\"none\">Nothing was analysed, so nothing can be said.</p>\n");
    }
    return new Html(
        """
        <p class="none">No finding is supported by checked evidence. This does not mean that the
        patient is well: read the evidence as usual.</p>
        """);
  }

  private Html supported(Finding finding) {
    return Html.of(
        """
        <article class="card supported" id="{}" aria-labelledby="{}-name">
        {}<p class="why">{}</p>
        {}</article>
        """,
        finding.id(),
        finding.id(),
        title(finding),
        VerdictWords.of(finding),
        body(finding));
  }

  private Html greyed(Finding finding) {
    return Html.of(
        """
        <article class="card grey" id="{}" aria-labelledby="{}-name">
        {}<p class="why">{}</p>
        <details><summary>What the model computed, and the checks</summary>
        <p class="caution">Not to be relied on: shown so that the decision can be followed.</p>
        {}</details>
        </article>
        """,
        finding.id(),
        finding.id(),
        title(finding),
        VerdictWords.of(finding),
        body(finding));
  }

  private Html title(Finding finding) {
    return Html.of(
        """
        <header class="title">{}<div><h3 id="{}-name">{}</h3>
        <p class="code">{}</p></div><span class="chip">{}</span></header>
        {}""",
        Marks.of(finding.status()),
        finding.id(),
        Phrases.sentence(finding.code().display()),
        code(finding.code()),
        Words.status(finding.status()),
        PhantomMark.isPhantom(finding) && !PhantomMark.isPhantom(report)
            ? new Html(
                """
                <p class="caution">This case is not marked as a phantom: this says nothing about
                the patient.</p>
                """)
            : Html.NONE);
  }

  private static String code(Coding code) {
    return switch (code.system()) {
      case Coding.SNOMED_CT -> "SNOMED CT " + code.code();
      case Coding.PHANTOM -> "Phantom finding: something drawn by Tessera, not a disease";
      default -> code.system() + " " + code.code();
    };
  }

  /** What can be seen on the left, what was computed on the right; one screen together. */
  private Html body(Finding finding) {
    Html flip = new FlipView(report, flips, finding).section();
    Html places = new PlaceLinks(report, finding).section();
    return Html.of(
        "<div class=\"trial{}\"><div>{}{}</div><div>{}</div></div>\n",
        flip.equals(Html.NONE) ? " plain" : "",
        flip,
        places,
        numbers(finding));
  }

  private Html numbers(Finding finding) {
    return Html.join(
        probability(finding),
        Html.of("<h4>Checks on this case</h4>\n{}", CheckList.verdicts(finding.checks())),
        finding.contributions().isEmpty()
            ? Html.NONE
            : Html.of(
                "<h4>What each kind of input adds</h4>\n{}{}",
                Charts.contributions(finding),
                finding.baseline().isPresent()
                    ? baseline(finding.baseline().getAsDouble())
                    : Html.NONE));
  }

  private static Html baseline(double logit) {
    return Html.of(
        "<p class=\"caption\">In logits; without any input it would be {} ({}).</p>\n",
        Phrases.percent(1 / (1 + Math.exp(-logit))),
        Words.signed(logit));
  }

  private static Html probability(Finding finding) {
    if (finding.probability().isEmpty()) {
      return Html.NONE;
    }
    double probability = finding.probability().getAsDouble();
    return Html.of(
        """
        <div class="probability"><p class="big">{}</p>
        {}</div>
        <p class="caption">{}{}</p>
        """,
        Phrases.percent(probability),
        Charts.probability(finding, probability),
        finding.interval().map(FindingCards::interval).orElse("No interval was computed. "),
        finding.operatingPoint().map(FindingCards::operatingPoint).orElse(""));
  }

  private static String interval(Interval interval) {
    return "%s interval %s to %s (%s). "
        .formatted(
            Phrases.percent(interval.level()),
            Phrases.percent(interval.low()),
            Phrases.percent(interval.high()),
            interval.method());
  }

  private static String operatingPoint(OperatingPoint point) {
    return "Operating point %s: sensitivity %s, specificity %s on %s."
        .formatted(
            Phrases.percent(point.threshold()),
            Words.number(point.sensitivity()),
            Words.number(point.specificity()),
            point.from());
  }
}
