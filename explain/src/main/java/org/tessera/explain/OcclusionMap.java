package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;

/**
 * What each region is worth by taking it away (Zeiler and Fergus 2014): windows of neighbouring
 * tokens are removed one at a time, and a token's relevance is the mean fall, in logits, of the
 * windows that hold it; what rises counts as 0. It asks nothing of the model but its answers.
 */
final class OcclusionMap {
  /** Most windows of one modality. */
  private static final int WINDOWS = 64;

  private static final int SIDE = 2;

  private OcclusionMap() {}

  /** (tokens) relevance, 0 outside of the modalities. */
  static float[] of(EncodedCase encoded, int finding, List<Modality> modalities, OmniModel model) {
    List<BitSet> windows = new ArrayList<>();
    modalities.forEach(modality -> windows.addAll(windows(encoded, modality)));
    List<Pass> passes = new ArrayList<>(List.of(Pass.whole(encoded)));
    windows.forEach(window -> passes.add(new Pass(encoded, window)));
    float[][] logits = model.logits(passes);
    float[] sums = new float[encoded.tokens().size()];
    int[] counts = new int[sums.length];
    for (int i = 0; i < windows.size(); i++) {
      float fall = Math.max(0, logits[0][finding] - logits[i + 1][finding]);
      windows.get(i)
          .stream()
          .forEach(
              token -> {
                sums[token] += fall;
                counts[token]++;
              });
    }
    for (int token = 0; token < sums.length; token++) {
      sums[token] = counts[token] > 0 ? sums[token] / counts[token] : 0;
    }
    return sums;
  }

  private static List<BitSet> windows(EncodedCase encoded, Modality modality) {
    return switch (modality) {
      case IMAGE, CINE -> squares(encoded, modality, SIDE);
      case SLIDE -> squares(encoded, modality, 1);
      case NOTE, AUDIO, RECORD -> runs(encoded.indices(modality));
    };
  }

  private static List<BitSet> squares(EncodedCase encoded, Modality modality, int side) {
    Map<List<Object>, BitSet> windows = new HashMap<>();
    List<BitSet> ordered = new ArrayList<>();
    for (int index : encoded.indices(modality)) {
      Cell cell = Cell.of(encoded.tokens().get(index));
      List<Object> key =
          List.of(
              encoded.tokens().get(index).evidence(),
              cell.frame(),
              cell.y() / side,
              cell.x() / side);
      windows
          .computeIfAbsent(
              key,
              ignored -> {
                ordered.add(new BitSet());
                return ordered.getLast();
              })
          .set(index);
    }
    return ordered;
  }

  /** Runs that overlap by half. */
  private static List<BitSet> runs(int[] indices) {
    int step = Math.max(1, (indices.length + WINDOWS - 1) / WINDOWS);
    List<BitSet> windows = new ArrayList<>();
    for (int from = 0; from < indices.length; from += step) {
      BitSet window = new BitSet();
      for (int i = from; i < Math.min(indices.length, from + 2 * step); i++) {
        window.set(indices[i]);
      }
      windows.add(window);
    }
    return windows;
  }
}
