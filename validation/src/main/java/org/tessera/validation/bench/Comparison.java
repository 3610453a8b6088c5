package org.tessera.validation.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two or more sides at the same tasks, A B A B after warm-up. Only tasks to which a peer gave the
 * same answer as ours are compared with it.
 */
public final class Comparison {
  /** Fewer pairs than this tell nothing about the spread. */
  public static final int FEWEST_PAIRS = 5;

  private final Side ours;
  private final List<Side> peers;
  private final List<List<Integer>> alike = new ArrayList<>();
  private final List<String> oursAnswers;
  private final List<List<String>> peerAnswers = new ArrayList<>();
  private final List<long[]> oursPasses = new ArrayList<>();
  private final List<List<long[]>> peerPasses = new ArrayList<>();

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
  }

  /**
   * Asks for the answers, then measures.
   *
   * @param warmUps passes that are not counted
   * @param pairs passes that are, at least {@link #FEWEST_PAIRS}
   */
  public static Comparison run(
      Side ours, List<Side> peers, Sameness sameness, int warmUps, int pairs, Listener listener)
      throws IOException {
    if (pairs < FEWEST_PAIRS) {
      throw new IllegalArgumentException("At least %d pairs.".formatted(FEWEST_PAIRS));
    }
    listener.at("answers of " + ours.name(), 0, 0);
    Comparison comparison = new Comparison(ours, peers, ours.answers());
    for (Side peer : peers) {
      listener.at("answers of " + peer.name(), 0, 0);
      comparison.check(peer, sameness);
    }
    for (int i = 0; i < warmUps + pairs; i++) {
      comparison.round(i >= warmUps);
      listener.at("pass", i + 1L, warmUps + pairs);
    }
    return comparison;
  }

  private void check(Side peer, Sameness sameness) throws IOException {
    List<String> answers = peer.answers();
    if (answers.size() != oursAnswers.size()) {
      throw new IOException(
          "%s answered %d of %d tasks."
              .formatted(peer.name(), answers.size(), oursAnswers.size()));
    }
    List<Integer> same = new ArrayList<>();
    for (int task = 0; task < answers.size(); task++) {
      String mine = oursAnswers.get(task);
      String other = answers.get(task);
      if (!mine.isEmpty() && !other.isEmpty() && sameness.same(task, mine, other)) {
        same.add(task);
      }
    }
    alike.add(List.copyOf(same));
    peerAnswers.add(List.copyOf(answers));
    peerPasses.add(new ArrayList<>());
  }

  private void round(boolean counted) throws IOException {
    long[] mine = ours.pass();
    if (counted) {
      oursPasses.add(mine);
    }
    for (int i = 0; i < peers.size(); i++) {
      long[] other = peers.get(i).pass();
      if (counted) {
        peerPasses.get(i).add(other);
      }
    }
  }

  /** Tasks that a peer answered like us. */
  public List<Integer> alike(int peer) {
    return alike.get(peer);
  }

  /** Tasks that both answered, but differently: they are not compared. */
  public List<Integer> different(int peer) {
    List<String> answers = peerAnswers.get(peer);
    return IntStream.range(0, answers.size())
        .filter(task -> !oursAnswers.get(task).isEmpty() && !answers.get(task).isEmpty())
        .filter(task -> !alike.get(peer).contains(task))
        .boxed()
        .toList();
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
        peers.get(peer).name(),
        milliseconds(peerPasses.get(peer), tasks));
  }

  private static Spread milliseconds(List<long[]> passes, Collection<Integer> tasks) {
    return Spread.of(
        passes.stream()
            .mapToDouble(pass -> tasks.stream().mapToLong(task -> pass[task]).sum() / 1e6)
            .toArray());
  }
}
