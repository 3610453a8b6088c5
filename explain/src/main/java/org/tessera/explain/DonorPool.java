package org.tessera.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;

/**
 * Donors of the wrong-patient check: other people's evidence of one modality in which the model
 * itself does not see the finding; of a disagreement, {@link DonorKinds two kinds} of other people.
 * The model is asked once per donor and finding; the answers are kept as long as the model. Safe
 * for several threads.
 */
final class DonorPool {
  /** Most donors of a finding and modality that are asked. */
  static final int MAX_ASKED = 32;

  private final Map<OmniModel, Map<Key, List<List<EncodedCase>>>> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  private record Key(int finding, Modality modality) {}

  private record Asked(EncodedCase donor, double logit) {}

  /**
   * The donors of a finding by kind: one kind, or two if it is a disagreement. Empty kinds if there
   * are none.
   */
  List<List<EncodedCase>> kinds(OmniModel model, int finding, Modality modality) {
    Map<Key, List<List<EncodedCase>>> ofModel =
        known.computeIfAbsent(model, ignored -> Collections.synchronizedMap(new HashMap<>()));
    return ofModel.computeIfAbsent(
        new Key(finding, modality),
        key ->
            model.findings().get(finding).disagreement()
                ? DonorKinds.of(model, finding, modality)
                : List.of(unlikely(model, finding, modality)));
  }

  /**
   * The donors of a finding, least likely first. For a finding that several modalities decide
   * together, one modality alone never reaches the operating point; the order then puts those first
   * in which the model sees least, so it matters that more are asked than are used.
   */
  private static List<EncodedCase> unlikely(OmniModel model, int finding, Modality modality) {
    List<EncodedCase> donors =
        model.donors(finding, modality).stream()
            .filter(donor -> donor.has(modality))
            .limit(MAX_ASKED)
            .toList();
    FindingProfile profile = model.findings().get(finding);
    if (donors.isEmpty() || profile.operatingPoint().isEmpty()) {
      return List.of();
    }
    OperatingPoint operatingPoint = profile.operatingPoint().get();
    float[][] logits = model.logits(donors.stream().map(Pass::whole).toList());
    List<Asked> unlikely = new ArrayList<>();
    for (int i = 0; i < donors.size(); i++) {
      double logit = logits[i][finding];
      if (Logits.probability(logit) < operatingPoint.threshold()) {
        unlikely.add(new Asked(donors.get(i), logit));
      }
    }
    unlikely.sort(Comparator.comparingDouble(Asked::logit));
    return unlikely.stream().map(Asked::donor).toList();
  }
}
