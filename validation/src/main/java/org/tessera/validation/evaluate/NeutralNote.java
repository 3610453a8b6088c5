package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.validation.metrics.Calibration;

/**
 * What a note that says nothing does to the findings of an image: nothing, if the model has not
 * learned that the mere presence of a note means disease.
 */
public final class NeutralNote {
  /** The note. */
  public static final String TEXT = "Chest radiograph, frontal view.";

  private static final String ID = "I-neutral";

  private NeutralNote() {}

  /** The same case with the note beside it. */
  public static PatientCase added(PatientCase original) {
    List<Evidence> evidence = new ArrayList<>(original.evidence());
    EvidenceOrigin origin =
        new EvidenceOrigin(
            ID,
            "neutral note",
            "text/plain",
            sha256(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    evidence.add(new NoteEvidence(origin, () -> TEXT));
    return new PatientCase(
        original.id(), original.patient(), evidence, original.rejected(), original.composed());
  }

  /**
   * How far the note moves the probability of each finding that an image alone decides.
   *
   * @param model the model
   * @param sequencer turns a case into its sequence
   * @param cases cases with an image and no note
   * @return mean absolute difference of the probability, 0 to 1, by finding key
   */
  public static Map<String, Double> meanShift(
      OmniModel model, Sequencer sequencer, List<PatientCase> cases)
      throws IOException, RejectedInputException {
    List<FindingProfile> findings = model.findings();
    Map<String, Double> shifts = new LinkedHashMap<>();
    for (PatientCase each : cases) {
      float[][] logits =
          model.logits(
              List.of(
                  Pass.whole(model.encode(sequencer.build(each))),
                  Pass.whole(model.encode(sequencer.build(added(each))))));
      for (int f = 0; f < findings.size(); f++) {
        if (findings.get(f).decidedBy().equals(Set.of(Modality.IMAGE))) {
          double moved =
              Calibration.sigmoid(logits[1][f]) - Calibration.sigmoid(logits[0][f]);
          shifts.merge(findings.get(f).key(), Math.abs(moved) / cases.size(), Double::sum);
        }
      }
    }
    return shifts;
  }

  private static String sha256() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
