package org.tessera.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Counterfactual.Removed;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.RelevanceMaps;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/** A case, and the case as it would be with other evidence; each is made once. */
final class CaseVariants {
  private final TokenSequence sequence;
  private final OmniModel model;
  private final EncodedCase encoded;
  private final Map<Integer, RelevanceMaps> maps = new HashMap<>();
  private final Map<Modality, EncodedCase> blanks = new EnumMap<>(Modality.class);
  private final Map<Modality, Optional<EncodedCase>> softened = new EnumMap<>(Modality.class);
  private final Map<Modality, Map<EncodedCase, EncodedCase>> swaps = new HashMap<>();

  CaseVariants(TokenSequence sequence, OmniModel model) {
    this.sequence = sequence;
    this.model = model;
    this.encoded = model.encode(sequence);
  }

  TokenSequence sequence() {
    return sequence;
  }

  /** The case itself. */
  EncodedCase encoded() {
    return encoded;
  }

  /** Makes the maps of these findings, all at once. */
  void mapAll(List<Integer> findings) {
    List<RelevanceMaps> made = model.relevance(encoded, findings);
    for (int i = 0; i < findings.size(); i++) {
      maps.put(findings.get(i), made.get(i));
    }
  }

  /** Where the model looks for a finding. */
  RelevanceMaps relevance(int finding) {
    return maps.computeIfAbsent(
        finding, index -> model.relevance(encoded, List.of(index)).getFirst());
  }

  /** Everything that was encoded so far, and what it was encoded from. */
  Map<TokenSequence, EncodedCase> encodings() {
    Map<TokenSequence, EncodedCase> encodings = new IdentityHashMap<>();
    encodings.put(sequence, encoded);
    blanks.forEach((modality, blank) -> encodings.put(sequence.blanked(modality), blank));
    return encodings;
  }

  /** The case with one modality blanked, encoded anew. */
  EncodedCase blank(Modality modality) {
    return blanks.computeIfAbsent(modality, m -> model.encode(sequence.blanked(m)));
  }

  /** The case without some of its evidence, read and encoded anew; empty if nothing is left. */
  Optional<EncodedCase> without(PatientCase patientCase, List<Removed> removed) {
    return ChangedCase.sequence(patientCase, sequence, removed).map(model::encode);
  }

  /** The case with its pictures of one modality softened; empty if it has none. */
  Optional<EncodedCase> softened(Modality modality) {
    return softened.computeIfAbsent(modality, this::soften);
  }

  private Optional<EncodedCase> soften(Modality modality) {
    List<Segment> segments = new ArrayList<>();
    boolean changed = false;
    for (Segment segment : sequence.segments()) {
      boolean picture = segment.modality() == modality && Softening.applies(segment);
      segments.add(picture ? Softening.of(segment) : segment);
      changed |= picture;
    }
    return changed
        ? Optional.of(model.encode(new TokenSequence(segments, List.of())))
        : Optional.empty();
  }

  /** The case with one modality of somebody else. */
  EncodedCase swapped(Modality modality, EncodedCase donor) {
    return swaps
        .computeIfAbsent(modality, ignored -> new IdentityHashMap<>())
        .computeIfAbsent(donor, d -> encoded.swapped(modality, d));
  }
}
