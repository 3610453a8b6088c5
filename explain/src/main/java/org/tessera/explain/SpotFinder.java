package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.token.Token;

/**
 * Turns relevance per token into a few regions that a person can read: neighbouring patches become
 * boxes, neighbouring word pieces spans of whole words, neighbouring sounds intervals; a statement
 * of the record and a frame of moving pictures stand for themselves.
 *
 * <p>A token takes part from a quarter of the modality's greatest relevance on. The bar rises until
 * the regions cover at most a third of the modality: a map that points at everything points at
 * nothing, and its removal could not be compared with the removal of as much else.
 */
final class SpotFinder {
  /** Most regions of one modality. */
  static final int MAX_SPOTS = 5;

  private static final double FIRST_BAR = 0.25;
  private static final double BAR_STEP = 0.05;
  private static final double MAX_SHARE = 1.0 / 3;

  private final EncodedCase encoded;
  private final float[] relevance;
  private final NoteWords words;

  /**
   * @param encoded the case
   * @param words of its notes
   * @param relevance (tokens), {@code >= 0}; what is not a number counts as 0
   */
  SpotFinder(EncodedCase encoded, NoteWords words, float[] relevance) {
    this.encoded = encoded;
    this.words = words;
    this.relevance = relevance;
  }

  /** The regions of a modality, strongest first; empty if nothing there is relevant. */
  List<Spot> spots(Modality modality) {
    int[] indices = encoded.indices(modality);
    double max = 0;
    for (int index : indices) {
      max = Math.max(max, at(index));
    }
    if (max <= 0) {
      return List.of();
    }
    int budget = Math.max(1, (int) (indices.length * MAX_SHARE));
    List<Spot> found = List.of();
    for (double bar = FIRST_BAR; bar < 1 + BAR_STEP / 2; bar += BAR_STEP) {
      found = at(modality, indices, Math.min(bar, 1) * max);
      if (found.stream().mapToInt(spot -> spot.tokens().cardinality()).sum() <= budget) {
        return found;
      }
    }
    return found.subList(0, 1);
  }

  private List<Spot> at(Modality modality, int[] indices, double bar) {
    Map<String, BitSet> byEvidence = new LinkedHashMap<>();
    for (int index : indices) {
      if (at(index) >= bar) {
        byEvidence
            .computeIfAbsent(encoded.tokens().get(index).evidence(), ignored -> new BitSet())
            .set(index);
      }
    }
    List<Spot> spots = new ArrayList<>();
    byEvidence.forEach(
        (evidence, chosen) -> {
          for (BitSet group : groups(modality, chosen)) {
            spots.add(spot(modality, evidence, group));
          }
        });
    spots.sort(Comparator.comparingDouble(Spot::mass).reversed());
    return spots.size() > MAX_SPOTS ? spots.subList(0, MAX_SPOTS) : spots;
  }

  private List<BitSet> groups(Modality modality, BitSet chosen) {
    return switch (modality) {
      case IMAGE, SLIDE -> new GridGroups(encoded.tokens()).groups(chosen);
      case NOTE, AUDIO -> new RunGroups(encoded.tokens(), words).groups(chosen);
      case RECORD, CINE -> chosen.stream().mapToObj(SpotFinder::single).toList();
    };
  }

  private static BitSet single(int index) {
    BitSet one = new BitSet();
    one.set(index);
    return one;
  }

  private Spot spot(Modality modality, String evidence, BitSet group) {
    List<Token> tokens = group.stream().mapToObj(encoded.tokens()::get).toList();
    double peak = group.stream().mapToDouble(this::at).max().orElse(0);
    double mass = group.stream().mapToDouble(this::at).sum();
    return new Spot(modality, evidence, group, RegionUnion.of(tokens), peak, mass);
  }

  private double at(int index) {
    float value = relevance[index];
    return value > 0 && Float.isFinite(value) ? value : 0;
  }
}
