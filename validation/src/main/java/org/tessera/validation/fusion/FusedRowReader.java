package org.tessera.validation.fusion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.evaluate.Progress;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.evaluate.Sequencer;

/** Cases as every way of joining modalities sees them, see {@link FusedRow}. */
final class FusedRowReader {
  private final OmniModel model;
  private final RowReader reader;
  private final Sequencer sequencer;
  private final Progress progress;
  private final Set<Modality> joined = EnumSet.noneOf(Modality.class);

  FusedRowReader(OmniModel model, RowReader reader, Sequencer sequencer, Progress progress) {
    this.model = model;
    this.reader = reader;
    this.sequencer = sequencer;
    this.progress = progress;
    model.findings().stream()
        .map(FindingProfile::decidedBy)
        .filter(deciding -> deciding.size() > 1)
        .forEach(joined::addAll);
  }

  /**
   * Reads rows.
   *
   * @param what they are, for the progress
   * @param scored true if the sequence is to be asked, with every modality alone and left out
   * @throws RejectedInputException if a file cannot be used
   */
  List<FusedRow> read(List<LabelledRow> rows, String what, boolean scored)
      throws IOException, RejectedInputException {
    List<FusedRow> read = new ArrayList<>();
    for (LabelledRow row : rows) {
      read.add(read(row, scored));
      progress.at(read.size(), rows.size(), what + " rows");
    }
    return read;
  }

  private FusedRow read(LabelledRow row, boolean scored)
      throws IOException, RejectedInputException {
    EncodedCase encoded = model.encode(sequencer.build(reader.read(row).patientCase()));
    Set<Modality> present = EnumSet.noneOf(Modality.class);
    Map<Modality, float[]> latents = new EnumMap<>(Modality.class);
    Map<Modality, float[][]> tokens = new EnumMap<>(Modality.class);
    for (Modality modality : row.files().keySet()) {
      if (encoded.indices(modality).length > 0) {
        present.add(modality);
        latents.put(modality, model.latent(encoded, modality));
        if (joined.contains(modality)) {
          tokens.put(modality, tokens(encoded, modality));
        }
      }
    }
    Map<Modality, float[]> alone = new EnumMap<>(Modality.class);
    Map<Modality, float[]> without = new EnumMap<>(Modality.class);
    if (!scored) {
      return new FusedRow(row, latents, tokens, new float[0], alone, without);
    }
    List<Pass> passes = new ArrayList<>(List.of(Pass.whole(encoded)));
    for (Modality modality : present) {
      Set<Modality> others = EnumSet.copyOf(present);
      others.remove(modality);
      passes.add(Pass.without(encoded, others));
      passes.add(Pass.without(encoded, Set.of(modality)));
    }
    float[][] logits = model.logits(passes);
    int at = 1;
    for (Modality modality : present) {
      alone.put(modality, logits[at++]);
      without.put(modality, logits[at++]);
    }
    return new FusedRow(row, latents, tokens, logits[0], alone, without);
  }

  /** Embeddings of a modality's tokens, scaled so that a number is about 1 in size. */
  private static float[][] tokens(EncodedCase encoded, Modality modality) {
    int[] indices = encoded.indices(modality);
    int width = encoded.width();
    float[][] tokens = new float[indices.length][];
    double squares = 0;
    for (int t = 0; t < tokens.length; t++) {
      int from = indices[t] * width;
      tokens[t] = Arrays.copyOfRange(encoded.embeddings(), from, from + width);
      for (float number : tokens[t]) {
        squares += number * number;
      }
    }
    float scale = (float) Math.sqrt(tokens.length * width / Math.max(squares, 1e-12));
    for (float[] token : tokens) {
      for (int i = 0; i < width; i++) {
        token[i] *= scale;
      }
    }
    return tokens;
  }
}
