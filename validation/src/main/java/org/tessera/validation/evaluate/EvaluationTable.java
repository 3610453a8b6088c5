package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tessera.omni.model.Competence;
import org.tessera.validation.evaluate.EvaluationReport.BaselineFigures;
import org.tessera.validation.evaluate.EvaluationReport.FindingFigures;
import org.tessera.validation.evaluate.EvaluationReport.Stratum;

/** The report as a table, for a terminal and for a README. */
public final class EvaluationTable {
  private static final List<String> HEAD =
      List.of(
          "finding", "n (with)", "AUROC [95 %]", "competent", "baselines on the same rows",
          "within strata, masked");

  private EvaluationTable() {}

  /** A Markdown table; figures of phantoms say so in the same line. */
  public static String markdown(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    append(text, HEAD);
    append(text, HEAD.stream().map(each -> "---").toList());
    report.findings().forEach(each -> append(text, cells(each)));
    return text.toString();
  }

  /** Plain text: one block per finding, a line per figure. */
  public static String plain(EvaluationReport report) {
    StringBuilder text = new StringBuilder();
    for (FindingFigures each : report.findings()) {
      line(text, "%s  n=%d (%d with it)  competent: %s", name(each), each.n(), each.positives(),
          competent(each));
      line(text, "  %-28s %s", "model", each.auroc().text());
      for (BaselineFigures baseline : each.baselines()) {
        line(text, "  %-28s %-20s gain %s", baseline.name(), baseline.auroc().text(),
            baseline.gain().text());
      }
      for (Stratum stratum : each.strata()) {
        line(text, "  %-28s %-20s n=%d (%d)", "model, " + stratum.by() + " " + stratum.value(),
            stratum.auroc().text(), stratum.n(), stratum.positives());
      }
      each.maskings().forEach(
          (masking, auroc) -> line(text, "  %-28s %s", "model, " + masking.wireName(),
              auroc.text()));
      each.atThreshold().ifPresent(
          rates -> line(text, "  %-28s sensitivity %s, specificity %s",
              String.format(Locale.ROOT, "at %.2f", rates.threshold()),
              rates.sensitivity().text(), rates.specificity().text()));
      line(text, "  %-28s Brier %.3f, ECE %.3f, 95 %% intervals hold %s, drawn anew %s, middle"
          + " width %s", "calibration", each.brier(), each.calibrationError(),
          short2(each.coverage().given()), short2(each.coverage().drawn()),
          short2(each.coverage().width()));
      each.notes().forEach(note -> line(text, "  %s", note));
    }
    report.refused().forEach((why, count) -> line(text, "not scored: %d, %s", count, why));
    return text.toString();
  }

  private static List<String> cells(FindingFigures figures) {
    List<String> parts = new ArrayList<>();
    for (Stratum each : figures.strata()) {
      parts.add("%s %s: %s".formatted(each.by(), each.value(), each.auroc().text()));
    }
    figures
        .maskings()
        .forEach((masking, auroc) -> parts.add(masking.wireName() + ": " + auroc.text()));
    return List.of(
        name(figures),
        "%d (%d)".formatted(figures.n(), figures.positives()),
        figures.auroc().text(),
        competent(figures),
        figures.baselines().stream()
            .map(each -> each.name() + " " + short2(each.auroc().value()))
            .collect(Collectors.joining(", ")),
        String.join("; ", parts));
  }

  private static String name(FindingFigures figures) {
    return figures.profile().key()
        + (figures.profile().phantom() ? " (phantom: machinery, not medicine)" : "");
  }

  private static String competent(FindingFigures figures) {
    return figures
        .profile()
        .competence()
        .map(Competence::competent)
        .map(yes -> yes ? "yes" : "no")
        .orElse("never measured");
  }

  private static String short2(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void append(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
