package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Architecture;
import org.tessera.omni.model.Initialization;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Safetensors;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.WorkerSide;

/**
 * {@code model}: the transformer's forward pass over a case of 512 embedded tokens of all
 * modalities, alone and eight at a time, against the matrix product of the same engine in the same
 * process, sparse against dense at equal active weights, and against PyTorch in Python with the
 * same weights. Weights and tokens are random but seeded: speed does not depend on what was
 * learned, except that a trained router may load experts unevenly.
 */
public final class ModelBench {
  static final int SIDE = 2048;
  static final int BATCH = 8;
  static final int TOKENS = 512;
  static final String CASES = "cases.safetensors";
  static final List<Architecture> COMPARED = List.of(Architecture.MOE_MOT, Architecture.DENSE);

  /** Tokens of a case; together 512. */
  static final Map<Modality, Integer> LAYOUT = new TreeMap<>();

  static {
    LAYOUT.put(Modality.RECORD, 64);
    LAYOUT.put(Modality.NOTE, 128);
    LAYOUT.put(Modality.IMAGE, 196);
    LAYOUT.put(Modality.SLIDE, 49);
    LAYOUT.put(Modality.AUDIO, 75);
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WARM_UPS = 3;
  private static final long SEED = 512;
  private static final double SAME = 1e-4;
  private static final String TORCH = "python3-torch";
  private static final double ROOF_GOAL = 0.6;
  private static final double SPARSE_GOAL = 1 / 1.15;

  private final Path work;
  private final Map<String, String> versions = new TreeMap<>();
  private final Map<String, String> workload = new TreeMap<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<Goal> goals = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param work an empty folder
   */
  public ModelBench(Path work) {
    this.work = work;
  }

  /** What is done, by both sides under the same number. */
  enum Task {
    ROOF("matrix product", 0, Architecture.DENSE),
    SPARSE_ONE("sparse, batch 1", 1, Architecture.MOE_MOT),
    SPARSE_EIGHT("sparse, batch 8", BATCH, Architecture.MOE_MOT),
    DENSE_ONE("dense, batch 1", 1, Architecture.DENSE),
    DENSE_EIGHT("dense, batch 8", BATCH, Architecture.DENSE);

    private final String label;
    private final int batch;
    private final Architecture architecture;

    Task(String label, int batch, Architecture architecture) {
      this.label = label;
      this.batch = batch;
      this.architecture = architecture;
    }

    int batch() {
      return batch;
    }

    Architecture architecture() {
      return architecture;
    }

    /** Operations of the task. */
    double operations() {
      return this == ROOF
          ? 2.0 * SIDE * SIDE * SIDE
          : (double) batch * ModelConfig.shipped().with(architecture).operations(TOKENS);
    }
  }

  static String weights(Architecture architecture) {
    return architecture.name().toLowerCase(Locale.ROOT) + ".safetensors";
  }

  static String part(int index, Modality modality) {
    return "case" + index + "." + modality.wireName();
  }

  /**
   * Runs it.
   *
   * @param pairs passes of each side
   */
  public BenchReport run(int pairs, Comparison.Listener listener) throws IOException {
    write();
    List<WorkerSide> peers = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    try (WorkerSide ours = new WorkerSide("tessera", java(), PATIENCE)) {
      versions.put(ours.name(), ours.version());
      try {
        WorkerSide torch = new WorkerSide(TORCH, python(), PATIENCE);
        peers.add(torch);
        versions.put(TORCH, torch.version());
      } catch (IOException e) {
        missing.add(TORCH);
      }
      Comparison comparison =
          Comparison.run(
              ours, peers, Task.values().length, ModelBench::same, WARM_UPS, pairs, listener);
      describe();
      ownFigures(comparison);
      peerFigures(comparison, peers);
      return new BenchReport("model", versions, workload, figures, goals, missing);
    } finally {
      peers.forEach(WorkerSide::close);
    }
  }

  private void write() throws IOException {
    for (Architecture architecture : COMPARED) {
      ModelConfig config = ModelConfig.shipped().with(architecture);
      Files.write(
          work.resolve(weights(architecture)),
          Safetensors.write(Initialization.of(config, SEED), false));
    }
    Random random = new Random(SEED);
    int width = ModelConfig.shipped().width();
    Map<String, Tensor> cases = new LinkedHashMap<>();
    for (int i = 0; i < BATCH; i++) {
      for (Map.Entry<Modality, Integer> each : LAYOUT.entrySet()) {
        float[] values = new float[each.getValue() * width];
        for (int j = 0; j < values.length; j++) {
          values[j] = (float) random.nextGaussian();
        }
        cases.put(
            part(i, each.getKey()), new Tensor(new long[] {each.getValue(), width}, values));
      }
    }
    Files.write(work.resolve(CASES), Safetensors.write(cases, false));
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Dai.djl.offline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Dai.djl.pytorch.num_threads=" + threads(),
        "-cp",
        System.getProperty("java.class.path"),
        ModelWorker.class.getName(),
        work.toString());
  }

  private List<String> python() throws IOException {
    ModelConfig config = ModelConfig.shipped();
    return List.of(
        PeerLibraries.python(),
        PeerLibraries.resource(work, "torch_worker.py").toString(),
        work.toString(),
        Integer.toString(threads()),
        Integer.toString(config.heads()),
        Integer.toString(config.layers()),
        Integer.toString(config.active()));
  }

  private void describe() {
    ModelConfig config = ModelConfig.shipped();
    StringBuilder tokens = new StringBuilder();
    LAYOUT.forEach(
        (modality, count) ->
            tokens.append(modality.wireName()).append(' ').append(count).append(' '));
    workload.put(
        "case",
        "%d embedded tokens (%s); stems are not in it"
            .formatted(TOKENS, tokens.toString().strip()));
    workload.put("model", config.with(Architecture.MOE_MOT).toString());
    workload.put("threads", threads() + " on both sides");
    workload.put(
        "roof",
        "fp32 matrix product (%d x %d) x (%d x %d) of the same engine, same process"
            .formatted(SIDE, SIDE, SIDE, SIDE));
    workload.put(
        "operations",
        "matrix products only, multiplication and addition counted as two; with n tokens, k = n + 1"
            + " keys, f findings, width w, hidden width h that a token passes, E experts: (L - 1)"
            + " layers of (k + f)(4ww + 4wh + 2wE) + 4kww + 4(k + f)kw, and a last one of"
            + " f(4ww + 4wh + 2wE) + 4kww + 4fkw; both sides leave out what nobody reads");
    workload.put("same", "logits within 1e-4");
  }

  private void ownFigures(Comparison comparison) {
    double roof = speed(comparison, Task.ROOF);
    workload.put("GFLOP/s, roof", rounded(roof));
    for (Task task : Task.values()) {
      if (task != Task.ROOF) {
        double speed = speed(comparison, task);
        workload.put(
            "GFLOP/s, " + task.label,
            "%s, %.0f %% of the roof".formatted(rounded(speed), 100 * speed / roof));
      }
    }
    goals.add(
        new Goal(
            "share of the matmul roof, batch 8",
            ROOF_GOAL,
            speed(comparison, Task.SPARSE_EIGHT) / roof));
    compare(comparison, Task.SPARSE_ONE, Task.DENSE_ONE);
    compare(comparison, Task.SPARSE_EIGHT, Task.DENSE_EIGHT);
  }

  /** Our sparse time beside our dense time. */
  private void compare(Comparison comparison, Task sparse, Task dense) {
    Figure mine = comparison.figure(sparse.label, List.of(sparse.ordinal()));
    Figure plain = comparison.figure(dense.label, List.of(dense.ordinal()));
    Figure both =
        new Figure(
            sparse.label + " against dense",
            mine.unit(),
            mine.ours(),
            new Figure.Peer("ours, dense, equal active weights", plain.ours()));
    figures.add(both);
    goals.add(
        new Goal(
            "dense time / sparse time, batch " + sparse.batch,
            SPARSE_GOAL,
            both.ratio().orElseThrow()));
  }

  private void peerFigures(Comparison comparison, List<WorkerSide> peers) {
    for (int peer = 0; peer < peers.size(); peer++) {
      workload.put(
          "different answers of " + peers.get(peer).name(),
          Integer.toString(comparison.different(peer).size()));
      for (int index : comparison.alike(peer)) {
        Task task = Task.values()[index];
        Figure figure = comparison.figure(task.label, peer, List.of(index));
        figures.add(figure);
        if (task.architecture == Architecture.MOE_MOT) {
          goals.add(
              new Goal(task.label + " against " + TORCH, 1, figure.ratio().orElseThrow()));
        }
      }
    }
    if (peers.isEmpty()) {
      for (Task task : Task.values()) {
        figures.add(comparison.figure(task.label, List.of(task.ordinal())));
      }
    }
  }

  /** In GFLOP per second, of the median time. */
  private static double speed(Comparison comparison, Task task) {
    double median = comparison.figure(task.label, List.of(task.ordinal())).ours().median();
    return task.operations() / median / 1e6;
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Shapes are the same, or numbers within 1e-4. */
  static boolean same(int task, String ours, String peers) {
    if (task == Task.ROOF.ordinal()) {
      return ours.equals(peers);
    }
    String[] mine = ours.split(" ", -1);
    String[] other = peers.split(" ", -1);
    if (mine.length != other.length) {
      return false;
    }
    for (int i = 0; i < mine.length; i++) {
      double difference = Math.abs(Double.parseDouble(mine[i]) - Double.parseDouble(other[i]));
      if (!(difference <= SAME)) {
        return false;
      }
    }
    return true;
  }
}
