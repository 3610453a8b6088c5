package org.tessera.omni.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.Segment;

/** The transformer with gradients: one step computes the loss of a batch and its gradients. */
public final class TrainableModel implements AutoCloseable {
  private static final float AUXILIARY = 0.5f;
  private static final float SIGNS = 0.5f;
  private static final float LOOKING = 0.1f;
  private static final float BALANCE = 0.01f;
  private static final float Z_LOSS = 0.001f;
  private static final float CONTRAST = 0.1f;
  private static final double SMOOTHING = 0.05;
  private static final float SHARPNESS = 3;
  private static final Set<TokenGroup> WITH_HEAD =
      Set.of(TokenGroup.IMAGE, TokenGroup.SLIDE, TokenGroup.AUDIO);

  private final ModelConfig config;
  private final NDManager manager;
  private final Parameters parameters;
  private final float dropout;

  /** A model whose weights start as given. */
  public TrainableModel(ModelConfig config, Map<String, Tensor> weights, double dropout) {
    this.config = config;
    this.manager = NDManager.newBaseManager();
    this.parameters = Parameters.of(manager, weights);
    this.dropout = (float) dropout;
    parameters
        .all()
        .forEach((name, array) -> array.setRequiresGradient(!parameters.isBuffer(name)));
  }

  /**
   * One sequence of a batch: at most one segment of each modality.
   *
   * @param segments by modality
   * @param targets 0 or 1 for each finding
   * @param weights of each finding's loss
   * @param shown what the segments show, for the shared latent space; what is absent takes no part
   * @param signs what single segments show of a finding that several decide, see {@link SignHeads}
   * @param marks which tokens of the segments show a sign, where that is known
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sequence(
      Map<Modality, Segment> segments,
      float[] targets,
      float[] weights,
      Map<Modality, Shown> shown,
      Map<SignHeads.Sign, Boolean> signs,
      List<TokenMarks> marks) {

    /** A sequence of which only the findings are known. */
    public Sequence(Map<Modality, Segment> segments, float[] targets, float[] weights) {
      this(segments, targets, weights, Map.of(), Map.of(), List.of());
    }
  }

  /**
   * What a step cost.
   *
   * @param loss weighted mean cross-entropy of the findings
   * @param balance load-balancing loss; 1 is perfect, 0 if no expert was asked
   * @param load share of each expert in each layer
   * @param use which expert took what of each token group
   * @param contrast contrastive loss of the shared latent space; 0 if nothing could be compared
   */
  public record StepReport(
      double loss, double balance, List<double[]> load, ExpertUse use, double contrast) {}

  /** The live parameters; their gradients are set by a step. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Computes loss and gradients.
   *
   * @param joint false to train the stems with their own heads only
   * @param seed of the dropout
   */
  public StepReport step(List<Sequence> batch, boolean joint, long seed) {
    Engine.getInstance().setRandomSeed((int) (seed ^ (seed >>> 32)));
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      parameters.lendTo(scope);
      parameters.clearGradients(scope);
      Stemmed stemmed = stems(batch, scope, true);
      NDArray total = scope.create(0f);
      double reported = 0;
      NDArray auxiliary = scope.create(joint ? AUXILIARY : 1f);
      for (Map.Entry<TokenGroup, NDArray> head : heads(stemmed).entrySet()) {
        List<Integer> rows = rowsOf(stemmed, head.getKey());
        NDArray loss = loss(pooled(head.getValue()), batch, rows, head.getKey(), scope);
        NDArray places =
            TokenMarkLoss.of(
                head.getValue(),
                rows.stream().map(row -> marks(batch.get(row), head.getKey())).toList(),
                config,
                scope);
        total = total.add(loss.mul(auxiliary)).add(places.mul(auxiliary));
        reported += joint ? 0 : loss.getFloat();
      }
      NDArray image = stemmed.tokens().get(TokenGroup.IMAGE);
      if (image != null && FactHeads.isIn(parameters)) {
        List<Shown> shown =
            rowsOf(stemmed, TokenGroup.IMAGE).stream()
                .map(row -> shown(batch.get(row), TokenGroup.IMAGE))
                .toList();
        total = total.add(FactHeads.loss(image, shown, parameters, scope).mul(auxiliary));
      }
      NDArray pixels = stemmed.inputs().get(TokenGroup.IMAGE);
      if (pixels != null && OrientedGradients.isIn(parameters)) {
        List<Sequence> rows = rowsOf(stemmed, TokenGroup.IMAGE).stream().map(batch::get).toList();
        NDArray loss =
            OrientedGradients.loss(
                pixels, rows, each -> asks(TokenGroup.IMAGE, each), parameters, scope);
        total = total.add(loss.mul(auxiliary));
      }
      double balance = 0;
      double contrast = 0;
      List<double[]> load = List.of();
      ExpertUse use = new ExpertUse(config);
      if (joint) {
        TokenBatch tokens = placed(batch, stemmed, scope);
        Transformer.Output output =
            new Transformer(config, parameters, true, dropout).forward(tokens, List.of(), scope);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
          all.add(i);
        }
        NDArray loss = loss(output.logits(), batch, all, TokenGroup.QUERY, scope);
        reported = loss.getFloat();
        balance = output.balance().getFloat();
        load = output.load();
        use = output.use();
        total =
            total
                .add(loss)
                .add(output.balance().mul(scope.create(BALANCE)))
                .add(output.zLoss().mul(scope.create(Z_LOSS)))
                .add(
                    AttentionSupervision.loss(output.looked(), tokens, batch, config, scope)
                        .mul(scope.create(LOOKING)));
        if (SignHeads.isIn(parameters)) {
          NDArray signs = SignHeads.loss(output.beforeLast(), batch, config, parameters, scope);
          total = total.add(signs.mul(scope.create(SIGNS)));
        }
        if (LatentHead.isIn(parameters)) {
          NDArray contrastive = contrastive(batch, stemmed, scope);
          contrast = contrastive.getFloat();
          total = total.add(contrastive.mul(scope.create(CONTRAST)));
        }
      }
      collector.backward(total);
      return new StepReport(reported, balance, load, use, contrast);
    }
  }

  /**
   * What a stem's own head answers, without augmentation or dropout.
   *
   * @return (segments, findings)
   */
  public float[][] headLogits(Modality modality, List<Segment> segments) {
    TokenGroup group = TokenGroup.of(modality);
    float[][] logits = new float[segments.size()][];
    for (int i = 0; i < logits.length; i++) {
      try (NDManager scope = manager.newSubManager()) {
        parameters.lendTo(scope);
        Segment segment = segments.get(i);
        NDArray input =
            scope.create(
                Embedder.values(segment), Embedder.shape(group, segment.tokens().size(), 1));
        logits[i] =
            pooled(head(group, new Embedder(parameters, false).stem(group, input)))
                .toFloatArray();
      }
    }
    return logits;
  }

  /** Stem outputs of each group, and to which sample each row belongs. */
  private record Stemmed(
      Map<TokenGroup, NDArray> inputs,
      Map<TokenGroup, NDArray> tokens,
      Map<TokenGroup, List<Integer>> samples,
      Map<TokenGroup, int[]> lengths) {}

  private Stemmed stems(List<Sequence> batch, NDManager scope, boolean training) {
    Map<TokenGroup, NDArray> inputs = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, NDArray> tokens = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, List<Integer>> samples = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, int[]> lengths = new EnumMap<>(TokenGroup.class);
    Embedder embedder = new Embedder(parameters, training);
    for (TokenGroup group : TokenGroup.values()) {
      List<Integer> rows = new ArrayList<>();
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        for (Segment segment : batch.get(i).segments().values()) {
          if (TokenGroup.of(segment.modality()) == group) {
            rows.add(i);
            segments.add(segment);
          }
        }
      }
      if (!rows.isEmpty()) {
        int[] counts = segments.stream().mapToInt(each -> each.tokens().size()).toArray();
        NDArray input = Embedder.input(group, segments, scope);
        inputs.put(group, input);
        tokens.put(group, embedder.stem(group, input));
        samples.put(group, rows);
        lengths.put(group, counts);
      }
    }
    return new Stemmed(inputs, tokens, samples, lengths);
  }

  private Map<TokenGroup, NDArray> heads(Stemmed stemmed) {
    Map<TokenGroup, NDArray> heads = new EnumMap<>(TokenGroup.class);
    stemmed
        .tokens()
        .forEach(
            (group, tokens) -> {
              if (WITH_HEAD.contains(group)) {
                heads.put(group, head(group, tokens));
              }
            });
    return heads;
  }

  /** (rows, tokens, findings): what each token says alone. */
  private NDArray head(TokenGroup group, NDArray tokens) {
    return tokens
        .matMul(parameters.get("aux." + group.key() + ".weight"))
        .add(parameters.get("aux." + group.key() + ".bias"));
  }

  /** Pooled by log-mean-exp (Pinheiro and Collobert 2015): small signs count. */
  static NDArray pooled(NDArray logits) {
    NDArray sharpness = logits.getManager().create(SHARPNESS);
    return logits.mul(sharpness).exp().mean(new int[] {1}).log().div(sharpness);
  }

  /** Marks of the finding that the group decides alone: those that its stem can learn. */
  private static Optional<TokenMarks> marks(Sequence sequence, TokenGroup group) {
    return sequence.marks().stream()
        .filter(each -> TokenGroup.of(each.modality()) == group)
        .filter(each -> FindingCatalog.of(each.finding()).profile().decidedBy().size() == 1)
        .findFirst();
  }

  private TokenBatch placed(List<Sequence> batch, Stemmed stemmed, NDManager scope) {
    Embedder embedder = new Embedder(parameters, true);
    Map<TokenGroup, NDArray> embeddings = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, boolean[][]> valid = new EnumMap<>(TokenGroup.class);
    stemmed
        .tokens()
        .forEach(
            (group, tokens) -> {
              NDArray placed = embedder.placed(group, inputOf(stemmed, group), tokens);
              Shape shape = placed.getShape();
              List<Integer> rows = rowsOf(stemmed, group);
              boolean[][] mask = new boolean[batch.size()][(int) shape.get(1)];
              long[] source = new long[batch.size()];
              Arrays.fill(source, rows.size());
              for (int i = 0; i < rows.size(); i++) {
                source[rows.get(i)] = i;
                Arrays.fill(mask[rows.get(i)], 0, lengthsOf(stemmed, group)[i], true);
              }
              embeddings.put(group, spread(placed, source, scope));
              valid.put(group, mask);
            });
    return new TokenBatch(batch.size(), embeddings, valid);
  }

  private NDArray contrastive(List<Sequence> batch, Stemmed stemmed, NDManager scope) {
    Embedder embedder = new Embedder(parameters, true);
    LatentHead head = new LatentHead(parameters);
    Map<TokenGroup, NDArray> vectors = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, List<Shown>> shown = new EnumMap<>(TokenGroup.class);
    stemmed
        .tokens()
        .forEach(
            (group, tokens) -> {
              NDArray read =
                  embedder.forLatents(group, inputOf(stemmed, group), tokens);
              vectors.put(group, head.vectors(group, read, lengthsOf(stemmed, group), scope));
              shown.put(
                  group,
                  rowsOf(stemmed, group).stream()
                      .map(row -> shown(batch.get(row), group))
                      .toList());
            });
    return ContrastiveLoss.of(vectors, shown, parameters.get(LatentHead.SCALE), scope);
  }

  private static Shown shown(Sequence sequence, TokenGroup group) {
    return sequence.shown().entrySet().stream()
        .filter(each -> TokenGroup.of(each.getKey()) == group)
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Shown.NOTHING);
  }

  private static NDArray inputOf(Stemmed stemmed, TokenGroup group) {
    NDArray input = stemmed.inputs().get(group);
    if (input == null) {
      throw new IllegalStateException("No input of " + group);
    }
    return input;
  }

  private static List<Integer> rowsOf(Stemmed stemmed, TokenGroup group) {
    List<Integer> rows = stemmed.samples().get(group);
    return rows == null ? List.of() : rows;
  }

  private static int[] lengthsOf(Stemmed stemmed, TokenGroup group) {
    int[] lengths = stemmed.lengths().get(group);
    return lengths == null ? new int[0] : lengths;
  }

  /** Rows put where their samples are; samples without the group get zeros. */
  private static NDArray spread(NDArray rows, long[] source, NDManager scope) {
    Shape shape = rows.getShape();
    NDArray flat = rows.reshape(shape.get(0), shape.get(1) * shape.get(2));
    NDArray zero = scope.zeros(new Shape(1, shape.get(1) * shape.get(2)));
    NDArray padded = NDArrays.concat(new NDList(flat, zero), 0);
    return SparseExperts.rows(padded, scope.create(source))
        .reshape(source.length, shape.get(1), shape.get(2));
  }

  /** Weighted cross-entropy with label smoothing, from logits. */
  private NDArray loss(
      NDArray logits,
      List<Sequence> batch,
      List<Integer> rows,
      TokenGroup head,
      NDManager scope) {
    int findings = config.findings().size();
    float[] targets = new float[rows.size() * findings];
    float[] weights = new float[rows.size() * findings];
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      Sequence sequence = batch.get(rows.get(i));
      for (int f = 0; f < findings; f++) {
        targets[i * findings + f] =
            (float) (sequence.targets()[f] * (1 - SMOOTHING) + SMOOTHING / 2);
        float weight = asks(head, f) ? sequence.weights()[f] : 0;
        weights[i * findings + f] = weight;
        sum += weight;
      }
    }
    return CrossEntropy.of(logits, targets, weights, Math.max(1, sum), scope);
  }

  /** A stem's own head is asked only what its modality alone decides. */
  private boolean asks(TokenGroup head, int finding) {
    if (head == TokenGroup.QUERY) {
      return true;
    }
    Set<Modality> deciding =
        FindingCatalog.of(config.findings().get(finding)).profile().decidedBy();
    return deciding.size() == 1 && TokenGroup.of(deciding.iterator().next()) == head;
  }

  @Override
  public void close() {
    manager.close();
  }
}
