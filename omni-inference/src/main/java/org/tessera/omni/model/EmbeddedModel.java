package org.tessera.omni.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/**
 * The project's own transformer on DJL's PyTorch engine. One call runs at a time; callers wait for
 * each other.
 */
public final class EmbeddedModel implements OmniModel {
  private static final int BATCH = 16;
  private static final long RANDOMIZATION_SEED = 20_260_131;

  /** Logits: far above the 1e-5 between the two paths, far below what moves a probability 0.01. */
  private static final float SAME = 1e-3f;

  /** Parts in which the weights are summed, side by side. */
  private static final int GUARDS = 4;

  private final ModelBundle bundle;
  private final NDManager manager;
  private final Parameters parameters;
  private final InferenceTransformer inference;
  private final String hash;
  private final WeightsGuard guard = new WeightsGuard();
  private @Nullable Parameters randomized;

  /**
   * Loads the weights into the engine.
   *
   * @throws ComputationFaultException if the engine holds other numbers than the bundle
   */
  public EmbeddedModel(ModelBundle bundle) {
    this.bundle = bundle;
    this.manager = NDManager.newBaseManager();
    this.parameters = Parameters.of(manager, bundle.weights());
    this.inference = new InferenceTransformer(bundle.config(), bundle.weights(), manager);
    this.hash = ModelStore.hash(bundle);
    guard.add(parameters, bundle.weights());
    inference.guardedBy(guard);
    bundle.weights().values().forEach(each -> guard.add(each.values()));
    bundle.memory().tensors().values().forEach(each -> guard.add(each.values()));
    guard.verify();
  }

  @Override
  public ModelCard card() {
    return new ModelCard(
        bundle.name(),
        bundle.version(),
        Optional.of(hash),
        manager.getDevice().toString(),
        OptionalLong.of(parameters.count()),
        OptionalLong.of(activeParameters()),
        bundle.intendedUse(),
        bundle.trainedOn(),
        bundle.limits());
  }

  /** Weights that the token of the longest path passes: all but the routed experts not chosen. */
  private long activeParameters() {
    ModelConfig config = bundle.config();
    if (!config.architecture().sparse()) {
      return parameters.count();
    }
    long expert = 2L * config.width() * config.hidden() + config.hidden();
    return parameters.count()
        - (long) config.layers() * (config.experts() - config.active()) * expert;
  }

  @Override
  public List<FindingProfile> findings() {
    return bundle.profiles();
  }

  @Override
  public synchronized EncodedCase encode(TokenSequence whole) {
    TokenSequence sequence = whole.of(modalities());
    int width = bundle.config().width();
    List<Token> tokens = sequence.tokens();
    float[] embeddings = new float[tokens.size() * width];
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      Embedder embedder = new Embedder(parameters, false);
      List<Supplier<float[]>> calls = new ArrayList<>();
      for (Segment segment : sequence.segments()) {
        calls.add(() -> embedder.embed(segment, scope).toFloatArray());
      }
      int at = 0;
      for (float[] part : inference.lanes().run(calls)) {
        System.arraycopy(part, 0, embeddings, at, part.length);
        at += part.length;
      }
    }
    return new EncodedCase(tokens, embeddings, width);
  }

  @Override
  public synchronized float[][] logits(List<Pass> passes) {
    return passes.isEmpty() ? new float[0][] : calibrated(passes, inference.forward(passes));
  }

  private float[][] calibrated(List<Pass> passes, float[] flat) {
    int findings = bundle.profiles().size();
    float[][] logits = new float[passes.size()][findings];
    for (int i = 0; i < passes.size(); i++) {
      for (int f = 0; f < findings; f++) {
        logits[i][f] = (float) calibration(f).apply(flat[i * findings + f]);
      }
    }
    return logits;
  }

  /** The same by the path that has gradients: other code, other copies of the weights. */
  private float[][] secondPath(List<Pass> passes) {
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      TokenBatch batch = PassBatch.of(passes, bundle.config().width(), scope);
      return calibrated(
          passes,
          new Transformer(bundle.config(), parameters, false, 0)
              .forward(batch, List.of(), scope)
              .logits()
              .toFloatArray());
    }
  }

  @Override
  public synchronized Integrity verify(Pass whole, float[] answer) {
    Supplier<float[]> again = () -> secondPath(List.of(whole))[0];
    List<Supplier<float[]>> calls = new ArrayList<>(List.of(again));
    guard.parts(GUARDS).forEach(part -> calls.add(() -> held(part)));
    if (!alike(inference.lanes().run(calls).getFirst(), answer)) {
      throw new ComputationFaultException("Two ways to compute the same answer did not agree.");
    }
    return Integrity.HELD;
  }

  private static float[] held(Runnable part) {
    part.run();
    return new float[0];
  }

  private static boolean alike(float[] some, float[] others) {
    for (int i = 0; i < some.length; i++) {
      if (!(Math.abs(some[i] - others[i]) <= SAME)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public synchronized Integrity verify(TokenSequence sequence, EncodedCase encoded) {
    if (!Arrays.equals(encode(sequence).embeddings(), encoded.embeddings())) {
      throw new ComputationFaultException(
          "Reading the same evidence twice did not give the same numbers.");
    }
    return Integrity.HELD;
  }

  /** The arrays of the engine that hold weights, by path and name. */
  Map<String, NDArray> arrays() {
    return guard.arrays();
  }

  /** Which expert takes what of each token group of these passes. */
  public synchronized ExpertUse expertUse(List<Pass> passes) {
    ExpertUse use = new ExpertUse(bundle.config());
    for (int from = 0; from < passes.size(); from += BATCH) {
      List<Pass> some = passes.subList(from, Math.min(passes.size(), from + BATCH));
      try (NDManager scope = manager.newSubManager()) {
        parameters.lendTo(scope);
        TokenBatch batch = PassBatch.of(some, bundle.config().width(), scope);
        use.add(
            new Transformer(bundle.config(), parameters, false, 0)
                .forward(batch, List.of(), scope)
                .use());
      }
    }
    return use;
  }

  @Override
  public double deviation(int finding, double logit) {
    CalibrationCurve calibration = calibration(finding);
    return calibration.deviation(calibration.raw(logit));
  }

  private CalibrationCurve calibration(int finding) {
    return bundle
        .calibration()
        .getOrDefault(bundle.profiles().get(finding).key(), CalibrationCurve.NONE);
  }

  @Override
  public synchronized float[] relevance(EncodedCase encoded, int finding, boolean random) {
    return maps(encoded, List.of(finding), random).getFirst();
  }

  @Override
  public synchronized List<RelevanceMaps> relevance(EncodedCase encoded, List<Integer> findings) {
    if (findings.isEmpty()) {
      return List.of();
    }
    randomized();
    List<List<float[]>> maps =
        inference
            .lanes()
            .run(
                List.of(
                    () -> maps(encoded, findings, false), () -> maps(encoded, findings, true)));
    return IntStream.range(0, findings.size())
        .mapToObj(i -> new RelevanceMaps(maps.getFirst().get(i), maps.getLast().get(i)))
        .toList();
  }

  private List<float[]> maps(EncodedCase encoded, List<Integer> findings, boolean random) {
    return new AttentionGradients(bundle.config(), random ? randomized() : parameters)
        .of(encoded, findings, manager);
  }

  @Override
  public synchronized float[] attributions(
      EncodedCase encoded, EncodedCase baseline, int finding) {
    int width = encoded.width();
    float[] difference = new float[encoded.embeddings().length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = encoded.embeddings()[i] - baseline.embeddings()[i];
    }
    List<Pass> path = new ArrayList<>();
    for (int step = 0; step < BATCH; step++) {
      float part = (step + 0.5f) / BATCH;
      float[] mixed = baseline.embeddings().clone();
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += part * difference[i];
      }
      path.add(Pass.whole(new EncodedCase(encoded.tokens(), mixed, width)));
    }
    float[] sums = new float[encoded.tokens().size()];
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      TokenBatch batch = PassBatch.of(path, width, scope);
      batch.embeddings().values().forEach(each -> each.setRequiresGradient(true));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits =
            new Transformer(bundle.config(), parameters, false, 0)
                .forward(batch, List.of(), scope)
                .logits();
        collector.backward(logits.get(":, {}", finding).sum());
      }
      batch
          .embeddings()
          .forEach(
              (group, each) -> {
                float[] slopes = each.getGradient().sum(new int[] {0}).toFloatArray();
                int at = 0;
                for (int i = 0; i < sums.length; i++) {
                  if (TokenGroup.of(encoded.tokens().get(i).modality()) == group) {
                    for (int j = 0; j < width; j++) {
                      sums[i] += slopes[at++] * difference[i * width + j] / BATCH;
                    }
                  }
                }
              });
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.max(0, sums[i]);
    }
    return sums;
  }

  private Parameters randomized() {
    Parameters copy = randomized;
    if (copy == null) {
      Map<String, Tensor> mixed =
          Initialization.reinitializeLast(bundle.config(), bundle.weights(), RANDOMIZATION_SEED);
      copy = Parameters.of(manager, mixed);
      randomized = copy;
    }
    return copy;
  }

  @Override
  public float[] latent(EncodedCase encoded, Modality modality) {
    return Latents.of(bundle, encoded, modality);
  }

  @Override
  public synchronized Optional<float[]> sharedLatent(TokenSequence sequence, Modality modality) {
    List<Segment> segments =
        sequence.segments().stream().filter(each -> each.modality() == modality).toList();
    int count = segments.stream().mapToInt(each -> each.tokens().size()).sum();
    if (count == 0 || !LatentHead.isIn(parameters)) {
      return Optional.empty();
    }
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      Embedder embedder = new Embedder(parameters, false);
      NDList parts = new NDList();
      segments.forEach(each -> parts.add(embedder.forLatents(each, scope)));
      return Optional.of(
          new LatentHead(parameters)
              .vectors(
                  TokenGroup.of(modality), NDArrays.concat(parts, 1), new int[] {count}, scope)
              .toFloatArray());
    }
  }

  /**
   * What the head of the shared latent space reads of a segment.
   *
   * @return (tokens, numbers per token)
   */
  public synchronized float[] latentInput(Segment segment) {
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      return new Embedder(parameters, false).forLatents(segment, scope).toFloatArray();
    }
  }

  @Override
  public List<EncodedCase> donors(int finding, Modality modality) {
    String set = FindingCatalog.of(bundle.profiles().get(finding).key()).set();
    return DonorMemory.of(bundle.memory(), set, modality);
  }

  @Override
  public Optional<LatentReference> reference(int finding, Modality modality) {
    String set = FindingCatalog.of(bundle.profiles().get(finding).key()).set();
    Optional<Tensor> limit = bundle.memory().tensor("limit", set, modality);
    return bundle
        .memory()
        .tensor("latents", set, modality)
        .flatMap(
            latents ->
                limit.map(
                    each ->
                        new LatentReference(
                            Latents.rows(latents),
                            Latents.NEIGHBOURS,
                            each.values()[0],
                            labels(finding, set, modality))));
  }

  private Optional<float[]> labels(int finding, String set, Modality modality) {
    String kind = TrainingMemory.LABELS + bundle.profiles().get(finding).key();
    return bundle.memory().tensor(kind, set, modality).map(Tensor::values);
  }

  @Override
  public synchronized void close() {
    inference.close();
    manager.close();
  }
}
