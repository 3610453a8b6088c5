package org.tessera.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.Pass;

/**
 * The hearing of one finding: first the checks that need no pass, then, if the finding is worth it,
 * the passes of all others, then every verdict.
 */
final class Hearing {
  private static final int[] NONE = new int[0];

  private final List<FindingCheck> checks;
  private final Map<FindingCheck, int[]> planned = new LinkedHashMap<>();
  private final List<Check> verdicts = new ArrayList<>();
  private final Set<FindingCheck> told = new HashSet<>();
  private final Optional<Inquiry> idle;
  private Question question;
  private int[] highlightPasses = NONE;
  private int[] intervalPasses = NONE;

  /**
   * Judges what needs no pass; nothing is planned yet.
   *
   * @param heard false if nobody asks about this finding
   */
  Hearing(Question asked, List<FindingCheck> checks, boolean heard) {
    this.checks = checks;
    for (FindingCheck check : checks) {
      if (check.preliminary()) {
        verdicts.add(check.judge(asked, new double[0]));
      }
    }
    idle = idle(asked, verdicts, heard);
    question = asked;
  }

  /** True if the finding is worth passes. */
  boolean onTrial() {
    return idle.isEmpty();
  }

  /** What is asked. */
  Question question() {
    return question;
  }

  /** Plans; nothing is run yet. */
  void plan(DonorPool donors, PassLedger ledger) {
    question = question.with(idle.orElseGet(() -> Intervention.plan(question, donors)));
    for (FindingCheck check : checks) {
      if (!check.preliminary()) {
        planned.put(check, ledger.addAll(check.plan(question)));
      }
    }
    highlightPasses = ledger.addAll(SelfVeto.plan(question));
    intervalPasses =
        question.inquiry() instanceof Intervention trial && trial.interval()
            ? ledger.addAll(Stability.plan(question.encoded()))
            : NONE;
  }

  private static Optional<Inquiry> idle(
      Question asked, List<Check> verdicts, boolean heard) {
    return reason(asked, verdicts, heard)
        .map(sentence -> new Inquiry.Idle("Not asked, because " + sentence));
  }

  private static Optional<String> reason(
      Question asked, List<Check> verdicts, boolean heard) {
    if (!heard) {
      return Optional.of("only another finding is on trial.");
    }
    if (!asked.missing().isEmpty()) {
      return Optional.of("there is no %s in this case.".formatted(Question.words(asked.missing())));
    }
    if (!asked.positive()) {
      return Optional.of("the finding does not reach an operating point.");
    }
    return verdicts.stream().anyMatch(check -> check.verdict() == Verdict.FAIL)
        ? Optional.of("the model cannot judge this anyway.")
        : Optional.empty();
  }

  /** Numbers of all passes that the finding rests on, but for the coalitions. */
  Set<Integer> passes() {
    Set<Integer> numbers = new HashSet<>();
    planned.values().forEach(each -> addAll(numbers, each));
    addAll(numbers, highlightPasses);
    addAll(numbers, intervalPasses);
    return numbers;
  }

  private static void addAll(Set<Integer> numbers, int[] more) {
    for (int number : more) {
      numbers.add(number);
    }
  }

  /**
   * Lets the checks ask further, as far as the budget of the finding goes.
   *
   * @param shared numbers of the passes that it rests on with all others
   */
  void deliberate(Set<Integer> shared, PassLedger ledger) {
    Set<Integer> spent = passes();
    spent.addAll(shared);
    for (Map.Entry<FindingCheck, int[]> each : planned.entrySet()) {
      List<Pass> wanted = each.getKey().further(question, logits(ledger, each.getValue()));
      int room = Math.max(0, PassBudget.LIMIT - WithoutEvidence.PASSES - spent.size());
      int[] more = ledger.addAll(wanted.subList(0, Math.min(room, wanted.size())));
      addAll(spent, more);
      each.setValue(
          IntStream.concat(IntStream.of(each.getValue()), IntStream.of(more)).toArray());
    }
  }

  /** Tells of the checks that need no pass. */
  void tellPreliminary(String id, TrialListener listener) {
    verdicts.forEach(check -> listener.checked(id, check));
  }

  /**
   * Tells of every other check that can be judged by now and was not told yet.
   *
   * @param last true if no check may ask further
   */
  void tell(String id, boolean last, PassLedger ledger, TrialListener listener) {
    planned.forEach(
        (check, numbers) -> {
          if (!told.contains(check) && ledger.answered(numbers)) {
            double[] logits = logits(ledger, numbers);
            if (last || check.further(question, logits).isEmpty()) {
              told.add(check);
              listener.checked(id, check.judge(question, logits));
            }
          }
        });
  }

  /** Judges, after the passes were run. */
  Finding judge(String id, PassLedger ledger) {
    List<Check> checks = new ArrayList<>(verdicts);
    planned.forEach(
        (check, numbers) -> checks.add(check.judge(question, logits(ledger, numbers))));
    checks.sort(
        Comparator.comparingInt((Check check) -> Panel.order(check.name()))
            .thenComparing(Check::name));
    Optional<Explanation> explanation =
        SelfVeto.judge(question, logits(ledger, highlightPasses));
    Gate.Ruling ruling = Gate.rule(question, checks);
    ModalityShapley shapley = question.shapley();
    boolean finite = shapley.finite();
    return new Finding(
        id,
        question.profile().code(),
        finite ? OptionalDouble.of(shapley.probability()) : OptionalDouble.empty(),
        interval(ledger),
        question.profile().operatingPoint(),
        ruling.status(),
        ruling.status() == Finding.Status.SUPPORTED
            ? Optional.empty()
            : Optional.of(ruling.reason()),
        finite ? OptionalDouble.of(shapley.baseline()) : OptionalDouble.empty(),
        finite ? shapley.contributions() : Map.of(),
        SelfVeto.shown(question, explanation),
        explanation,
        checks);
  }

  private Optional<Interval> interval(PassLedger ledger) {
    if (!(question.inquiry() instanceof Intervention)) {
      return Optional.empty();
    }
    double probability = question.shapley().probability();
    return Stability.interval(
        probability,
        logits(ledger, intervalPasses),
        question.model().deviation(question.index(), Logits.of(probability)));
  }

  private double[] logits(PassLedger ledger, int[] numbers) {
    return ledger.logits(numbers, question.index());
  }
}
