package org.tessera.explain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.RelevanceMaps;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/** A case, and the case as it would be with other evidence; each is made once. */
final class CaseVariants {
  private final TokenSequence sequence;
  private final OmniModel model;
  private final SegmentEncodings encodings;
  private final EncodedCase encoded;
  private final Map<Integer, RelevanceMaps> maps = new HashMap<>();
  private final Map<Modality, TokenSequence> blanks = new EnumMap<>(Modality.class);
  private final Map<Modality, Optional<TokenSequence>> softened = new EnumMap<>(Modality.class);
  private final Map<TokenSequence, EncodedCase> whole = new IdentityHashMap<>();
  private final Map<Modality, Map<EncodedCase, EncodedCase>> swaps = new HashMap<>();

  CaseVariants(TokenSequence sequence, OmniModel model) {
    this.sequence = sequence;
    this.model = model;
    this.encodings = new SegmentEncodings(model);
    this.encoded = encodings.of(sequence);
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

  /** Encodes at once what the checks of these findings will ask for. */
  void prepare(List<Question> questions) {
    List<TokenSequence> wanted = new ArrayList<>();
    for (Question question : questions) {
      question.deciding().forEach(modality -> wanted.add(blanked(modality)));
      ConsistencyCheck.softens(question)
          .flatMap(this::softenedSequence)
          .ifPresent(wanted::add);
    }
    encodings.add(wanted);
  }

  /** Everything that was encoded so far, and the encoding. */
  Map.Entry<TokenSequence, EncodedCase> encodings() {
    TokenSequence all = encodings.all();
    return Map.entry(all, encodings.of(all));
  }

  /** The case with one modality blanked, encoded anew. */
  EncodedCase blank(Modality modality) {
    return encodedOnce(blanked(modality));
  }

  private TokenSequence blanked(Modality modality) {
    return blanks.computeIfAbsent(modality, sequence::blanked);
  }

  private EncodedCase encodedOnce(TokenSequence changed) {
    return whole.computeIfAbsent(changed, encodings::of);
  }

  /** Changed cases, encoded anew. */
  List<EncodedCase> changed(List<TokenSequence> sequences) {
    encodings.add(sequences);
    return sequences.stream().map(this::encodedOnce).toList();
  }

  /** The case with its pictures of one modality softened; empty if it has none. */
  Optional<EncodedCase> softened(Modality modality) {
    return softenedSequence(modality).map(this::encodedOnce);
  }

  private Optional<TokenSequence> softenedSequence(Modality modality) {
    return softened.computeIfAbsent(modality, this::soften);
  }

  private Optional<TokenSequence> soften(Modality modality) {
    List<Segment> segments = new ArrayList<>();
    boolean changed = false;
    for (Segment segment : sequence.segments()) {
      boolean picture = segment.modality() == modality && Softening.applies(segment);
      segments.add(picture ? Softening.of(segment) : segment);
      changed |= picture;
    }
    return changed ? Optional.of(new TokenSequence(segments, List.of())) : Optional.empty();
  }

  /** The case with one modality of somebody else. */
  EncodedCase swapped(Modality modality, EncodedCase donor) {
    return swaps
        .computeIfAbsent(modality, ignored -> new IdentityHashMap<>())
        .computeIfAbsent(donor, d -> encoded.swapped(modality, d));
  }
}
