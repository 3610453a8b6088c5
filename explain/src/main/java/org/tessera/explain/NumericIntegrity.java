package org.tessera.explain;

import java.util.Map;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.omni.model.ComputationFaultException;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Integrity;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;

/**
 * Did the computation itself hold? The model checks its steps while it computes and repeats what
 * does not hold. When all passes of a case were run, its encodings are made again, the pass that
 * the probabilities come from is computed again by other code, and the weights in memory are held
 * against those that were loaded. A case in which that fails is judged anew, once; if it fails
 * again, the case is refused.
 */
final class NumericIntegrity {
  static final String NAME = "numeric-integrity";

  private NumericIntegrity() {}

  /**
   * Judges a case after its passes.
   *
   * @param variants the case and the encodings made for it
   * @param answer of the model to the whole case
   * @param disturbed true if something was repeated until it held
   * @throws ComputationFaultException if something did not hold
   */
  static Check judge(OmniModel model, CaseVariants variants, float[] answer, boolean disturbed) {
    Integrity integrity = model.verify(Pass.whole(variants.encoded()), answer);
    Map.Entry<TokenSequence, EncodedCase> encodings = variants.encodings();
    model.verify(encodings.getKey(), encodings.getValue());
    return switch (integrity) {
      case UNCHECKED ->
          Check.notApplicable(NAME, "This model cannot check its own computation.");
      case HELD ->
          disturbed
              ? Check.of(
                  NAME,
                  Verdict.WARN,
                  "A computation did not hold and was repeated; the repetition and a second way to"
                      + " compute it agree.")
              : Check.of(
                  NAME,
                  Verdict.PASS,
                  "All checksums held, a second way to compute it agrees, and the model's weights"
                      + " are those that were loaded.");
    };
  }

  /** The verdict on a case that did not hold twice. */
  static Check refused(ComputationFaultException fault) {
    return Check.of(
        NAME, Verdict.FAIL, fault.sentence() + " Nothing of this case is reported.");
  }
}
