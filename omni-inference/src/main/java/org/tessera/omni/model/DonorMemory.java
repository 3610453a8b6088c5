package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Token;

/** Embedded evidence of other people, one modality of each, whole, as a model remembers it. */
public final class DonorMemory {
  private static final String DONORS = "donors";
  private static final String LENGTHS = "donor-lengths";
  private static final EvidenceRegion NOWHERE = new RecordEntry("donor", "");

  private DonorMemory() {}

  /**
   * Writes one modality of people into a memory.
   *
   * @param donors who have the modality, all of one width; at least one
   */
  public static void put(
      Map<String, Tensor> memory, String set, Modality modality, List<EncodedCase> donors) {
    int width = donors.getFirst().width();
    int tokens = donors.stream().mapToInt(each -> each.indices(modality).length).sum();
    float[] values = new float[tokens * width];
    float[] lengths = new float[donors.size()];
    int at = 0;
    for (int d = 0; d < lengths.length; d++) {
      int[] indices = donors.get(d).indices(modality);
      lengths[d] = indices.length;
      for (int index : indices) {
        System.arraycopy(donors.get(d).embeddings(), index * width, values, at, width);
        at += width;
      }
    }
    memory.put(
        TrainingMemory.key(DONORS, set, modality),
        new Tensor(new long[] {tokens, width}, values));
    memory.put(
        TrainingMemory.key(LENGTHS, set, modality),
        new Tensor(new long[] {lengths.length}, lengths));
  }

  /** The people of a data set that are remembered, each with the tokens of the modality only. */
  static List<EncodedCase> of(TrainingMemory memory, String set, Modality modality) {
    Optional<Tensor> tokens = memory.tensor(DONORS, set, modality);
    Optional<Tensor> lengths = memory.tensor(LENGTHS, set, modality);
    if (tokens.isEmpty() || lengths.isEmpty()) {
      return List.of();
    }
    int width = Math.toIntExact(tokens.get().shape()[1]);
    List<EncodedCase> donors = new ArrayList<>();
    int at = 0;
    for (float each : lengths.get().values()) {
      int length = (int) each;
      int end = at + length * width;
      Token place = new Token(modality, "donor" + donors.size(), NOWHERE, Position.ORIGIN);
      donors.add(
          new EncodedCase(
              Collections.nCopies(length, place),
              Arrays.copyOfRange(tokens.get().values(), at, end),
              width));
      at = end;
    }
    return donors;
  }
}
