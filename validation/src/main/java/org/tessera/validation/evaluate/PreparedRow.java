package org.tessera.validation.evaluate;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.baseline.Baseline;

/**
 * A row after decoding: what the model and the baselines need of it, and nothing more.
 *
 * @param row the row
 * @param refusal why it cannot be used; then the rest is empty
 * @param sequence what the model reads; empty for training rows
 * @param masked the same with masked images, if asked for
 * @param features what each baseline reads
 */
record PreparedRow(
    LabelledRow row,
    Optional<String> refusal,
    Optional<TokenSequence> sequence,
    Map<Masking, TokenSequence> masked,
    Map<Baseline, double[]> features) {
  PreparedRow {
    masked = masked.isEmpty() ? Map.of() : new EnumMap<>(masked);
    features = new HashMap<>(features);
  }

  static PreparedRow refused(LabelledRow row, String reason) {
    return new PreparedRow(row, Optional.of(reason), Optional.empty(), Map.of(), Map.of());
  }
}
