package org.tessera.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.ComputationFaultException;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.TokenSequence;

/**
 * Puts every finding of a model on trial on one case: contributions, highlights with their
 * self-veto, checks, gate, narrative.
 *
 * <p>Three batches: the coalitions of modalities, which all findings share and which tell who
 * reaches an operating point; then everything that the checks of those findings ask for, and what
 * they ask further where the first answers disagree; then each supported finding on the case
 * without the evidence that it points to. A finding spends at most 64 passes. Same case, same
 * model: same outcome. Safe for several threads; keep one
 * instance per process, it remembers what the model said about its donors.
 */
public final class Trial {
  private final List<FindingCheck> checks;
  private final DonorPool donors;
  private final OptionalInt only;

  /** A trial with the whole panel. */
  public Trial() {
    this(Panel.checks());
  }

  Trial(List<FindingCheck> checks) {
    this(checks, new DonorPool(), OptionalInt.empty());
  }

  private Trial(List<FindingCheck> checks, DonorPool donors, OptionalInt only) {
    this.checks = List.copyOf(checks);
    this.donors = donors;
    this.only = only;
  }

  /**
   * A trial of one finding: it is judged as it would be among the others, which are answered and
   * not heard.
   *
   * @param finding its number in the model's answers
   */
  public Trial only(int finding) {
    return new Trial(checks, donors, OptionalInt.of(finding));
  }

  /**
   * Judges a case. Identity comes first: a conflict, or a case without any token, is stopped before
   * the model sees it. A case whose computation does not hold is judged anew, then stopped.
   *
   * @param patientCase the case
   * @param sequence its tokens
   * @param model who answers
   */
  public TrialOutcome judge(PatientCase patientCase, TokenSequence sequence, OmniModel model) {
    return judge(patientCase, sequence, model, TrialListener.NONE);
  }

  /** The same; the listener is told of answers and checks as they come. */
  public TrialOutcome judge(
      PatientCase patientCase,
      TokenSequence sequence,
      OmniModel model,
      TrialListener listener) {
    Stages stages = new Stages();
    List<Check> caseChecks = new ArrayList<>();
    caseChecks.add(IdentityCheck.judge(patientCase));
    if (sequence.tokens().isEmpty()) {
      caseChecks.addFirst(
          Check.of("usable-input", Verdict.FAIL, "No input of this case could be used."));
    }
    if (caseChecks.stream().anyMatch(check -> check.verdict() == Verdict.FAIL)) {
      return stopped(caseChecks, stages);
    }
    UnreadModalities unread = UnreadModalities.of(sequence, model);
    unread.warning().ifPresent(caseChecks::add);
    if (unread.alone()) {
      List<Finding> findings = unread.abstained(model);
      findings.forEach(listener::judged);
      return new TrialOutcome(
          findings, List.of(), caseChecks, stages.timings(), TrialOutcome.Passes.NONE);
    }
    TokenSequence read = sequence.of(model.modalities());
    try {
      return judge(patientCase, read, model, caseChecks, stages, listener, false);
    } catch (ComputationFaultException first) {
      try {
        return judge(patientCase, read, model, caseChecks, stages, listener, true);
      } catch (ComputationFaultException second) {
        caseChecks.add(NumericIntegrity.refused(second));
        return stopped(caseChecks, stages);
      }
    }
  }

  private static TrialOutcome stopped(List<Check> caseChecks, Stages stages) {
    return new TrialOutcome(
        List.of(), List.of(), caseChecks, stages.timings(), TrialOutcome.Passes.NONE);
  }

  private TrialOutcome judge(
      PatientCase patientCase,
      TokenSequence sequence,
      OmniModel model,
      List<Check> before,
      Stages stages,
      TrialListener listener,
      boolean again) {
    long repetitions = model.repetitions();
    PassLedger ledger = new PassLedger(model);
    CaseVariants variants = new CaseVariants(sequence, model);
    stages.done("encode");
    Coalitions coalitions = Coalitions.plan(variants.encoded(), ledger);
    ledger.run();
    stages.done("predict");
    List<Question> questions = questions(patientCase, variants, model, coalitions, ledger);
    listener.firstFindings(
        IntStream.range(0, questions.size())
            .mapToObj(i -> questions.get(i).early(id(i)))
            .toList());
    List<Hearing> hearings = new ArrayList<>();
    for (Question question : questions) {
      boolean heard = only.isEmpty() || only.getAsInt() == question.index();
      hearings.add(new Hearing(question, checks, heard));
      hearings.getLast().tellPreliminary(id(hearings.size() - 1), listener);
    }
    List<Question> onTrial =
        hearings.stream().filter(Hearing::onTrial).map(Hearing::question).toList();
    variants.mapAll(onTrial.stream().map(Question::index).toList());
    variants.prepare(onTrial);
    hearings.forEach(hearing -> hearing.plan(donors, ledger));
    stages.done("highlights");
    ledger.run(() -> tell(hearings, false, ledger, listener));
    tell(hearings, false, ledger, listener);
    Set<Integer> shared = new HashSet<>();
    for (int number : coalitions.numbers()) {
      shared.add(number);
    }
    hearings.forEach(hearing -> hearing.deliberate(shared, ledger));
    ledger.run();
    tell(hearings, true, ledger, listener);
    List<Check> caseChecks = new ArrayList<>(before);
    caseChecks.add(
        NumericIntegrity.judge(
            model,
            variants,
            ledger.answer(coalitions.whole()),
            again || model.repetitions() > repetitions));
    stages.done("checks");
    List<Finding> judged = new ArrayList<>();
    for (Hearing hearing : hearings) {
      judged.add(hearing.judge(id(judged.size()), ledger));
    }
    WithoutEvidence without = WithoutEvidence.plan(judged, patientCase, variants, ledger);
    ledger.run();
    List<Finding> findings = judged.stream().map(each -> without.beside(each, ledger)).toList();
    findings.forEach(listener::judged);
    stages.done("counterfactuals");
    Map<String, Integer> byFinding = new LinkedHashMap<>();
    for (int i = 0; i < hearings.size(); i++) {
      Set<Integer> spent = new HashSet<>(hearings.get(i).passes());
      spent.addAll(shared);
      without.pass(id(i)).ifPresent(spent::add);
      byFinding.put(id(i), spent.size());
    }
    return new TrialOutcome(
        findings,
        Narrative.of(findings),
        caseChecks,
        stages.timings(),
        new TrialOutcome.Passes(ledger.size(), byFinding));
  }

  private static String id(int finding) {
    return "F" + (finding + 1);
  }

  private static void tell(
      List<Hearing> hearings, boolean last, PassLedger ledger, TrialListener listener) {
    for (int i = 0; i < hearings.size(); i++) {
      hearings.get(i).tell(id(i), last, ledger, listener);
    }
  }

  private static List<Question> questions(
      PatientCase patientCase,
      CaseVariants variants,
      OmniModel model,
      Coalitions coalitions,
      PassLedger ledger) {
    List<Question> questions = new ArrayList<>();
    List<FindingProfile> profiles = model.findings();
    for (int i = 0; i < profiles.size(); i++) {
      questions.add(
          new Question(
              i,
              profiles.get(i),
              patientCase,
              variants,
              model,
              coalitions.values(ledger, i),
              new Inquiry.Idle("Not asked yet.")));
    }
    return questions;
  }
}
