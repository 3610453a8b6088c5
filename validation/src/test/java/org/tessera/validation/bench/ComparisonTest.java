package org.tessera.validation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int TASKS = 4;

  /** What was asked of whom, in order. */
  private final List<String> asked = new ArrayList<>();

  private final Side ours = new Summing("ours", 1, Set.of(), Set.of());

  /** Adds numbers up, some times over; wrong at some tasks, unable to do others. */
  private final class Summing implements Side {
    private final String name;
    private final int times;
    private final Set<Integer> wrong;
    private final Set<Integer> unable;

    Summing(String name, int times, Set<Integer> wrong, Set<Integer> unable) {
      this.name = name;
      this.times = times;
      this.wrong = wrong;
      this.unable = unable;
    }

    @Override
    public String name() {
      return name;
    }

    private long sum(int task) {
      long sum = 0;
      for (int i = 0; i < times * 50_000; i++) {
        sum += (i % 50_000 ^ task) % 7;
      }
      return sum / times;
    }

    @Override
    public String answer(int task) {
      if (unable.contains(task)) {
        return "";
      }
      return Long.toString(sum(task) + (wrong.contains(task) ? 1 : 0));
    }

    @Override
    public OptionalLong time(int task) {
      asked.add(name + task);
      long before = System.nanoTime();
      String unused = answer(task);
      return OptionalLong.of(System.nanoTime() - before);
    }

    @Override
    public void close() {}
  }

  private Comparison compare(Side peer) throws IOException {
    return Comparison.run(
        ours,
        List.of(peer),
        TASKS,
        (task, mine, other) -> mine.equals(other),
        2,
        Comparison.FEWEST_PAIRS,
        (what, done, total) -> {});
  }

  @Test
  void bothSidesWorkInTurnAndOnlyWhereTheyAgree() throws IOException {
    Comparison comparison = compare(new Summing("peer", 1, Set.of(1), Set.of(2)));
    assertThat(comparison.answered()).containsExactly(0, 1, 2, 3);
    assertThat(comparison.alike(0)).containsExactly(0, 3);
    assertThat(comparison.different(0)).containsExactly(1);
    List<String> round = List.of("ours0", "ours1", "ours2", "ours3", "peer0", "peer3");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      expected.addAll(round);
    }
    assertThat(asked).isEqualTo(expected);
    assertThatThrownBy(() -> comparison.figure("all", 0, List.of(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPeerWithFortyTimesTheWorkIsSlower() throws IOException {
    Comparison comparison = compare(new Summing("peer", 40, Set.of(), Set.of()));
    Figure figure = comparison.figure("sum", 0, comparison.alike(0));
    Figure.Peer peer = Objects.requireNonNull(figure.peer());
    double ratio = figure.ratio().orElseThrow();
    assertThat(ratio).isEqualTo(peer.spread().median() / figure.ours().median()).isGreaterThan(4);
    assertThat(figure.ours().low()).isPositive().isLessThanOrEqualTo(figure.ours().median());
  }

  /** Takes ten milliseconds for each task in its first pass, then one. */
  private static final class Warming implements Side {
    private int times;

    @Override
    public String name() {
      return "warming";
    }

    @Override
    public String answer(int task) {
      return "same";
    }

    @Override
    public OptionalLong time(int task) {
      return OptionalLong.of(times++ < TASKS ? 10_000_000 : 1_000_000);
    }

    @Override
    public void close() {}
  }

  @Test
  void theFirstPassIsAFigureOfItsOwn() throws IOException {
    Comparison comparison =
        Comparison.run(
            new Warming(),
            List.of(new Warming()),
            TASKS,
            (task, mine, other) -> true,
            2,
            Comparison.FEWEST_PAIRS,
            (what, done, total) -> {});
    List<Integer> tasks = comparison.alike(0);
    Figure warm = comparison.figure("warm", 0, tasks);
    Figure first = comparison.firstPass("first", 0, tasks);
    assertThat(warm.ours()).isEqualTo(Spread.of(TASKS));
    assertThat(Objects.requireNonNull(warm.peer()).spread()).isEqualTo(Spread.of(TASKS));
    assertThat(first.ours()).isEqualTo(Spread.of(10 * TASKS));
    assertThat(Objects.requireNonNull(first.peer()).spread()).isEqualTo(Spread.of(10 * TASKS));
  }

  @Test
  void fewerThanFivePairsAreRefused() {
    assertThatThrownBy(
            () ->
                Comparison.run(
                    ours, List.of(), 1, (task, a, b) -> true, 0, 4, (what, done, total) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** At task 1 the process dies, at task 2 it is silent. */
  @Test
  void aProcessThatDiesOrHangsIsStartedAgain() throws IOException {
    String script =
        "echo ready sh 1; while read what task; do case $task in"
            + " 1) exit 3;; 2) read nothing;; *) echo $((task * 2));; esac; done";
    List<String> command = List.of("sh", "-c", script);
    try (WorkerSide side = new WorkerSide("sh", command, Duration.ofSeconds(3))) {
      assertThat(side.version()).isEqualTo("sh 1");
      List<String> answers = new ArrayList<>();
      for (int task = 0; task < TASKS; task++) {
        answers.add(side.answer(task));
      }
      assertThat(answers).containsExactly("0", "", "", "6");
      assertThat(side.restarts()).isEqualTo(2);
      assertThat(side.time(3)).hasValue(6);
      assertThat(side.time(1)).isEmpty();
    }
  }

  @Test
  void aProcessThatNeverComesUpIsNoPeer() {
    List<String> command = List.of("sh", "-c", "exit 1");
    assertThatThrownBy(() -> new WorkerSide("sh", command, Duration.ofSeconds(3)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theReportHasTheFieldsOfTheContract() throws IOException {
    Comparison comparison = compare(new Summing("peer", 2, Set.of(), Set.of()));
    Figure figure = comparison.figure("sum", 0, comparison.alike(0));
    BenchReport report =
        new BenchReport(
            "sums",
            Map.of("ours", "1"),
            Map.of("tasks", "4"),
            List.of(figure, comparison.figure("sum against absent", comparison.answered())),
            List.of(new Goal("sum", 1000, figure.ratio().orElseThrow())),
            List.of("absent"));
    JsonNode root = new ObjectMapper().readTree(report.json());
    assertThat(names(root))
        .containsExactlyInAnyOrder(
            "name", "machine", "versions", "workload", "figures", "goals", "missing");
    JsonNode first = root.path("figures").path(0);
    assertThat(names(first)).containsExactlyInAnyOrder("name", "unit", "ours", "peer", "ratio");
    assertThat(names(first.path("ours"))).containsExactlyInAnyOrder("median", "low", "high");
    assertThat(names(first.path("peer")))
        .containsExactlyInAnyOrder("name", "median", "low", "high");
    JsonNode alone = root.path("figures").path(1);
    assertThat(names(alone)).containsExactlyInAnyOrder("name", "unit", "ours", "peer", "ratio");
    assertThat(alone.path("peer").isNull()).isTrue();
    assertThat(alone.path("ratio").isNull()).isTrue();
    assertThat(names(root.path("goals").path(0)))
        .containsExactlyInAnyOrder("name", "goal", "value", "met");
    assertThat(root.path("goals").path(0).path("met").booleanValue()).isFalse();
    assertThat(root.path("missing").path(0).asText()).isEqualTo("absent");
    assertThat(report.table()).contains("missing: absent").contains("| sum against absent, ms |");
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
