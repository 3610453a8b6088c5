package org.tessera.casemodel;

import java.util.List;
import java.util.Locale;

/**
 * The same case without the evidence that a finding points to, and the probability that it then
 * gets. The evidence itself was changed and read anew; nothing was merely hidden from the model.
 *
 * @param probability calibrated, of the changed case
 * @param removed what was taken away; at least one
 */
public record Counterfactual(double probability, List<Removed> removed) {
  public Counterfactual {
    removed = List.copyOf(removed);
  }

  /**
   * A region that was taken away.
   *
   * @param input id of the evidence
   * @param region where, in source coordinates
   * @param how what was done there
   */
  public record Removed(String input, EvidenceRegion region, How how) {

    /** What is done to a region of that kind. */
    public static Removed of(String input, EvidenceRegion region) {
      How how =
          switch (region) {
            case PixelRegion _, SlideRegion _ -> How.INPAINTED;
            case TextSpan _ -> How.STRUCK;
            case TimeInterval _ -> How.MUTED;
            case RecordEntry _ -> How.DROPPED;
          };
      return new Removed(input, region, how);
    }
  }

  /** What is done to a region. */
  public enum How {
    /** Pixels are filled in from those around. */
    INPAINTED,
    /** The words are taken out of the note. */
    STRUCK,
    /** The samples are silent. */
    MUTED,
    /** The statement is not in the record. */
    DROPPED;

    /** The name used in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
