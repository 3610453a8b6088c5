package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.search.ExhaustiveSearch;
import org.tessera.omni.search.LatentEntry;
import org.tessera.omni.search.LatentIndex;
import org.tessera.omni.search.LatentIndexWriter;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Side;

/**
 * {@code retrieve}: the ten nearest of 100,000 latents by the index, against the exhaustive search
 * with the same arithmetic, one thread each, in one process. The index approximates: its recall is
 * a goal of its own, and a query is timed if at least nine of its ten answers are the exact ones.
 *
 * <p>Latents are drawn, since no data set here has so many cases: {@value #CENTRES} centres on the
 * sphere, around each of them latents whose cosine to it is about 0.8.
 */
public final class RetrieveBench {
  private static final int QUERIES = 400;
  private static final int CENTRES = 2_000;
  private static final double SPREAD = 0.75;
  private static final int NEAREST = 10;
  private static final int CANDIDATES = 16;
  private static final int ENOUGH = 9;
  private static final int WARM_UPS = 10;
  private static final double RECALL = 0.95;
  private static final double SPEED = 20;

  private final Path work;
  private final int count;

  /**
   * Prepares it.
   *
   * @param work an empty folder for the index
   * @param count how many latents
   */
  public RetrieveBench(Path work, int count) {
    this.work = work;
    this.count = count;
  }

  /**
   * Runs it.
   *
   * @param pairs passes of each side
   */
  public BenchReport run(int pairs, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    listener.at("latents", 0, 0);
    Drawn drawn = new Drawn(20_261_124);
    List<float[]> latents = drawn.latents(count);
    List<float[]> queries = drawn.latents(QUERIES);
    listener.at("index", 0, 0);
    long began = System.nanoTime();
    write(latents);
    double seconds = (System.nanoTime() - began) / 1e9;
    ExhaustiveSearch exhaustive = new ExhaustiveSearch(latents);
    try (LatentIndex index = LatentIndex.open(work)) {
      Side ours = new Searching("index (HNSW)", queries, RetrieveBench.walk(index));
      Side peer = new Searching("exhaustive search", queries, exhaustive::positions);
      Comparison comparison =
          Comparison.run(
              ours, List.of(peer), QUERIES, RetrieveBench::same, WARM_UPS, pairs, listener);
      double recall = recall(index, exhaustive, queries);
      return report(comparison, recall, seconds);
    }
  }

  private void write(List<float[]> latents) throws IOException, RejectedInputException {
    try (LatentIndexWriter writer = LatentIndexWriter.create(work, "drawn")) {
      for (int i = 0; i < latents.size(); i++) {
        writer.add(
            new LatentEntry("drawn" + i, "drawn", "none", Modality.IMAGE, Map.of()),
            latents.get(i));
      }
      writer.commit();
    }
  }

  private static Search walk(LatentIndex index) {
    return (vector, k) -> index.positions(vector, k, CANDIDATES);
  }

  private static double recall(
      LatentIndex index, ExhaustiveSearch exhaustive, List<float[]> queries) throws IOException {
    long found = 0;
    for (float[] query : queries) {
      found +=
          shared(
              index.positions(query, NEAREST, CANDIDATES), exhaustive.positions(query, NEAREST));
    }
    return (double) found / NEAREST / queries.size();
  }

  private static long shared(int[] some, int[] others) {
    return Arrays.stream(some)
        .filter(each -> Arrays.stream(others).anyMatch(other -> other == each))
        .count();
  }

  private static boolean same(int task, String ours, String peers) {
    return shared(numbers(ours), numbers(peers)) >= ENOUGH;
  }

  private static int[] numbers(String answer) {
    return Arrays.stream(answer.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private BenchReport report(Comparison comparison, double recall, double seconds) {
    Map<String, String> workload = new TreeMap<>();
    workload.put(
        "latents",
        "%,d of %d numbers, drawn around %,d centres".formatted(count, LatentIndex.SIZE, CENTRES));
    workload.put("queries", QUERIES + " others of the same kind, the ten nearest");
    workload.put(
        "not timed",
        comparison.different(0).size() + " queries with fewer than nine exact answers");
    workload.put(
        "index", String.format(Locale.ROOT, "written once in %.1f s, one segment", seconds));
    workload.put(
        "candidates",
        "%d; the search command keeps %d".formatted(CANDIDATES, LatentIndex.CANDIDATES));
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    workload.put("vector instructions", vectors ? "both sides" : "neither side");
    workload.put("recall@10", String.format(Locale.ROOT, "%.4f against exhaustive", recall));
    List<Figure> figures = new ArrayList<>();
    List<Goal> goals = new ArrayList<>(List.of(new Goal("recall@10", RECALL, recall)));
    List<Integer> alike = comparison.alike(0);
    if (!alike.isEmpty()) {
      Figure figure = comparison.figure(alike.size() + " queries", 0, alike);
      figures.add(figure);
      goals.add(new Goal("speed against exhaustive", SPEED, figure.ratio().orElseThrow()));
    }
    Map<String, String> versions =
        Map.of("Lucene", LatentIndex.engine());
    return new BenchReport("retrieve", versions, workload, figures, goals, List.of());
  }

  /** Latents of length 1 around centres; the same seed, the same latents. */
  private static final class Drawn {
    private final SplittableRandom random;
    private final List<float[]> centres = new ArrayList<>();

    Drawn(long seed) {
      random = new SplittableRandom(seed);
      for (int i = 0; i < CENTRES; i++) {
        centres.add(unit(new float[LatentIndex.SIZE], 1));
      }
    }

    List<float[]> latents(int count) {
      List<float[]> latents = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        latents.add(unit(centres.get(random.nextInt(CENTRES)), SPREAD));
      }
      return latents;
    }

    private float[] unit(float[] centre, double spread) {
      float[] vector = new float[LatentIndex.SIZE];
      double squares = 0;
      double each = spread / Math.sqrt(LatentIndex.SIZE);
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (centre[i] + each * random.nextGaussian());
        squares += (double) vector[i] * vector[i];
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      return vector;
    }
  }

  /** Finds positions. */
  private interface Search {
    int[] positions(float[] vector, int k) throws IOException;
  }

  private record Searching(String name, List<float[]> queries, Search search) implements Side {
    @Override
    public String answer(int task) throws IOException {
      return Arrays.stream(search.positions(queries.get(task), NEAREST))
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(","));
    }

    @Override
    public OptionalLong time(int task) throws IOException {
      long began = System.nanoTime();
      search.positions(queries.get(task), NEAREST);
      return OptionalLong.of(System.nanoTime() - began);
    }

    @Override
    public void close() {}
  }
}
