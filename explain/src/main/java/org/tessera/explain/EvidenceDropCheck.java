package org.tessera.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * Does the finding fall when its claimed evidence is removed, more than when as much evidence of
 * the same modalities is removed at random? Only evidence of the deciding modalities counts, so
 * that a note cannot stand in for an image. The score is the mean paired difference over 20 draws,
 * in logits; it has to be above {@code evidence-drop} (0.05).
 */
final class EvidenceDropCheck implements FindingCheck {
  private static final double LEAST_ADVANTAGE = 0.05;

  @Override
  public String name() {
    return "evidence-drop";
  }

  @Override
  public List<Pass> plan(Question question) {
    EncodedCase encoded = question.encoded();
    if (!(question.inquiry() instanceof Intervention trial) || trial.claim().isEmpty()) {
      return List.of();
    }
    List<Pass> passes = new ArrayList<>();
    passes.add(Pass.whole(encoded));
    passes.add(new Pass(encoded, trial.claim().tokens()));
    trial.asMuch().forEach(removed -> passes.add(new Pass(encoded, removed)));
    return passes;
  }

  @Override
  public Check judge(Question question, double[] logits) {
    return switch (question.inquiry()) {
      case Inquiry.Idle idle -> Check.notApplicable(name(), idle.reason());
      case Intervention trial when trial.claim().isEmpty() ->
          Check.of(name(), Verdict.FAIL, "The model points at no evidence that it rests on.");
      case Intervention ignored -> held(question, logits);
    };
  }

  private Check held(Question question, double[] logits) {
    double without = logits[1];
    double otherwise = Arrays.stream(logits).skip(2).average().orElse(logits[0]);
    double score = otherwise - without;
    double threshold = question.threshold(name(), LEAST_ADVANTAGE);
    boolean falls = score > threshold && without < logits[0];
    return CheckScores.measured(
        name(),
        falls ? Verdict.PASS : Verdict.FAIL,
        score,
        threshold,
        Direction.ABOVE,
        "Without its highlighted evidence it %s, against %s without as much evidence at random."
            .formatted(
                (falls ? "falls from %s to %s" : "goes from %s only to %s")
                    .formatted(probability(logits[0]), probability(without)),
                probability(otherwise)));
  }

  private static String probability(double logit) {
    return Phrases.percent(Logits.probability(logit));
  }
}
