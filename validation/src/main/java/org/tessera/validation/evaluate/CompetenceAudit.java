package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.Competence;
import org.tessera.validation.baseline.Baseline;
import org.tessera.validation.metrics.Auroc;

/**
 * Was the model ever shown to know a finding? Judged on validation rows, never on test rows.
 *
 * <p>It is competent only if, on these rows, (1) the lower bound of its AUROC reaches {@link
 * #FLOOR}, (2) so does the lower bound within each stratum of a known shortcut, (3) its AUROC is
 * above that of the strongest shortcut by a paired interval, and (4) nothing that is blind to the
 * patient (file size, duration) reaches {@link #BLIND_LIMIT}: where that is so, label and
 * acquisition were collected together and no score can tell them apart.
 */
public final class CompetenceAudit {
  /** What a lower bound of an AUROC has to reach. */
  public static final double FLOOR = 0.60;

  /** AUROC of an acquisition shortcut from which on the data cannot show anything. */
  public static final double BLIND_LIMIT = 0.70;

  /** Fewest rows with, and fewest without the finding for a stratum to be judged. */
  public static final int LEAST_OF_A_CLASS = 10;

  private CompetenceAudit() {}

  /**
   * Judges a finding.
   *
   * @param scores of the model and of the baselines on validation rows
   * @param data these rows, in words, for example {@code cxr-kermany, val}
   * @return empty if the rows do not have both classes: then nothing was measured
   */
  public static Optional<Competence> judge(FindingScores scores, String data) {
    if (scores.positives() == 0 || scores.negatives() == 0) {
      return Optional.empty();
    }
    Judgement judgement = new Judgement(scores);
    Estimate auroc = judgement.auroc();
    Matched matched = matched(scores, auroc);
    Map<String, Double> shortcuts = new LinkedHashMap<>();
    for (BaselineScores each : scores.baselines()) {
      if (each.kind().shortcut()) {
        shortcuts.put(each.name(), eitherWay(each, scores.labels()));
      }
    }
    double gainLow = strongest(scores).map(each -> gainLow(judgement, each, scores)).orElse(0.0);
    Optional<BaselineScores> blind = blind(scores);
    Verdict verdict = new Verdict(scores, auroc, matched, gainLow, blind);
    return Optional.of(
        new Competence(
            data,
            scores.rows().size(),
            scores.positives(),
            auroc.value(),
            auroc.interval().map(Interval::low).orElse(0.0),
            auroc.interval().map(Interval::high).orElse(1.0),
            Math.max(0, matched.low()),
            shortcuts,
            Math.max(-1, gainLow),
            verdict.competent(),
            verdict.reason()));
  }

  /** The strongest of the shortcuts, in whichever direction. */
  private static Optional<BaselineScores> strongest(FindingScores scores) {
    return scores.baselines().stream()
        .filter(each -> each.kind().shortcut())
        .max(Comparator.comparingDouble(each -> eitherWay(each, scores.labels())));
  }

  private static Optional<BaselineScores> blind(FindingScores scores) {
    return scores.baselines().stream()
        .filter(each -> each.kind() == Baseline.Kind.ACQUISITION)
        .filter(each -> eitherWay(each, scores.labels()) >= BLIND_LIMIT)
        .max(Comparator.comparingDouble(each -> eitherWay(each, scores.labels())));
  }

  /** A shortcut that is wrong in the same direction everywhere is a shortcut as well. */
  private static double eitherWay(BaselineScores baseline, boolean[] labels) {
    double area = Auroc.of(baseline.scores(), labels);
    return Math.max(area, 1 - area);
  }

  private static double gainLow(
      Judgement judgement, BaselineScores shortcut, FindingScores scores) {
    double sign = Auroc.of(shortcut.scores(), scores.labels()) < 0.5 ? -1 : 1;
    double[] turned = shortcut.scores().clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] *= sign;
    }
    return judgement.gainOver(turned).low();
  }

  private static Matched matched(FindingScores scores, Estimate overall) {
    double low = overall.low();
    String where = "";
    List<String> skipped = new ArrayList<>();
    for (String by : Strata.kinds(scores)) {
      for (String value : new TreeSet<>(Strata.values(scores, by))) {
        FindingScores stratum = Strata.of(scores, by, value);
        if (Math.min(stratum.positives(), stratum.negatives()) < LEAST_OF_A_CLASS) {
          skipped.add(by + " " + value);
          continue;
        }
        Estimate within = new Judgement(stratum).auroc();
        if (!(within.low() >= low)) {
          low = within.low();
          where = "%s %s".formatted(by, value);
        }
      }
    }
    return new Matched(low, where, skipped);
  }

  /**
   * Least lower bound within strata.
   *
   * @param low the bound
   * @param where the stratum; empty if no stratum is worse than the whole
   * @param skipped strata with too few rows
   */
  record Matched(double low, String where, List<String> skipped) {}

  /** The verdict and its sentence. */
  private record Verdict(
      FindingScores scores,
      Estimate auroc,
      Matched matched,
      double gainLow,
      Optional<BaselineScores> blind) {

    boolean competent() {
      return auroc.low() >= FLOOR && matched.low() >= FLOOR && gainLow > 0 && blind.isEmpty();
    }

    String reason() {
      return skipped(sentence());
    }

    private String sentence() {
      boolean[] labels = scores.labels();
      if (!(auroc.low() >= FLOOR)) {
        return text(
            "Not shown to be known: the AUROC on %d validation cases is %s, and its lower bound has"
                + " to reach %.2f.",
            scores.rows().size(), auroc.text(), FLOOR);
      }
      if (blind.isPresent()) {
        return text(
            "Not shown to be known: the %s of the file alone reaches an AUROC of %.2f on the same"
                + " %d cases, so the disease cannot be told apart from how the files were made"
                + " (model: %s).",
            spoken(blind.get()), eitherWay(blind.get(), labels), scores.rows().size(),
            auroc.text());
      }
      if (!(matched.low() >= FLOOR)) {
        return text(
            "Not shown to be known: the AUROC is %s overall, but within %s its lower bound is only"
                + " %.2f, so the answer may rest on the source and not on the patient.",
            auroc.text(), matched.where(), matched.low());
      }
      Optional<BaselineScores> strongest = strongest(scores);
      if (strongest.isEmpty()) {
        return text(
            "Not shown to be known: the AUROC is %s, but no shortcut was measured to compare it"
                + " with.",
            auroc.text());
      }
      double reached = eitherWay(strongest.get(), labels);
      if (!(gainLow > 0)) {
        return text(
            "Not shown to be known: the AUROC of %s is not clearly above that of a shortcut, the %s"
                + " alone (%.2f; difference at least %.2f).",
            auroc.text(), spoken(strongest.get()), reached, gainLow);
      }
      return text(
          "Known on this kind of input: AUROC %s on %d validation cases (%d with the finding), above"
              + " the strongest shortcut (%s, %.2f) by at least %.2f.",
          auroc.text(), scores.rows().size(), scores.positives(), spoken(strongest.get()), reached,
          gainLow);
    }

    private String skipped(String sentence) {
      return matched.skipped().isEmpty()
          ? sentence
          : sentence.substring(0, sentence.length() - 1)
              + "; too few cases to judge within "
              + String.join(", ", matched.skipped())
              + ".";
    }

    private static String spoken(BaselineScores baseline) {
      return baseline.name().replace("bytes", "size");
    }

    private static String text(String format, Object... values) {
      return String.format(Locale.ROOT, format, values);
    }
  }
}
