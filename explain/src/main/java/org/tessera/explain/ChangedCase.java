package org.tessera.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Counterfactual.Removed;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.omni.token.CaseTime;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.SlideTokenizer;
import org.tessera.omni.token.TokenSequence;

/** A case without some of its evidence, read and tokenized anew. */
final class ChangedCase {
  private ChangedCase() {}

  /**
   * The sequence of the changed case: what was changed is read again, the rest stays as it is.
   *
   * @param patientCase the case
   * @param sequence its tokens
   * @param removed what is taken away
   * @return empty if nothing would be left, or if the content cannot be read again
   */
  static Optional<TokenSequence> sequence(
      PatientCase patientCase, TokenSequence sequence, List<Removed> removed) {
    Map<String, List<EvidenceRegion>> byInput = new LinkedHashMap<>();
    removed.forEach(
        each ->
            byInput
                .computeIfAbsent(each.input(), ignored -> new ArrayList<>())
                .add(each.region()));
    Map<String, List<Segment>> changed = new LinkedHashMap<>();
    CaseTime time = CaseTime.of(patientCase);
    try {
      for (Evidence evidence : patientCase.evidence()) {
        List<EvidenceRegion> regions = byInput.get(evidence.id());
        if (regions != null) {
          long segments =
              sequence.segments().stream()
                  .filter(segment -> segment.evidence().equals(evidence.id()))
                  .count();
          changed.put(
              evidence.id(),
              segments(EvidenceRemoval.without(evidence, regions), time, (int) segments));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    List<Segment> all = new ArrayList<>();
    for (Segment segment : sequence.segments()) {
      List<Segment> instead = changed.get(segment.evidence());
      if (instead == null) {
        all.add(segment);
      } else {
        all.addAll(instead);
        changed.put(segment.evidence(), List.of());
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(new TokenSequence(all, List.of()));
  }

  private static List<Segment> segments(Evidence evidence, CaseTime time, int tiles)
      throws IOException {
    return evidence instanceof SlideEvidence slide
        ? List.copyOf(SlideTokenizer.segments(slide, time, Math.max(1, tiles), notice -> {}))
        : SequenceBuilder.segment(evidence, time, notice -> {}).stream().toList();
  }
}
