package org.tessera.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/**
 * Maps of one case outside of a trial, to be held against what is known to be true. A map, whoever
 * made it, is turned into regions and put to the same self-veto as the map of a trial. Maps are
 * made once. For one thread.
 */
public final class HighlightStudy {
  private final PatientCase patientCase;
  private final OmniModel model;
  private final CaseVariants variants;
  private final float[] answer;
  private final Map<Integer, float[]> attention = new HashMap<>();
  private final Map<Integer, float[]> randomized = new HashMap<>();

  /** Encodes the case and asks the model once. */
  public HighlightStudy(PatientCase patientCase, TokenSequence sequence, OmniModel model) {
    this.patientCase = patientCase;
    this.model = model;
    variants = new CaseVariants(sequence, model);
    answer = model.logits(List.of(Pass.whole(variants.encoded())))[0];
  }

  /** The tokens, in the order of every map. */
  public List<Token> tokens() {
    return variants.encoded().tokens();
  }

  /** What the model answers. */
  public double probability(int finding) {
    return Logits.probability(answer[finding]);
  }

  /** True if the model's answer reaches the operating point. */
  public boolean positive(int finding) {
    OptionalDouble threshold =
        model.findings().get(finding).operatingPoint().stream()
            .mapToDouble(point -> point.threshold())
            .findFirst();
    return threshold.isPresent() && probability(finding) >= threshold.getAsDouble();
  }

  /** (tokens) gradient-weighted attention. */
  public float[] attention(int finding) {
    return attention.computeIfAbsent(
        finding, index -> model.relevance(variants.encoded(), index, false));
  }

  /** (tokens) occlusion within one modality. */
  public float[] occlusion(int finding, Modality modality) {
    return OcclusionMap.of(variants.encoded(), finding, List.of(modality), model);
  }

  /** (tokens) integrated gradients from the case with that modality blank. */
  public float[] integratedGradients(int finding, Modality modality) {
    return model.attributions(variants.encoded(), variants.blank(modality), finding);
  }

  /** The regions that a map points to in one modality, strongest first. */
  public List<Highlight> regions(float[] map, Modality modality) {
    return Claim.highlights(finder(map).spots(modality));
  }

  /** Whether a map of some modalities would be trusted on this case. */
  public Explanation tested(int finding, float[] map, List<Modality> modalities) {
    Claim claim = Intervention.claim(finder(map), modalities);
    Question asked =
        new Question(
            finding,
            model.findings().get(finding),
            patientCase,
            variants,
            model,
            ModalityShapley.of(List.of(), new double[] {answer[finding]}),
            new Inquiry.Idle("Not a trial."));
    EncodedCase encoded = variants.encoded();
    Question question =
        asked.with(
            Intervention.ofMap(
                encoded,
                claim,
                map,
                randomized.computeIfAbsent(
                    finding, index -> model.relevance(encoded, index, true)),
                asked.profile().key().hashCode()));
    float[][] logits = model.logits(SelfVeto.plan(question));
    double[] own = new double[logits.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = logits[i][finding];
    }
    return SelfVeto.judge(question, own).orElseThrow();
  }

  private SpotFinder finder(float[] map) {
    return new SpotFinder(variants.encoded(), new NoteWords(patientCase), map);
  }
}
