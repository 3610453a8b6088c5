package org.tessera.omni.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Modality;

/**
 * What is stored with the model about one finding.
 *
 * @param key short name, for example {@code bacterial-pneumonia}
 * @param code the coded finding
 * @param decidedBy modalities of which all have to be present for the finding to be judged
 * @param disagreement true if the finding is that the deciding modalities disagree: none of them
 *     shows it by itself
 * @param subject what the evidence has to be, in words: {@code paediatric chest radiograph}
 * @param phantom true if it was learned from phantoms, and means phantoms only
 * @param operatingPoint from which probability on it counts as found; empty if never measured
 * @param competence how well it was measured to know this finding; empty if never measured
 * @param thresholds thresholds of the checks by check name; chosen on validation patients
 */
public record FindingProfile(
    String key,
    Coding code,
    Set<Modality> decidedBy,
    boolean disagreement,
    String subject,
    boolean phantom,
    Optional<OperatingPoint> operatingPoint,
    Optional<Competence> competence,
    Map<String, Double> thresholds) {
  public FindingProfile {
    decidedBy = Set.copyOf(decidedBy);
    thresholds = Map.copyOf(thresholds);
  }

  /** The same with other thresholds. */
  public FindingProfile with(Map<String, Double> others) {
    return new FindingProfile(
        key,
        code,
        decidedBy,
        disagreement,
        subject,
        phantom,
        operatingPoint,
        competence,
        others);
  }

  /** The deciding modalities, in the order of {@link Modality}. */
  public List<Modality> deciding() {
    return Stream.of(Modality.values()).filter(decidedBy::contains).toList();
  }
}
