package org.tessera.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.TokenSequence;

/**
 * What a sequence holds of modalities that the model does not read.
 *
 * @param modalities present and not read, in the order of {@link Modality}
 * @param alone true if the sequence has no others
 */
record UnreadModalities(List<Modality> modalities, boolean alone) {

  static UnreadModalities of(TokenSequence sequence, OmniModel model) {
    List<Modality> present =
        List.of(Modality.values()).stream()
            .filter(sequence.tokensByModality()::containsKey)
            .toList();
    List<Modality> unread =
        present.stream().filter(each -> !model.modalities().contains(each)).toList();
    return new UnreadModalities(unread, !unread.isEmpty() && unread.size() == present.size());
  }

  /** A warning of the case; empty if everything is read. */
  Optional<Check> warning() {
    return modalities.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Check.of(
                "coverage",
                Verdict.WARN,
                ("The model was never trained on %s: no finding rests on them, and none is ruled"
                        + " out.")
                    .formatted(words())));
  }

  /** Every finding of the model, abstained: there is nothing in the case that it reads. */
  List<Finding> abstained(OmniModel model) {
    List<FindingProfile> profiles = model.findings();
    return IntStream.range(0, profiles.size())
        .mapToObj(i -> abstained("F" + (i + 1), profiles.get(i)))
        .toList();
  }

  private Finding abstained(String id, FindingProfile profile) {
    String reason =
        "The model was never trained on %s, and the case has nothing else, so %s was not judged."
            .formatted(words(), Phrases.inSentence(profile.code().display()));
    return new Finding(
        id,
        profile.code(),
        OptionalDouble.empty(),
        Optional.empty(),
        profile.operatingPoint(),
        Finding.Status.ABSTAINED,
        Optional.of(reason),
        OptionalDouble.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(Check.of("competence", Verdict.FAIL, reason)));
  }

  private String words() {
    return modalities.equals(List.of(Modality.CINE))
        ? "moving pictures"
        : "inputs of the kind " + Question.words(modalities);
  }
}
