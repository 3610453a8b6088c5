package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;

/**
 * The passes of one case. A pass that several findings or checks ask for is run once; everything
 * that is waiting runs as one batch.
 *
 * <p>Two passes are the same if they remove the same tokens of the same encoding (by identity).
 */
final class PassLedger {
  private static final int STEP = 32;

  private final OmniModel model;
  private final Map<EncodedCase, Map<BitSet, Integer>> known = new IdentityHashMap<>();
  private final List<Pass> passes = new ArrayList<>();
  private final List<float[]> answers = new ArrayList<>();

  PassLedger(OmniModel model) {
    this.model = model;
  }

  /** Notes a pass and returns its number. */
  int add(Pass pass) {
    return known
        .computeIfAbsent(pass.encoded(), ignored -> new HashMap<>())
        .computeIfAbsent(
            (BitSet) pass.removed().clone(),
            ignored -> {
              passes.add(pass);
              return passes.size() - 1;
            });
  }

  /** Notes passes and returns their numbers, in the same order. */
  int[] addAll(List<Pass> wanted) {
    return wanted.stream().mapToInt(this::add).toArray();
  }

  /** Runs what has not been run yet, as one batch. */
  void run() {
    run(() -> {});
  }

  /**
   * Runs what has not been run yet, {@value #STEP} passes at a time.
   *
   * @param after called after each step, when the answers so far can be read
   */
  void run(Runnable after) {
    while (answers.size() < passes.size()) {
      int to = Math.min(passes.size(), answers.size() + STEP);
      answers.addAll(
          List.of(model.logits(List.copyOf(passes.subList(answers.size(), to)))));
      after.run();
    }
  }

  /** True if all these passes were run. */
  boolean answered(int[] numbers) {
    return IntStream.of(numbers).allMatch(number -> number < answers.size());
  }

  /** The answers of a finding to the given passes, in their order. */
  double[] logits(int[] numbers, int finding) {
    double[] logits = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      logits[i] = answers.get(numbers[i])[finding];
    }
    return logits;
  }

  /** The answer to one pass, of all findings. */
  float[] answer(int number) {
    return answers.get(number);
  }

  /** Number of different passes. */
  int size() {
    return passes.size();
  }
}
