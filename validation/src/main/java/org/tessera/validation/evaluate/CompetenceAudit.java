package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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
    MatchedBound matched = matched(scores, auroc);
    Map<String, Double> shortcuts = new LinkedHashMap<>();
    for (BaselineScores each : scores.baselines()) {
      if (each.kind().shortcut()) {
        shortcuts.put(each.name(), eitherWay(each, scores.labels()));
      }
    }
    double gainLow = strongest(scores).map(each -> gainLow(judgement, each, scores)).orElse(0.0);
    CompetenceVerdict verdict =
        new CompetenceVerdict(scores, auroc, matched, strongest(scores), gainLow, blind(scores));
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
  static double eitherWay(BaselineScores baseline, boolean[] labels) {
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

  private static MatchedBound matched(FindingScores scores, Estimate overall) {
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
    return new MatchedBound(low, where, skipped);
  }
}
