package org.tessera.dicom.codec.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tessera.casemodel.RejectedInputException;

/**
 * A bounded number of children, started when first needed, used again, and ended after a time
 * without work. A child that ends, hangs or answers nonsense costs the frame that it was given, and
 * nothing else: the next frame gets a fresh one. Safe for several threads, which wait for a turn.
 */
final class DecoderPool {
  /** Used by all decoders of the process. */
  static final DecoderPool SHARED =
      new DecoderPool(
          Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 2),
          ChildProcess.command(1_536L << 20),
          Duration.ofSeconds(30));

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "decoder-clock");
            thread.setDaemon(true);
            return thread;
          });

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final int most;
  private final Semaphore turns;
  private final List<String> command;
  private final Duration longestIdle;
  private final Deque<ChildProcess> idle = new ArrayDeque<>();

  /**
   * A pool of its own.
   *
   * @param most children at a time
   * @param command starts one
   * @param longestIdle after which a child without work ends
   */
  DecoderPool(int most, List<String> command, Duration longestIdle) {
    this.most = most;
    this.turns = new Semaphore(most);
    this.command = command;
    this.longestIdle = longestIdle;
  }

  /** A request and the reading of its answer. */
  interface Exchange {
    /** Writes the request. */
    void ask(ChildProcess child, DataOutputStream out) throws IOException, RejectedInputException;

    /** Bytes of the answer. */
    long expected();
  }

  /**
   * Has a frame decoded.
   *
   * @param codec named in sentences
   * @param limit after which the child is killed
   * @param video that the child should already keep, or 0
   * @return the bytes of the answer
   * @throws RejectedInputException if the child refuses, ends, or does not answer in time
   */
  byte[] decode(String codec, Duration limit, long video, Exchange exchange)
      throws RejectedInputException {
    turns.acquireUninterruptibly();
    try {
      ChildProcess child = take(video);
      // Threads that share a core only get in each other's way.
      child.processors = Math.max(1, PROCESSORS / (most - turns.availablePermits()));
      AtomicBoolean late = new AtomicBoolean();
      Future<?> alarm =
          CLOCK.schedule(
              () -> {
                late.set(true);
                child.kill();
              },
              limit.toMillis(),
              TimeUnit.MILLISECONDS);
      boolean usable = false;
      try {
        exchange.ask(child, child.requests);
        child.requests.flush();
        byte[] answer = answer(child.answers, exchange.expected());
        usable = true;
        return answer;
      } catch (Refusal e) {
        usable = true;
        throw new RejectedInputException(e.sentence());
      } catch (IOException e) {
        throw new RejectedInputException(
            late.get()
                ? "The decoder for %s took longer than %d seconds and was ended."
                    .formatted(codec, limit.toSeconds())
                : "The decoder for %s ended unexpectedly; this input is not used."
                    .formatted(codec),
            e);
      } finally {
        alarm.cancel(false);
        giveBack(child, usable && !late.get());
      }
    } catch (IOException e) {
      throw new RejectedInputException(
          "The decoder for %s could not be started.".formatted(codec), e);
    } finally {
      turns.release();
    }
  }

  private static byte[] answer(DataInputStream in, long expected)
      throws IOException, RejectedInputException {
    Wire.expectMagic(in);
    return switch (in.readByte()) {
      case Wire.DECODED -> Wire.decoded(in, expected);
      case Wire.REFUSED -> throw new Refusal(Wire.sentence(in));
      default -> throw new IOException("Neither decoded nor refused");
    };
  }

  /** What the child says about its input; the child itself is well. */
  private static final class Refusal extends RejectedInputException {
    private static final long serialVersionUID = 1L;

    Refusal(String sentence) {
      super(sentence);
    }
  }

  private ChildProcess take(long video) throws IOException {
    Optional<ChildProcess> waiting;
    do {
      waiting = waiting(video);
    } while (waiting.isPresent() && !waiting.get().isAlive());
    return waiting.isPresent() ? waiting.get() : new ChildProcess(command);
  }

  /** The one that keeps the video, or the one used last. */
  private synchronized Optional<ChildProcess> waiting(long video) {
    for (Iterator<ChildProcess> each = idle.iterator(); video != 0 && each.hasNext(); ) {
      ChildProcess child = each.next();
      if (child.video == video) {
        each.remove();
        return Optional.of(child);
      }
    }
    return Optional.ofNullable(idle.pollLast());
  }

  private void giveBack(ChildProcess child, boolean usable) {
    if (!usable) {
      child.kill();
      return;
    }
    child.idleSince = System.nanoTime();
    synchronized (this) {
      idle.addLast(child);
    }
    CLOCK.schedule(this::endIdle, longestIdle.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  private synchronized void endIdle() {
    long now = System.nanoTime();
    idle.removeIf(
        child -> {
          boolean old = now - child.idleSince >= longestIdle.toNanos();
          if (old) {
            child.kill();
          }
          return old;
        });
  }
}
