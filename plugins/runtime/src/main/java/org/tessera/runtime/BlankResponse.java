package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;

/**
 * What a model answers where there is nothing to see: the deciding evidence of validation cases
 * blanked, all else as it was. No operating point may lie below it, or blank evidence would count
 * as a finding.
 */
final class BlankResponse {
  private static final int CASES = 24;
  private static final double SHARE = 0.95;

  private BlankResponse() {}

  /**
   * The logit that 95 % of the blanked cases stay below.
   *
   * @param rows validation rows that label the finding
   * @param finding index of the finding
   */
  static double logit(OmniModel model, List<LabelledRow> rows, int finding)
      throws IOException {
    List<Pass> passes = new ArrayList<>();
    LabelledFiles files = new LabelledFiles();
    for (int i = 0; i < rows.size() && i < CASES; i++) {
      LabelledRow row = rows.get(i * rows.size() / Math.min(CASES, rows.size()));
      Optional<TokenSequence> sequence = sequence(files, row);
      for (Modality modality : model.findings().get(finding).decidedBy()) {
        if (sequence.isPresent() && sequence.get().tokensByModality().containsKey(modality)) {
          passes.add(Pass.whole(model.encode(sequence.get().blanked(modality))));
        }
      }
    }
    float[][] logits = model.logits(passes);
    double[] answers = Arrays.stream(logits).mapToDouble(each -> each[finding]).sorted().toArray();
    return answers.length == 0
        ? Double.NEGATIVE_INFINITY
        : answers[(int) Math.min(answers.length - 1, Math.floor(SHARE * answers.length))];
  }

  private static Optional<TokenSequence> sequence(LabelledFiles files, LabelledRow row)
      throws IOException {
    List<Evidence> evidence = new ArrayList<>();
    try {
      for (Map.Entry<Modality, Path> file : row.files().entrySet()) {
        evidence.addAll(files.read(file.getValue(), file.getKey()));
      }
    } catch (RejectedInputException e) {
      return Optional.empty();
    }
    return Optional.of(
        SequenceBuilder.build(
            new PatientCase(row.id(), Optional.empty(), evidence, List.of(), false)));
  }
}
