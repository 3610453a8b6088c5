package org.tessera.validation.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.Competence;
import org.tessera.omni.model.FindingProfile;

/** The generated parts of the model card and the README, see {@link MarkedBlocks}. */
public final class CardBlocks {
  private CardBlocks() {}

  /**
   * Blocks of one evaluation: {@code weights}, {@code competence}, and {@code real-SPLIT} and
   * {@code phantom-SPLIT} for what was scored.
   *
   * @param report the figures
   * @param profiles all findings of the model
   */
  public static Map<String, String> of(EvaluationReport report, List<FindingProfile> profiles) {
    Map<String, String> blocks = new TreeMap<>();
    blocks.put("weights", weights(report.model()));
    blocks.put("competence", competence(profiles));
    for (boolean phantom : new boolean[] {false, true}) {
      EvaluationReport part = report.where(each -> each.profile().phantom() == phantom);
      if (!part.findings().isEmpty()) {
        String name = (phantom ? "phantom-" : "real-") + report.split();
        blocks.put(name, EvaluationTable.markdown(part));
        blocks.put(name + "-calibration", calibration(part));
      }
    }
    return blocks;
  }

  private static String weights(ModelCard card) {
    return String.format(
        Locale.ROOT,
        "`%s` %s: %,d parameters, of which %,d work on a token; SHA-256 of the weights `%s`.",
        card.name(),
        card.version(),
        card.parameters().orElse(0),
        card.activeParameters().orElse(0),
        card.sha256().orElse("unknown"));
  }

  private static String calibration(EvaluationReport report) {
    StringBuilder text =
        new StringBuilder(
            "| finding | n | Brier | calibration error | 95 % intervals that hold"
                + " | drawn anew | middle width |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (EvaluationReport.FindingFigures each : report.findings()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s%s | %d | %.3f | %.3f | %s | %s | %s |%n",
              each.profile().key(),
              each.profile().phantom() ? " (phantom)" : "",
              each.n(),
              each.brier(),
              each.calibrationError(),
              two(each.coverage().given()),
              two(each.coverage().drawn()),
              two(each.coverage().width())));
    }
    return text.toString();
  }

  private static String competence(List<FindingProfile> profiles) {
    StringBuilder text =
        new StringBuilder(
            "| finding | n (positives) | AUROC [95 %] | least bound within strata"
                + " | shortcuts alone | gain, lower bound | operating point (sens. / spec.)"
                + " | competent |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (FindingProfile profile : profiles) {
      if (profile.competence().isEmpty()) {
        text.append("| ").append(profile.key()).append(" | never measured | | | | | | no |\n");
        continue;
      }
      Competence known = profile.competence().get();
      String shortcuts =
          new TreeMap<>(known.shortcuts())
              .entrySet().stream()
                  .map(each -> each.getKey() + " " + two(each.getValue()))
                  .collect(Collectors.joining(", "));
      text.append(
          "| %s | %d (%d) | %s [%s, %s] | %s | %s | %s | %s | %s |%n"
              .formatted(
                  profile.key() + (profile.phantom() ? " (phantom)" : ""),
                  known.n(),
                  known.positives(),
                  two(known.auroc()),
                  two(known.low()),
                  two(known.high()),
                  two(known.matchedLow()),
                  shortcuts,
                  String.format(Locale.ROOT, "%+.2f", known.gainLow()),
                  profile.operatingPoint().map(CardBlocks::point).orElse("-"),
                  known.competent() ? "yes" : "**no**"));
    }
    return text.toString();
  }

  private static String point(OperatingPoint point) {
    return "%s (%s / %s)"
        .formatted(two(point.threshold()), two(point.sensitivity()), two(point.specificity()));
  }

  private static String two(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
  }
}
