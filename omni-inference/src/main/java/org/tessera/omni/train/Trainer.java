package org.tessera.omni.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.model.ExpertUse;
import org.tessera.omni.model.Initialization;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.StemPretrainer;
import org.tessera.omni.model.TrainableModel;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SequenceBuilder;

/**
 * Trains the embedded model: stems with their own heads first, then everything jointly. Each epoch
 * is a pure function of plan, data and the weights before it, so that a run resumed from a
 * checkpoint ends with the weights of an uninterrupted one.
 */
public final class Trainer {
  private static final double WARM_UP = 0.08;

  private final TrainingPlan plan;
  private final Path folder;
  private final EvidenceReader reader;
  private final TrainingListener listener;
  private final Map<String, Tensor> given;

  /**
   * A trainer that starts from random weights.
   *
   * @param folder where checkpoint and metrics go
   * @param reader reads the files of the data sets
   */
  public Trainer(
      TrainingPlan plan,
      Path folder,
      EvidenceReader reader,
      TrainingListener listener) {
    this(plan, folder, reader, listener, Map.of());
  }

  /**
   * A trainer that starts from weights of another model where it has the same.
   *
   * @param given by name; layers of the transformer are left out, names that are missing start as
   *     the plan's seed has it
   */
  public Trainer(
      TrainingPlan plan,
      Path folder,
      EvidenceReader reader,
      TrainingListener listener,
      Map<String, Tensor> given) {
    this.plan = plan;
    this.folder = folder;
    this.reader = reader;
    this.listener = listener;
    this.given = Map.copyOf(given);
  }

  /**
   * Trains on the {@code train} rows and stops by the {@code val} rows of {@link
   * ValidationPart#STOPPING}. Test rows are not opened.
   *
   * @param resume true to go on from the folder's checkpoint, if there is one
   * @return the averaged weights of the best epoch of the joint stage; those of the last epoch, if
   *     there is no joint stage
   */
  public Map<String, Tensor> train(List<LabelledRow> rows, boolean resume) throws IOException {
    Files.createDirectories(folder);
    List<Example> training = load(rows, row -> row.split().equals("train"));
    List<Example> stopping =
        load(
            rows,
            row ->
                row.split().equals("val")
                    && ValidationPart.of(row.patient()) == ValidationPart.STOPPING);
    Composer composer = new Composer(plan.config(), training, neutralNotes());
    ShownFacts facts = ShownFacts.of(training);
    Watch watch = new Watch(plan.config(), stopping);
    Optional<Checkpoint> start = resume ? Checkpoint.load(folder) : Optional.empty();
    Checkpoint state =
        start.orElseGet(
            () ->
                new Checkpoint(
                    0,
                    first(),
                    Map.of(),
                    Map.of(),
                    Double.NEGATIVE_INFINITY));
    int first = 0;
    for (TrainingPlan.Stage stage : plan.stages()) {
      if (state.epoch() < first + stage.epochs()) {
        state = stage(stage, first, state, composer, facts, watch);
      }
      first += stage.epochs();
    }
    if (state.best().isEmpty()) {
      return state.weights();
    }
    return given.isEmpty()
        ? LatentStage.refined(
            Watch.bundle(plan.config(), state.best()), training, facts, plan.seed(), listener)
        : state.best();
  }

  private Map<String, Tensor> first() {
    Map<String, Tensor> weights = Initialization.of(plan.config(), plan.seed());
    weights.replaceAll(
        (name, drawn) ->
            name.startsWith("layer") ? drawn : given.getOrDefault(name, drawn));
    return weights;
  }

  private Checkpoint stage(
      TrainingPlan.Stage stage,
      int first,
      Checkpoint start,
      Composer composer,
      ShownFacts facts,
      Watch watch)
      throws IOException {
    Checkpoint state = start;
    try (Learner learner = Learner.of(plan, stage.kind(), state.weights());
        AdamW optimizer = new AdamW(learner.parameters())) {
      if (!state.optimizer().isEmpty() && state.epoch() > first) {
        optimizer.restore(state.optimizer());
      }
      for (int epoch = state.epoch() - first; epoch < stage.epochs(); epoch++) {
        long began = System.nanoTime();
        EpochReport report =
            epoch(stage, first + epoch, epoch, learner, optimizer, composer, facts);
        Map<String, Tensor> averaged = learner.within(state.weights(), optimizer.averaged());
        Watch.Scores scores = watch.scores(stage.kind(), averaged);
        boolean joint = stage.kind() == TrainingPlan.Kind.JOINT;
        boolean better = joint && scores.mean() > state.bestScore();
        boolean last = epoch == stage.epochs() - 1;
        Map<String, Tensor> weights =
            last && !joint
                ? averaged
                : learner.within(state.weights(), learner.parameters().tensors());
        if (last) {
          weights.keySet().removeIf(StemPretrainer::isDecoder);
        }
        state =
            new Checkpoint(
                first + epoch + 1,
                weights,
                optimizer.state(),
                better || state.best().isEmpty() && joint ? averaged : state.best(),
                better ? scores.mean() : state.bestScore());
        state.save(folder);
        report(stage, first + epoch, report, scores, (System.nanoTime() - began) / 1e9);
      }
    }
    return state;
  }

  /** Mean losses, the least and greatest share of an expert in a step, and who took what. */
  private record EpochReport(
      double loss, double balance, double contrast, double least, double most, ExpertUse use,
      double stepSeconds) {}

  private EpochReport epoch(
      TrainingPlan.Stage stage,
      int overall,
      int epoch,
      Learner learner,
      AdamW optimizer,
      Composer composer,
      ShownFacts facts) {
    long seed = plan.seed() * 1_000_003 + overall;
    List<List<Sample>> batches = composer.epoch(stage.kind(), plan.batch(), seed);
    double loss = 0;
    double balance = 0;
    double contrast = 0;
    double least = 1;
    double most = 0;
    ExpertUse use = new ExpertUse(plan.config());
    long stepping = 0;
    CompletableFuture<List<TrainableModel.Sequence>> next = augmented(batches, 0, facts);
    for (int i = 0; i < batches.size(); i++) {
      List<TrainableModel.Sequence> batch = next.join();
      next = augmented(batches, i + 1, facts);
      long began = System.nanoTime();
      TrainableModel.StepReport report = learner.step(batch, seed * 31 + i);
      optimizer.step(rate(stage, (epoch + (i + 1.0) / batches.size()) / stage.epochs()));
      stepping += System.nanoTime() - began;
      loss += report.loss() / batches.size();
      balance += report.balance() / batches.size();
      contrast += report.contrast() / batches.size();
      use.add(report.use());
      for (double[] layer : report.load()) {
        for (double share : layer) {
          least = Math.min(least, share);
          most = Math.max(most, share);
        }
      }
      listener.progress("epoch " + (overall + 1), i + 1, batches.size());
    }
    return new EpochReport(loss, balance, contrast, least, most, use,
        stepping / 1e9 / Math.max(1, batches.size()));
  }

  /** A batch that is made while the one before it is learned from. */
  private static CompletableFuture<List<TrainableModel.Sequence>> augmented(
      List<List<Sample>> batches, int index, ShownFacts facts) {
    return index < batches.size()
        ? CompletableFuture.supplyAsync(
            () ->
                batches.get(index).stream().map(each -> Augmenter.sequence(each, facts)).toList())
        : CompletableFuture.completedFuture(List.of());
  }

  private static double rate(TrainingPlan.Stage stage, double done) {
    if (done < WARM_UP) {
      return stage.rate() * done / WARM_UP;
    }
    double along = (done - WARM_UP) / (1 - WARM_UP);
    return stage.rate() * (0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * along)));
  }

  private void report(
      TrainingPlan.Stage stage, int overall, EpochReport report, Watch.Scores scores, double took)
      throws IOException {
    StringJoiner line = new StringJoiner(", ", "{", "}\n");
    line.add("\"epoch\": " + (overall + 1));
    line.add("\"stage\": \"" + stage.kind().name().toLowerCase(Locale.ROOT) + "\"");
    line.add("\"loss\": " + rounded(report.loss()));
    line.add("\"balance\": " + rounded(report.balance()));
    line.add("\"contrast\": " + rounded(report.contrast()));
    line.add("\"leastExpert\": " + rounded(report.least()));
    line.add("\"mostExpert\": " + rounded(report.most()));
    line.add("\"experts\": " + report.use().json());
    line.add("\"deadExperts\": " + report.use().dead().size());
    line.add("\"stepSeconds\": " + rounded(report.stepSeconds()));
    line.add("\"seconds\": " + rounded(took));
    scores
        .auroc()
        .forEach((finding, auroc) -> line.add("\"val." + finding + "\": " + rounded(auroc)));
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        line.toString(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    listener.epoch(line.toString().strip());
  }

  private static String rounded(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
  }

  private List<Example> load(List<LabelledRow> rows, Predicate<LabelledRow> wanted)
      throws IOException {
    List<LabelledRow> chosen = rows.stream().filter(wanted).toList();
    List<Example> examples = new ArrayList<>();
    new ExampleLoader(reader)
        .load(chosen, "decoding", listener, (row, example) -> examples.add(example));
    return examples;
  }

  private static List<Segment> neutralNotes() {
    List<Segment> segments = new ArrayList<>();
    for (String text : NeutralNotes.all()) {
      EvidenceOrigin origin =
          new EvidenceOrigin(
              "note",
              "neutral",
              "text/plain",
              "",
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      List<Evidence> note = List.of(new NoteEvidence(origin, () -> text));
      PatientCase one = new PatientCase("neutral", Optional.empty(), note, List.of(), true);
      segments.addAll(SequenceBuilder.build(one).segments());
    }
    return segments;
  }
}
