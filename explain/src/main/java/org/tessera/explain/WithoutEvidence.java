package org.tessera.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Counterfactual.Removed;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;

/**
 * One pass per supported finding over the case without the evidence that it points to: filled-in
 * pixels, the note without the words, silent seconds, a record without the statements. Unlike the
 * passes of the checks, which hide tokens, this one reads changed evidence from the beginning.
 */
final class WithoutEvidence {
  /** Passes of a finding. */
  static final int PASSES = 1;

  private record Asked(int pass, int finding, List<Removed> removed) {}

  private final Map<String, Asked> asked = new LinkedHashMap<>();

  private WithoutEvidence() {}

  static WithoutEvidence plan(
      List<Finding> findings, PatientCase patientCase, CaseVariants variants, PassLedger ledger) {
    List<Finding> supported =
        findings.stream()
            .filter(each -> each.status() == Status.SUPPORTED && !each.highlights().isEmpty())
            .toList();
    // Reading anew asks nothing of the model: as many side by side as there are processors.
    List<Optional<TokenSequence>> read =
        supported.parallelStream()
            .map(each -> ChangedCase.sequence(patientCase, variants.sequence(), removed(each)))
            .toList();
    List<Finding> changing = new ArrayList<>();
    List<TokenSequence> changed = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (read.get(i).isPresent()) {
        changing.add(supported.get(i));
        changed.add(read.get(i).get());
      }
    }
    WithoutEvidence without = new WithoutEvidence();
    List<EncodedCase> encoded = variants.changed(changed);
    for (int i = 0; i < encoded.size(); i++) {
      Finding finding = changing.get(i);
      without.asked.put(
          finding.id(),
          new Asked(
              ledger.add(Pass.whole(encoded.get(i))),
              findings.indexOf(finding),
              removed(finding)));
    }
    return without;
  }

  private static List<Removed> removed(Finding finding) {
    return finding.highlights().stream()
        .map(highlight -> Removed.of(highlight.input(), highlight.region()))
        .toList();
  }

  /** Number of the pass of a finding. */
  Optional<Integer> pass(String finding) {
    return Optional.ofNullable(asked.get(finding)).map(Asked::pass);
  }

  /** The finding with what the model says of the changed case, if that is a number. */
  Finding beside(Finding finding, PassLedger ledger) {
    Asked each = asked.get(finding.id());
    if (each == null) {
      return finding;
    }
    double logit = ledger.logits(new int[] {each.pass()}, each.finding())[0];
    return Double.isFinite(logit)
        ? finding.with(new Counterfactual(Logits.probability(logit), each.removed()))
        : finding;
  }
}
