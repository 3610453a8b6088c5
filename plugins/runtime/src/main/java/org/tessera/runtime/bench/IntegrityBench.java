package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.Trial;
import org.tessera.omni.model.BitFlips;
import org.tessera.omni.model.ComputationFaultException;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelStore;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;
import org.tessera.runtime.StudyCases;
import org.tessera.runtime.StudyCases.StudyCase;
import org.tessera.runtime.WorkListener;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.gate.GateShare;
import org.tessera.validation.phantom.PhantomCase;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/**
 * {@code integrity}: single bits are turned over in the model's memory, and it is counted how many
 * of those that move a probability by more than 0.01 are noticed by the checks that end every case:
 * bits of weights, of the embeddings between stems and transformer, of the logits, and of numbers
 * within the pass that are right again afterwards. As many clean runs say how often the checks
 * raise a false alarm. The bits of a number take turns, its place is drawn.
 */
public final class IntegrityBench {
  private static final long SEED = 20_261_208;
  private static final int BITS = 32;
  private static final int SIGN = 31;
  private static final int LOWEST_OF_EXPONENT = 23;
  private static final double MOVED = 0.01;
  private static final double LEAST_NOTICED = 0.99;

  private final Random random = new Random(SEED);
  private final EmbeddedModel model;
  private final BitFlips flips;
  private final StudyCase read;
  private final EncodedCase encoded;
  private final float[] clean;
  private final Map<String, List<Flip>> all = new TreeMap<>();

  private IntegrityBench(EmbeddedModel model, StudyCase read) {
    this.model = model;
    this.read = read;
    this.flips = new BitFlips(model);
    this.encoded = model.encode(read.sequence());
    this.clean = answer(encoded);
  }

  /**
   * What a bit did.
   *
   * @param bit 31 the sign, 30 to 23 the exponent
   * @param moves whether a probability moved by more than 0.01, or became none
   */
  private record Flip(int bit, boolean moves, boolean noticed) {
    boolean isSignOrExponent() {
      return bit >= LOWEST_OF_EXPONENT;
    }
  }

  /** Something that is changed and held against the checks. */
  private interface Fault {
    /** Turns the bit over, answers the case and lets the checks look. */
    Flip with(int bit);
  }

  /**
   * Runs it on the first case of a test world.
   *
   * @param folder of the model; empty for the one that ships
   * @param work an empty folder
   * @param count bits of each kind, and clean runs, {@code >= 1}
   */
  public static BenchReport run(
      Optional<Path> folder, Path work, int count, WorkListener listener)
      throws IOException, RejectedInputException {
    ModelBundle bundle =
        folder.isPresent() ? ModelStore.bundle(folder.get()) : ModelStore.shippedBundle();
    PhantomCase drawn = new PhantomGenerator(SEED, PhantomWorld.TEST).generate(0);
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      return new IntegrityBench(model, new StudyCases(work).read(drawn)).run(count, listener);
    }
  }

  private BenchReport run(int count, WorkListener listener) {
    List<BitFlips.Target> targets = flips.weights();
    long numbers = targets.stream().mapToLong(BitFlips.Target::size).sum();
    repeat("weights", count, listener, bit -> weight(drawn(targets, numbers), bit));
    List<BitFlips.Target> used = flips.ofAnswers();
    long usedNumbers = used.stream().mapToLong(BitFlips.Target::size).sum();
    repeat("within the pass", count, listener, bit -> passing(drawn(used, usedNumbers), bit));
    repeat("embeddings", count, listener, this::embedding);
    repeat("logits", count, listener, this::logit);
    int alarms = 0;
    for (int i = 0; i < count; i++) {
      listener.at("clean runs", i, count);
      alarms += noticed(encoded, answer(encoded)) ? 1 : 0;
    }
    return report(count, numbers, alarms);
  }

  private void repeat(String kind, int count, WorkListener listener, Fault fault) {
    List<Flip> done = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      listener.at(kind, i, count);
      done.add(fault.with(i % BITS));
    }
    all.put(kind, done);
  }

  /** An array, each as likely as it has numbers. */
  private BitFlips.Target drawn(List<BitFlips.Target> targets, long numbers) {
    long at = random.nextLong(numbers);
    for (BitFlips.Target target : targets) {
      at -= target.size();
      if (at < 0) {
        return target;
      }
    }
    throw new IllegalStateException("The model has no weights.");
  }

  private Flip weight(BitFlips.Target target, int bit) {
    int element = random.nextInt((int) target.size());
    flips.weight(target, element, bit);
    try {
      EncodedCase changed = model.encode(read.sequence());
      float[] answer = answer(changed);
      return new Flip(bit, moves(answer), noticed(changed, answer));
    } finally {
      flips.weight(target, element, bit);
    }
  }

  /** A number that is wrong while the answer is computed, and right again when the checks look. */
  private Flip passing(BitFlips.Target target, int bit) {
    int element = random.nextInt((int) target.size());
    float[] answer;
    flips.weight(target, element, bit);
    try {
      answer = answer(encoded);
    } finally {
      flips.weight(target, element, bit);
    }
    return new Flip(bit, moves(answer), noticed(encoded, answer));
  }

  private Flip embedding(int bit) {
    float[] numbers = encoded.embeddings().clone();
    int element = random.nextInt(numbers.length);
    numbers[element] = turned(numbers[element], bit);
    EncodedCase changed = new EncodedCase(encoded.tokens(), numbers, encoded.width());
    float[] answer = answer(changed);
    return new Flip(bit, moves(answer), noticed(changed, answer));
  }

  private Flip logit(int bit) {
    float[] answer = clean.clone();
    int finding = random.nextInt(answer.length);
    answer[finding] = turned(answer[finding], bit);
    return new Flip(bit, moves(answer), noticed(encoded, answer));
  }

  private static float turned(float value, int bit) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ 1 << bit);
  }

  private float[] answer(EncodedCase changed) {
    return model.logits(List.of(Pass.whole(changed)))[0];
  }

  private boolean moves(float[] answer) {
    for (int i = 0; i < answer.length; i++) {
      if (!(Math.abs(probability(answer[i]) - probability(clean[i])) <= MOVED)) {
        return true;
      }
    }
    return false;
  }

  private static double probability(float logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private boolean noticed(EncodedCase used, float[] answer) {
    TokenSequence sequence = read.sequence();
    try {
      model.verify(Pass.whole(used), answer);
      model.verify(sequence, used);
      return false;
    } catch (ComputationFaultException e) {
      return true;
    }
  }

  private BenchReport report(int count, long numbers, int alarms) {
    Map<String, String> workload = new TreeMap<>();
    workload.put("case", encoded.tokens().size() + " tokens of a phantom");
    workload.put("numbers of the weights, both ways to compute", String.valueOf(numbers));
    workload.put(
        "not covered", "bits that turn within a pass of another check, or in its gradients");
    List<Goal> goals = new ArrayList<>();
    all.forEach(
        (kind, done) -> {
          List<Flip> moving = done.stream().filter(Flip::moves).toList();
          List<Flip> asked = moving.stream().filter(Flip::isSignOrExponent).toList();
          workload.put(kind + ": bits turned over", String.valueOf(done.size()));
          workload.put(kind + ": noticed, of all", share(done));
          workload.put(kind + ": noticed, of those that move a probability", share(moving));
          workload.put(kind + ": noticed, of these, sign", share(of(asked, true)));
          workload.put(kind + ": noticed, of these, exponent", share(of(asked, false)));
          if (!asked.isEmpty()) {
            goals.add(
                new Goal(
                    kind + ", sign and exponent bits that move a probability, noticed",
                    LEAST_NOTICED,
                    (double) asked.stream().filter(Flip::noticed).count() / asked.size()));
          }
        });
    workload.put("clean runs", "%d false alarms of %d".formatted(alarms, count));
    goals.add(new Goal("clean runs without an alarm", 1, 1 - (double) alarms / count));
    return new BenchReport(
        "integrity",
        Map.of("model", model.card().name() + " " + model.card().sha256().orElse("")),
        workload,
        List.of(cost()),
        goals,
        List.of());
  }

  private static List<Flip> of(List<Flip> flips, boolean sign) {
    return flips.stream().filter(each -> each.bit() == SIGN == sign).toList();
  }

  private static String share(List<Flip> flips) {
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < flips.size(); i++) {
      apart.add(String.valueOf(i));
    }
    return GateShare.of(flips.stream().map(Flip::noticed).toList(), apart).text();
  }

  /** Time of the checks beside the whole trial of the case that they belong to. */
  private Figure cost() {
    Trial trial = new Trial();
    trial.judge(read.patientCase(), read.sequence(), model);
    double[] checks = new double[5];
    double[] whole = new double[checks.length];
    for (int i = 0; i < checks.length; i++) {
      long began = System.nanoTime();
      noticed(encoded, clean);
      checks[i] = (System.nanoTime() - began) / 1e6;
      began = System.nanoTime();
      trial.judge(read.patientCase(), read.sequence(), model);
      whole[i] = (System.nanoTime() - began) / 1e6;
    }
    return new Figure(
        "checks of the computation",
        "ms",
        Spread.of(checks),
        new Figure.Peer("whole trial of the case, checks in it", Spread.of(whole)));
  }
}
