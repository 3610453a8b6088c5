package org.tessera.omni.model;

/**
 * Which weights a token passes in a layer: attention weights of its own group or of all (Mixture of
 * Transformers, Liang et al. 2024), and experts that it chooses or one feed-forward network (sparse
 * experts, Shazeer et al. 2017). A token passes equally many weights in all four, but for the
 * router's; that is what makes them comparable.
 */
public enum Architecture {
  /** A plain transformer. */
  DENSE(false, false),
  /** Shared attention weights, experts. */
  MOE(false, true),
  /** Attention weights per group, one feed-forward network. */
  MOT(true, false),
  /** Attention weights per group, experts: what ships. */
  MOE_MOT(true, true);

  private final boolean grouped;
  private final boolean sparse;

  Architecture(boolean grouped, boolean sparse) {
    this.grouped = grouped;
    this.sparse = sparse;
  }

  /** True if every token group has its own attention and norm weights. */
  public boolean grouped() {
    return grouped;
  }

  /** True if tokens choose experts. */
  public boolean sparse() {
    return sparse;
  }
}
