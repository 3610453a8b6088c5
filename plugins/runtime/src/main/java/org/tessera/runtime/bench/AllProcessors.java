package org.tessera.runtime.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.bench.WorkerSide;

/**
 * The same tasks on all processors: ours in one process with a thread for each, a peer in a process
 * for each. The peer's time is that of the process that was busy longest, with nothing for handing
 * out the tasks; ours is from the first begin to the last end.
 */
final class AllProcessors {
  private AllProcessors() {}

  /**
   * Measures, ours and the peer's in turn.
   *
   * @param ours a process that does tasks together
   * @param peers processes of one peer
   * @param tasks that both sides have done before
   * @throws IOException if a side cannot do one of them any more
   */
  static Figure figure(
      String name,
      WorkerSide ours,
      List<WorkerSide> peers,
      List<Integer> tasks,
      int warmUps,
      int pairs)
      throws IOException {
    double[] mine = new double[pairs];
    double[] others = new double[pairs];
    for (int pass = -warmUps; pass < pairs; pass++) {
      double together = ours.timeTogether(tasks).orElseThrow(AllProcessors::unable) / 1e6;
      double busy = busiest(peers, tasks) / 1e6;
      if (pass >= 0) {
        mine[pass] = together;
        others[pass] = busy;
      }
    }
    String peer = "%s, %d processes".formatted(peers.getFirst().name(), peers.size());
    return new Figure(name, "ms", Spread.of(mine), new Figure.Peer(peer, Spread.of(others)));
  }

  private static long busiest(List<WorkerSide> sides, List<Integer> tasks) throws IOException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(sides.size())) {
      List<Future<Long>> busy = new ArrayList<>();
      for (WorkerSide side : sides) {
        busy.add(threads.submit(() -> busy(side, next, tasks)));
      }
      long most = 0;
      for (Future<Long> each : busy) {
        most = Math.max(most, each.get());
      }
      return most;
    } catch (ExecutionException e) {
      throw new IOException("A peer did not do its tasks.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while peers worked.", e);
    }
  }

  private static long busy(WorkerSide side, AtomicInteger next, List<Integer> tasks)
      throws IOException {
    long nanos = 0;
    for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
      nanos += side.time(tasks.get(i)).orElseThrow(AllProcessors::unable);
    }
    return nanos;
  }

  private static IOException unable() {
    return new IOException("A task that was done before was not done again.");
  }
}
