package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.Modality;
import org.tessera.omni.token.Token;

/**
 * A sequence after the stems: one embedding per token, before the transformer. Occlusion, swaps and
 * coalitions start from here, so that stems run once per case.
 *
 * @param tokens the tokens
 * @param embeddings (tokens, width), row by row
 * @param width numbers per token
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedCase(List<Token> tokens, float[] embeddings, int width) {
  public EncodedCase {
    tokens = List.copyOf(tokens);
    if (embeddings.length != tokens.size() * width) {
      throw new IllegalArgumentException(
          "%d tokens of width %d need %d numbers, not %d"
              .formatted(
                  tokens.size(), width, tokens.size() * width, embeddings.length));
    }
  }

  /** Indices of the tokens of a modality. */
  public int[] indices(Modality modality) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).modality() == modality) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** True if at least one token is of the modality. */
  public boolean has(Modality modality) {
    return tokens.stream().anyMatch(token -> token.modality() == modality);
  }

  /** The tokens of this case, and then those of another one of the same width. */
  public EncodedCase joined(EncodedCase other) {
    List<Token> all = new ArrayList<>(tokens);
    all.addAll(other.tokens);
    float[] flat = Arrays.copyOf(embeddings, embeddings.length + other.embeddings.length);
    System.arraycopy(
        other.embeddings, 0, flat, embeddings.length, other.embeddings.length);
    return new EncodedCase(all, flat, width);
  }

  /**
   * This case with all tokens of one modality taken from another case.
   *
   * @param modality what is swapped
   * @param donor whose tokens are used; must have the modality
   */
  public EncodedCase swapped(Modality modality, EncodedCase donor) {
    if (!donor.has(modality) || donor.width() != width) {
      throw new IllegalArgumentException("The donor has no " + modality.wireName());
    }
    List<Token> mixed = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    boolean inserted = false;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).modality() != modality) {
        mixed.add(tokens.get(i));
        rows.add(row(i));
      } else if (!inserted) {
        inserted = true;
        for (int j : donor.indices(modality)) {
          mixed.add(donor.tokens().get(j));
          rows.add(donor.row(j));
        }
      }
    }
    float[] flat = new float[mixed.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * width, width);
    }
    return new EncodedCase(mixed, flat, width);
  }

  private float[] row(int index) {
    float[] row = new float[width];
    System.arraycopy(embeddings, index * width, row, 0, width);
    return row;
  }
}
