package org.tessera.explain;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;

/**
 * One finding on one case: what every check may look at.
 *
 * @param index of the finding in the model's answers
 * @param profile what is stored about it
 * @param patientCase the case
 * @param variants the case as the model sees it, and its variants
 * @param model who answers
 * @param shapley the answer, divided among the modalities
 * @param inquiry the interventions, or why there are none
 */
record Question(
    int index,
    FindingProfile profile,
    PatientCase patientCase,
    CaseVariants variants,
    OmniModel model,
    ModalityShapley shapley,
    Inquiry inquiry) {

  EncodedCase encoded() {
    return variants.encoded();
  }

  /** The deciding modalities, in the order of {@link Modality}. */
  List<Modality> deciding() {
    return profile.deciding();
  }

  /** The deciding modalities that the case does not have. */
  List<Modality> missing() {
    return deciding().stream().filter(modality -> !encoded().has(modality)).toList();
  }

  /** Probability from which on the finding counts as found. */
  OptionalDouble operatingPoint() {
    return profile.operatingPoint().stream().mapToDouble(OperatingPoint::threshold).findFirst();
  }

  /** True if the finding is judged and reaches its operating point. */
  boolean positive() {
    return missing().isEmpty()
        && !deciding().isEmpty()
        && shapley.finite()
        && operatingPoint().isPresent()
        && shapley.probability() >= operatingPoint().getAsDouble();
  }

  /** A threshold stored with the model, or the check's own default. */
  double threshold(String name, double fallback) {
    return profile.thresholds().getOrDefault(name, fallback);
  }

  /** What the model answers, before any check. */
  TrialListener.EarlyFinding early(String id) {
    return new TrialListener.EarlyFinding(
        id,
        profile.code(),
        shapley.finite() ? OptionalDouble.of(shapley.probability()) : OptionalDouble.empty(),
        positive());
  }

  Question with(Inquiry next) {
    return new Question(index, profile, patientCase, variants, model, shapley, next);
  }

  /** The finding in running text. */
  String words() {
    return Phrases.inSentence(profile.code().display());
  }

  /** Modalities in words: {@code image and note}. */
  static String words(List<Modality> modalities) {
    return modalities.stream()
        .map(modality -> modality.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" and "));
  }
}
