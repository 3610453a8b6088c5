package org.tessera.omni.token;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.Modality;

/**
 * All of a case as one sequence: segments in the order record, note, image, slide, cine, audio;
 * within a modality in the order of the case. Token {@code i} of {@link #tokens()} is step {@code
 * i} of the model's input (before the finding queries).
 *
 * @param segments one per evidence
 * @param notices what was left out or shortened, one sentence each
 */
public record TokenSequence(List<Segment> segments, List<String> notices) {
  private static final List<Modality> ORDER =
      List.of(
          Modality.RECORD,
          Modality.NOTE,
          Modality.IMAGE,
          Modality.SLIDE,
          Modality.CINE,
          Modality.AUDIO);

  public TokenSequence {
    segments =
        segments.stream()
            .sorted((a, b) -> ORDER.indexOf(a.modality()) - ORDER.indexOf(b.modality()))
            .toList();
    notices = List.copyOf(notices);
  }

  /** All tokens, in order. */
  public List<Token> tokens() {
    List<Token> all = new ArrayList<>();
    segments.forEach(segment -> all.addAll(segment.tokens()));
    return all;
  }

  /** Number of tokens of each modality present. */
  public Map<Modality, Integer> tokensByModality() {
    Map<Modality, Integer> counts = new EnumMap<>(Modality.class);
    segments.forEach(
        segment -> counts.merge(segment.modality(), segment.tokens().size(), Integer::sum));
    return counts;
  }

  /** The sequence of these modalities alone; this one if it has no others. */
  public TokenSequence of(Set<Modality> modalities) {
    List<Segment> kept =
        segments.stream().filter(segment -> modalities.contains(segment.modality())).toList();
    return kept.size() == segments.size() ? this : new TokenSequence(kept, notices);
  }

  /** The same sequence with one modality blanked: same tokens, nothing in them. */
  public TokenSequence blanked(Modality modality) {
    return new TokenSequence(
        segments.stream()
            .map(segment -> segment.modality() == modality ? segment.blank() : segment)
            .toList(),
        notices);
  }
}
