package org.tessera.omni.train;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Pass;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.TrainableModel;
import org.tessera.omni.model.TrainingMemory;
import org.tessera.omni.token.Segment;

/** Scores weights on the validation patients that stopping may see. */
final class Watch {
  private static final int CHUNK = 16;

  /** Findings whose labels follow the acquisition: they may not decide which epoch is best. */
  static final Set<String> TRAPS = Set.of("pneumonia", "covid-cough");

  private final ModelConfig config;
  private final List<Example> examples;

  Watch(ModelConfig config, List<Example> examples) {
    this.config = config;
    this.examples = examples;
  }

  /**
   * AUROC of each finding that could be scored.
   *
   * @param auroc by finding key
   */
  record Scores(Map<String, Double> auroc) {
    double mean() {
      return auroc.entrySet().stream()
          .filter(each -> !TRAPS.contains(each.getKey()))
          .mapToDouble(Map.Entry::getValue)
          .average()
          .orElse(0);
    }
  }

  Scores scores(TrainingPlan.Kind kind, Map<String, Tensor> weights) {
    if (kind.masked()) {
      return new Scores(Map.of());
    }
    return kind.modality().map(each -> head(each, weights)).orElseGet(() -> joint(weights));
  }

  private Scores head(Modality modality, Map<String, Tensor> weights) {
    List<Example> asked = examples.stream().filter(each -> each.has(modality)).toList();
    List<Segment> segments = new ArrayList<>();
    asked.forEach(each -> each.segment(modality).ifPresent(segments::add));
    try (TrainableModel model = new TrainableModel(config, weights, 0)) {
      return scores(asked, model.headLogits(modality, segments), EnumSet.of(modality));
    }
  }

  /** A model of these weights, of which nothing was measured. */
  static ModelBundle bundle(ModelConfig config, Map<String, Tensor> weights) {
    List<FindingProfile> profiles =
        FindingCatalog.entries().stream().map(FindingCatalog.Entry::profile).toList();
    return new ModelBundle(
        "training",
        "0",
        config,
        "",
        List.of(),
        List.of(),
        Map.of(),
        profiles,
        weights,
        TrainingMemory.EMPTY);
  }

  private Scores joint(Map<String, Tensor> weights) {
    float[][] logits = new float[examples.size()][];
    try (EmbeddedModel model = new EmbeddedModel(bundle(config, weights))) {
      for (int from = 0; from < examples.size(); from += CHUNK) {
        int to = Math.min(examples.size(), from + CHUNK);
        List<Pass> passes = new ArrayList<>();
        for (Example example : examples.subList(from, to)) {
          passes.add(Pass.whole(model.encode(example.sequence())));
        }
        System.arraycopy(model.logits(passes), 0, logits, from, to - from);
      }
    }
    return scores(examples, logits, EnumSet.allOf(Modality.class));
  }

  private static Scores scores(
      List<Example> examples, float[][] logits, Set<Modality> modalities) {
    Map<String, Double> auroc = new LinkedHashMap<>();
    List<FindingCatalog.Entry> findings = FindingCatalog.entries();
    for (int f = 0; f < findings.size(); f++) {
      FindingProfile profile = findings.get(f).profile();
      if (!modalities.containsAll(profile.decidedBy())) {
        continue;
      }
      List<Double> scores = new ArrayList<>();
      List<Boolean> labels = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        Boolean label = examples.get(i).row().labels().get(profile.key());
        if (label != null) {
          scores.add((double) logits[i][f]);
          labels.add(label);
        }
      }
      boolean[] truth = new boolean[labels.size()];
      for (int i = 0; i < truth.length; i++) {
        truth[i] = labels.get(i);
      }
      double score =
          RankScore.of(scores.stream().mapToDouble(Double::doubleValue).toArray(), truth);
      if (Double.isFinite(score)) {
        auroc.put(profile.key(), score);
      }
    }
    return new Scores(auroc);
  }
}
