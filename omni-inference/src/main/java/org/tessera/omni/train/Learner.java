package org.tessera.omni.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.ExpertUse;
import org.tessera.omni.model.Parameters;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.StemPretrainer;
import org.tessera.omni.model.TrainableModel;
import org.tessera.omni.token.Segment;

/** What learns in a stage: the model, or a stem alone. */
interface Learner extends AutoCloseable {
  double DROPOUT = 0.1;

  /** The live parameters; their gradients are set by a step. */
  Parameters parameters();

  /** Computes loss and gradients of a batch. */
  TrainableModel.StepReport step(List<TrainableModel.Sequence> batch, long seed);

  @Override
  void close();

  /** Weights of the whole model, with what learns in place of what was. */
  default Map<String, Tensor> within(Map<String, Tensor> whole, Map<String, Tensor> learned) {
    Map<String, Tensor> within = new LinkedHashMap<>(whole);
    within.putAll(learned);
    return within;
  }

  /** What a stage trains, from the weights before it. */
  static Learner of(TrainingPlan plan, TrainingPlan.Kind kind, Map<String, Tensor> weights) {
    Optional<Modality> alone = kind.modality();
    return kind.masked() && alone.isPresent()
        ? new Stem(plan, alone.get(), weights)
        : new Whole(plan, kind, weights);
  }

  /** The model, with labels. */
  final class Whole implements Learner {
    private final TrainableModel model;
    private final boolean joint;

    private Whole(TrainingPlan plan, TrainingPlan.Kind kind, Map<String, Tensor> weights) {
      this.model = new TrainableModel(plan.config(), weights, DROPOUT);
      this.joint = kind == TrainingPlan.Kind.JOINT;
    }

    @Override
    public Parameters parameters() {
      return model.parameters();
    }

    @Override
    public TrainableModel.StepReport step(List<TrainableModel.Sequence> batch, long seed) {
      return model.step(batch, joint, seed);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** A stem, without. */
  final class Stem implements Learner {
    private final TrainingPlan plan;
    private final Modality modality;
    private final StemPretrainer stem;

    private Stem(TrainingPlan plan, Modality modality, Map<String, Tensor> weights) {
      this.plan = plan;
      this.modality = modality;
      this.stem = new StemPretrainer(plan.config(), weights, modality, plan.seed());
    }

    @Override
    public Parameters parameters() {
      return stem.parameters();
    }

    @Override
    public TrainableModel.StepReport step(List<TrainableModel.Sequence> batch, long seed) {
      List<Segment> segments =
          batch.stream().flatMap(each -> own(each).stream()).toList();
      double loss = stem.step(segments, seed);
      return new TrainableModel.StepReport(
          loss, 0, List.of(), new ExpertUse(plan.config()), 0);
    }

    private Optional<Segment> own(TrainableModel.Sequence sequence) {
      return Optional.ofNullable(sequence.segments().get(modality));
    }

    @Override
    public void close() {
      stem.close();
    }
  }
}
