package org.tessera.validation.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A side in a process of its own. It writes {@code ready NAME} when it has started; to {@code
 * answer TASK} and {@code time TASK} it writes one line, empty if it cannot do the task. A process
 * that dies or is silent for too long is started again, and its task counts as one that it cannot
 * do.
 */
public final class WorkerSide implements Side {
  /** How long a process may take for one task, or to start. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After so many restarts a peer is left alone: it cannot do what is left. */
  public static final int MOST_RESTARTS = 20;

  private final String name;
  private final List<String> command;
  private final Duration patience;
  private final double startMillis;
  private Running running;
  private int restarts;

  /**
   * Starts the process; what it writes to standard error is thrown away.
   *
   * @throws IOException if it does not say that it is ready
   */
  public WorkerSide(String name, List<String> command, Duration patience) throws IOException {
    this.name = name;
    this.command = List.copyOf(command);
    this.patience = patience;
    long before = System.nanoTime();
    running = Running.start(command, patience);
    startMillis = (System.nanoTime() - before) / 1e6;
  }

  @Override
  public String name() {
    return name;
  }

  /** What the process calls itself, with its version. */
  public String version() {
    return running.greeting;
  }

  /** From the first start of the process until it was ready. */
  public double startMillis() {
    return startMillis;
  }

  /** How often the process had to be started again. */
  public int restarts() {
    return restarts;
  }

  @Override
  public String answer(int task) throws IOException {
    return ask("answer " + task);
  }

  @Override
  public OptionalLong time(int task) throws IOException {
    return nanos(ask("time " + task));
  }

  /**
   * Does tasks on all processors at once, and measures them together: {@code together TASK TASK}.
   *
   * @return nanoseconds, or empty if one of them could not be done
   */
  public OptionalLong timeTogether(List<Integer> tasks) throws IOException {
    return nanos(
        ask(tasks.stream().map(String::valueOf).collect(Collectors.joining(" ", "together ", ""))));
  }

  private OptionalLong nanos(String line) throws IOException {
    try {
      return line.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(line));
    } catch (NumberFormatException e) {
      throw new IOException("The process of %s did not say a time.".formatted(name), e);
    }
  }

  private String ask(String request) throws IOException {
    if (restarts > MOST_RESTARTS) {
      return "";
    }
    Optional<String> line = running.ask(request, patience);
    if (line.isPresent()) {
      return line.get();
    }
    running.end();
    restarts++;
    if (restarts <= MOST_RESTARTS) {
      restart();
    }
    return "";
  }

  private void restart() {
    try {
      running = Running.start(command, patience);
    } catch (IOException e) {
      restarts = MOST_RESTARTS + 1;
    }
  }

  @Override
  public void close() {
    running.end();
  }

  private record Running(
      Process process, BlockingQueue<Optional<String>> lines, Writer out, String greeting) {

    static Running start(List<String> command, Duration patience) throws IOException {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
      Thread.ofVirtual().start(() -> read(process, lines));
      Optional<String> line = next(lines, patience);
      if (line.isEmpty() || !line.get().startsWith("ready ")) {
        process.destroyForcibly();
        throw new IOException("The process of a peer did not start.");
      }
      Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      return new Running(process, lines, out, line.get().substring("ready ".length()));
    }

    private static void read(Process process, BlockingQueue<Optional<String>> lines) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          lines.add(Optional.of(line));
        }
      } catch (IOException e) {
        // Ended while it wrote: what counts is that nothing more comes.
      } finally {
        lines.add(Optional.empty());
      }
    }

    /** One line, or empty if the process died or took too long. */
    Optional<String> ask(String request, Duration patience) throws IOException {
      try {
        out.write(request + "\n");
        out.flush();
      } catch (IOException e) {
        return Optional.empty();
      }
      return next(lines, patience);
    }

    private static Optional<String> next(
        BlockingQueue<Optional<String>> lines, Duration patience) throws IOException {
      try {
        Optional<String> line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while a peer worked.", e);
      }
    }

    void end() {
      process.destroyForcibly();
    }
  }
}
