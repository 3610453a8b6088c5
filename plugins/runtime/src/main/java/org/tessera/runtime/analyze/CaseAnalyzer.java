package org.tessera.runtime.analyze;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.ModelSource;
import org.tessera.runtime.Pipeline;
import org.tessera.runtime.ResultIssue;

/**
 * One pipeline for everybody: one case at a time, in the order in which they came. The model is
 * opened with the first case. Safe for several threads.
 */
public final class CaseAnalyzer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final ModelSource source;
  private final int mostWaiting;
  private final Semaphore turn = new Semaphore(1, true);
  private final AtomicInteger present = new AtomicInteger();
  private @Nullable Pipeline pipeline;

  /**
   * An analyzer.
   *
   * @param mostWaiting how many may wait for their turn through {@link #enter}
   */
  public CaseAnalyzer(ModelSource source, int mostWaiting) {
    this.source = source;
    this.mostWaiting = mostWaiting;
  }

  /** A place among those that wait. */
  public final class Place implements AutoCloseable {
    private boolean left;

    @Override
    public void close() {
      if (!left) {
        left = true;
        present.decrementAndGet();
      }
    }
  }

  /**
   * Takes a place, for somebody who waits for the answer.
   *
   * @throws BusyException if all places are taken
   */
  public Place enter() throws BusyException {
    if (present.incrementAndGet() > mostWaiting + 1) {
      present.decrementAndGet();
      throw new BusyException("As many analyses are waiting as may wait; try again later.");
    }
    return new Place();
  }

  /** How many wait or are analysed. */
  public int present() {
    return present.get();
  }

  /** Analyses a case when its turn comes, as {@link Pipeline#analyze} does. */
  public CaseOutcome analyze(CaseRequest request, Path out, Consumer<String> stages)
      throws IOException, RejectedInputException, InterruptedException {
    return analyze(request, out, ResultIssue.first(), stages);
  }

  /** As the other one, under the circumstances of a service. */
  public CaseOutcome analyze(
      CaseRequest request, Path out, ResultIssue issue, Consumer<String> stages)
      throws IOException, RejectedInputException, InterruptedException {
    turn.acquire();
    try {
      Pipeline open = pipeline;
      if (open == null) {
        open = new Pipeline(source);
        pipeline = open;
      }
      return open.analyze(request, out, false, issue, stages);
    } catch (IOException | Error e) {
      // A model that could not be opened, or whose memory ran out, is opened anew.
      closeModel();
      throw e;
    } finally {
      turn.release();
    }
  }

  /** Closes the model, unless a case needs it longer than the process should wait for it. */
  @Override
  public void close() {
    try {
      if (turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        try {
          closeModel();
        } finally {
          turn.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeModel() {
    if (pipeline != null) {
      pipeline.close();
      pipeline = null;
    }
  }
}
