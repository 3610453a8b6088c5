package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tessera.casemodel.Modality;

/**
 * Heads for training only: before the last layer, the query of a finding that several modalities
 * decide together has to know what each of them shows. A disagreement gives no gradient
 * to anything that looks at one side alone, so without these a query never learns where to look.
 */
public final class SignHeads {
  private static final String WEIGHT = "aux.signs.weight";
  private static final String BIAS = "aux.signs.bias";

  private SignHeads() {}

  /**
   * What a query has to know.
   *
   * @param finding key
   * @param modality that shows it
   */
  public record Sign(String finding, Modality modality) {}

  /** All signs of a model, always in the same order. */
  public static List<Sign> of(ModelConfig config) {
    List<Sign> signs = new ArrayList<>();
    for (String finding : config.findings()) {
      FindingProfile profile = FindingCatalog.of(finding).profile();
      if (profile.decidedBy().size() > 1) {
        Stream.of(Modality.values())
            .filter(profile.decidedBy()::contains)
            .forEach(each -> signs.add(new Sign(finding, each)));
      }
    }
    return signs;
  }

  static void initialize(Initialization start, ModelConfig config) {
    int count = of(config).size();
    if (count > 0) {
      start.normal(WEIGHT, 0.02, count, config.width());
      start.constant(BIAS, 0, count);
    }
  }

  static boolean isIn(Parameters parameters) {
    return parameters.all().containsKey(WEIGHT);
  }

  /**
   * Mean cross-entropy over the signs that are known.
   *
   * @param queries (batch, 1 + findings, width) before the last layer
   * @param batch with the known signs
   */
  static NDArray loss(
      NDArray queries,
      List<TrainableModel.Sequence> batch,
      ModelConfig config,
      Parameters parameters,
      NDManager scope) {
    List<Sign> signs = of(config);
    NDList asked = new NDList();
    float[] targets = new float[batch.size() * signs.size()];
    float[] weights = new float[targets.length];
    float known = 0;
    for (int s = 0; s < signs.size(); s++) {
      int query = 1 + config.findings().indexOf(signs.get(s).finding());
      asked.add(queries.get(":, {}:{}", query, query + 1));
      for (int i = 0; i < batch.size(); i++) {
        Boolean shown = batch.get(i).signs().get(signs.get(s));
        if (shown != null) {
          targets[i * signs.size() + s] = shown ? 1 : 0;
          weights[i * signs.size() + s] = 1;
          known++;
        }
      }
    }
    NDArray states = NDArrays.concat(asked, 1);
    NDArray size = states.square().mean(new int[] {2}, true).add(1e-6f).sqrt();
    NDArray logits =
        states
            .div(size)
            .mul(parameters.get(WEIGHT))
            .sum(new int[] {2})
            .add(parameters.get(BIAS));
    return CrossEntropy.of(logits, targets, weights, Math.max(1, known), scope);
  }
}
