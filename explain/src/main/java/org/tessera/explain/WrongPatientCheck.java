package org.tessera.explain;

import java.util.List;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * Does the finding persist when a deciding modality is swapped for that of donors in whom the model
 * itself does not see it? Each deciding modality is swapped on its own. A swap counts as a fall if
 * the finding drops below its operating point, and by at least {@code wrong-patient-drop} (0.25
 * logits), so that a hair's breadth around the operating point proves nothing. The score is the
 * share of falls, of the modality in which it is least; it has to reach {@code wrong-patient}
 * (0.75). At least 8 swaps are needed.
 *
 * <p>A disagreement is not in one modality, so nobody is a donor without it: there, donors are of
 * two kinds (see {@link DonorPool}), one of which has to take it away. A model that does not look
 * at a modality answers both kinds alike.
 */
final class WrongPatientCheck implements FindingCheck {
  private static final double LEAST_SHARE = 0.75;
  private static final double LEAST_DROP = 0.25;

  @Override
  public String name() {
    return "wrong-patient";
  }

  @Override
  public List<Pass> plan(Question question) {
    return question.inquiry() instanceof Intervention trial && enough(trial)
        ? question.deciding().stream()
            .flatMap(modality -> swaps(trial, modality).stream())
            .flatMap(List::stream)
            .map(Pass::whole)
            .toList()
        : List.of();
  }

  @Override
  public Check judge(Question question, double[] logits) {
    return switch (question.inquiry()) {
      case Inquiry.Idle idle -> Check.notApplicable(name(), idle.reason());
      case Intervention trial when !enough(trial) ->
          Check.notApplicable(
              name(),
              "Fewer than %d other patients without this finding are stored with the model."
                  .formatted(PassBudget.DONORS));
      case Intervention trial -> held(question, trial, logits);
    };
  }

  private Check held(Question question, Intervention trial, double[] logits) {
    double share = 1;
    int asked = 0;
    Modality weakest = question.deciding().getFirst();
    int at = 0;
    for (Modality modality : question.deciding()) {
      double best = -1;
      int of = 0;
      for (List<EncodedCase> kind : swaps(trial, modality)) {
        double falls = 0;
        for (int i = 0; i < kind.size(); i++) {
          falls += falls(question, logits[at++]) ? 1 : 0;
        }
        if (falls / kind.size() > best) {
          best = falls / kind.size();
          of = kind.size();
        }
      }
      if (asked == 0 || best < share) {
        share = best;
        asked = of;
        weakest = modality;
      }
    }
    double threshold = question.threshold(name(), LEAST_SHARE);
    boolean passes = share >= threshold;
    return CheckScores.measured(
        name(),
        passes ? Verdict.PASS : Verdict.FAIL,
        share,
        threshold,
        Direction.ABOVE,
        "With the %s of %d other patients in its place, the finding disappears in %d of them."
            .formatted(weakest.wireName(), asked, Math.round(share * asked)));
  }

  private static boolean falls(Question question, double logit) {
    double drop = question.shapley().logit() - logit;
    return drop >= question.threshold("wrong-patient-drop", LEAST_DROP)
        && Logits.probability(logit) < question.operatingPoint().orElse(0);
  }

  private static boolean enough(Intervention trial) {
    List<List<EncodedCase>> kinds =
        trial.swaps().values().stream().flatMap(List::stream).toList();
    return !kinds.isEmpty()
        && kinds.stream().noneMatch(List::isEmpty)
        && kinds.stream().mapToInt(List::size).sum() >= PassBudget.DONORS;
  }

  private static List<List<EncodedCase>> swaps(Intervention trial, Modality modality) {
    return trial.swaps().getOrDefault(modality, List.of());
  }
}
