package org.tessera.explain;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Modality;

/**
 * Is a finding that image, slide or sound should decide carried by words alone? The Shapley value
 * of that evidence has to reach {@code text-leak} (0.2 logits), and at least the value of the note
 * (and of the record) unless these decide the finding as well. Of a disagreement, which side gets
 * the credit says nothing, so the deciding evidence counts together.
 */
final class TextLeakCheck implements FindingCheck {
  private static final double FLOOR = 0.2;
  private static final List<Modality> WORDS = List.of(Modality.NOTE, Modality.RECORD);

  @Override
  public String name() {
    return "text-leak";
  }

  @Override
  public Check judge(Question question, double[] logits) {
    Map<Modality, Double> values = question.shapley().contributions();
    List<Modality> seen =
        question.deciding().stream().filter(modality -> !WORDS.contains(modality)).toList();
    if (!question.positive()) {
      return Check.notApplicable(name(), "Not asked, because the finding was not found.");
    }
    if (seen.isEmpty()) {
      return Check.notApplicable(name(), "Phrases decide this finding, so they may carry it.");
    }
    if (WORDS.stream().noneMatch(values::containsKey)) {
      return Check.notApplicable(name(), "No note and no record in this case could give it away.");
    }
    double words =
        WORDS.stream()
            .filter(modality -> !question.profile().decidedBy().contains(modality))
            .mapToDouble(question.shapley()::contribution)
            .reduce(Double.NEGATIVE_INFINITY, Math::max);
    double threshold = Math.max(question.threshold(name(), FLOOR), words);
    boolean together = question.profile().disagreement();
    List<Modality> carriers = together ? question.deciding() : seen;
    DoubleStream shares = carriers.stream().mapToDouble(question.shapley()::contribution);
    double score = together ? shares.sum() : shares.min().orElse(0);
    boolean carried = score >= threshold;
    return CheckScores.measured(
        name(),
        carried ? Verdict.PASS : Verdict.FAIL,
        score,
        threshold,
        Direction.ABOVE,
        carried
            ? "The %s carries this finding, not the words of the note or record."
                .formatted(Question.words(carriers))
            : "The %s adds too little (%s logits): the words of the note or record carry it."
                .formatted(Question.words(carriers), Phrases.logits(score)));
  }
}
