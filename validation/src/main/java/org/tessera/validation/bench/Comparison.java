package org.tessera.validation.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Two or more sides at the same tasks, A B A B every few tasks, after warm-up. A peer is measured
 * only at tasks to which it gave the same answer as we did.
 */
public final class Comparison {
  /** Tasks that a side does before it is another one's turn. */
  private static final int TURN = 16;

  /** Fewer pairs than this tell nothing about the spread. */
  public static final int FEWEST_PAIRS = 5;

  private final Side ours;
  private final List<Side> peers;
  private final List<String> oursAnswers;
  private final List<Set<Integer>> alike = new ArrayList<>();
  private final List<List<Integer>> different = new ArrayList<>();
  private final Set<Integer> answered;
  private final List<Map<Integer, Long>> oursPasses = new ArrayList<>();
  private final List<List<Map<Integer, Long>>> peerPasses = new ArrayList<>();
  private Map<Integer, Long> oursFirst = Map.of();
  private final List<Map<Integer, Long>> peersFirst = new ArrayList<>();

  /** Tells whether two answers to a task, neither of them empty, are the same. */
  public interface Sameness {
    boolean same(int task, String ours, String peers) throws IOException;
  }

  /** Told how far it is. */
  public interface Listener {
    void at(String what, long done, long total);
  }

  private Comparison(Side ours, List<Side> peers, List<String> oursAnswers) {
    this.ours = ours;
    this.peers = List.copyOf(peers);
    this.oursAnswers = List.copyOf(oursAnswers);
    answered = new TreeSet<>();
    IntStream.range(0, oursAnswers.size())
        .filter(task -> !oursAnswers.get(task).isEmpty())
        .forEach(answered::add);
  }

  /**
   * Asks for the answers, then measures.
   *
   * @param tasks how many there are
   * @param warmUps passes that are not counted
   * @param pairs passes that are, at least {@link #FEWEST_PAIRS}
   */
  public static Comparison run(
      Side ours,
      List<? extends Side> peers,
      int tasks,
      Sameness sameness,
      int warmUps,
      int pairs,
      Listener listener)
      throws IOException {
    if (pairs < FEWEST_PAIRS) {
      throw new IllegalArgumentException("At least %d pairs.".formatted(FEWEST_PAIRS));
    }
    List<Side> others = List.copyOf(peers);
    Comparison comparison = new Comparison(ours, others, answers(ours, tasks, listener));
    for (Side peer : others) {
      comparison.check(answers(peer, tasks, listener), sameness);
    }
    for (int i = 0; i < warmUps + pairs; i++) {
      comparison.round(i >= warmUps);
      listener.at("pass", i + 1L, warmUps + pairs);
    }
    return comparison;
  }

  private static List<String> answers(Side side, int tasks, Listener listener)
      throws IOException {
    listener.at("answers of " + side.name(), 0, 0);
    List<String> answers = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      answers.add(side.answer(task));
    }
    return answers;
  }

  private void check(List<String> answers, Sameness sameness) throws IOException {
    Set<Integer> same = new TreeSet<>();
    List<Integer> other = new ArrayList<>();
    for (int task : answered) {
      String answer = answers.get(task);
      if (answer.isEmpty()) {
        continue;
      }
      if (sameness.same(task, oursAnswers.get(task), answer)) {
        same.add(task);
      } else {
        other.add(task);
      }
    }
    alike.add(same);
    different.add(List.copyOf(other));
    peerPasses.add(new ArrayList<>());
  }

  /** One pass of every side; they take turns after a few tasks, so that all meet the same load. */
  private void round(boolean counted) throws IOException {
    Map<Integer, Long> mine = new HashMap<>();
    List<Map<Integer, Long>> others = new ArrayList<>();
    peers.forEach(peer -> others.add(new HashMap<>()));
    for (int from = 0; from < oursAnswers.size(); from += TURN) {
      mine.putAll(pass(ours, answered, from));
      for (int i = 0; i < peers.size(); i++) {
        alike.get(i).retainAll(answered);
        others.get(i).putAll(pass(peers.get(i), alike.get(i), from));
      }
    }
    if (peersFirst.isEmpty()) {
      oursFirst = mine;
      peersFirst.addAll(others);
    }
    if (counted) {
      oursPasses.add(mine);
      for (int i = 0; i < peers.size(); i++) {
        peerPasses.get(i).add(others.get(i));
      }
    }
  }

  /** Times tasks; one that cannot be done any more is taken out of them. */
  private static Map<Integer, Long> pass(Side side, Set<Integer> tasks, int from)
      throws IOException {
    Map<Integer, Long> times = new HashMap<>();
    for (int task = from; task < from + TURN; task++) {
      if (!tasks.contains(task)) {
        continue;
      }
      OptionalLong nanos = side.time(task);
      if (nanos.isPresent()) {
        times.put(task, nanos.getAsLong());
      } else {
        tasks.remove(task);
      }
    }
    return times;
  }

  /** Tasks that we did. */
  public List<Integer> answered() {
    return List.copyOf(answered);
  }

  /** Tasks that a peer answered like us. */
  public List<Integer> alike(int peer) {
    return List.copyOf(alike.get(peer));
  }

  /** Tasks that both answered, but differently: they are not compared. */
  public List<Integer> different(int peer) {
    return different.get(peer);
  }

  /**
   * Milliseconds for some tasks together, ours and a peer's.
   *
   * @param tasks all of them answered alike
   * @throws IllegalArgumentException if there are none, or one that was not answered alike
   */
  public Figure figure(String name, int peer, Collection<Integer> tasks) {
    if (tasks.isEmpty() || !alike.get(peer).containsAll(tasks)) {
      throw new IllegalArgumentException("Speed is compared only where the answers are the same.");
    }
    return new Figure(
        name,
        "ms",
        milliseconds(oursPasses, tasks),
        new Figure.Peer(peers.get(peer).name(), milliseconds(peerPasses.get(peer), tasks)));
  }

  /**
   * The same of the first pass alone, which the warm-up begins with: what compilers of a process
   * have not seen often yet is slower in it.
   */
  public Figure firstPass(String name, int peer, Collection<Integer> tasks) {
    return new Figure(
        name,
        "ms",
        milliseconds(List.of(oursFirst), tasks),
        new Figure.Peer(
            peers.get(peer).name(), milliseconds(List.of(peersFirst.get(peer)), tasks)));
  }

  /**
   * Milliseconds for some tasks together, ours alone, where there is no peer.
   *
   * @param tasks all of them done by us
   * @throws IllegalArgumentException if there are none, or one that we did not do
   */
  public Figure figure(String name, Collection<Integer> tasks) {
    if (tasks.isEmpty() || !answered.containsAll(tasks)) {
      throw new IllegalArgumentException("Only what was done has a speed.");
    }
    return new Figure(name, "ms", milliseconds(oursPasses, tasks), null);
  }

  private static Spread milliseconds(
      List<Map<Integer, Long>> passes, Collection<Integer> tasks) {
    return Spread.of(
        passes.stream()
            .mapToDouble(
                pass -> tasks.stream().mapToLong(task -> pass.getOrDefault(task, 0L)).sum() / 1e6)
            .toArray());
  }
}
