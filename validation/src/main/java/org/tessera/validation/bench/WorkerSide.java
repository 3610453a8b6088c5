package org.tessera.validation.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A side in a process of its own. It writes {@code ready NAME} when it has started; to {@code
 * answers WHO} and {@code pass WHO} it writes a line per task and {@code end}. Several sides may
 * share a process, told apart by WHO.
 */
public final class WorkerSide implements Side {
  /** A started process, with what it took to be ready. */
  public static final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final Writer out;
    private final String name;
    private final double startMillis;

    private Worker(
        Process process, BufferedReader in, Writer out, String name, double startMillis) {
      this.process = process;
      this.in = in;
      this.out = out;
      this.name = name;
      this.startMillis = startMillis;
    }

    /**
     * Starts a process; what it writes to standard error is thrown away.
     *
     * @throws IOException if it does not say that it is ready
     */
    public static Worker start(List<String> command) throws IOException {
      long before = System.nanoTime();
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      String line = in.readLine();
      if (line == null || !line.startsWith("ready ")) {
        process.destroyForcibly();
        throw new IOException("The process of a peer did not start.");
      }
      double millis = (System.nanoTime() - before) / 1e6;
      return new Worker(process, in, out, line.substring("ready ".length()), millis);
    }

    /** What it calls itself, with its version. */
    public String name() {
      return name;
    }

    /** From the start of the process until it was ready. */
    public double startMillis() {
      return startMillis;
    }

    private List<String> ask(String command) throws IOException {
      out.write(command + "\n");
      out.flush();
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("end")) {
          return lines;
        }
        lines.add(line);
      }
      throw new IOException("The process of %s ended too early.".formatted(name));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private final Worker worker;
  private final String name;
  private final String who;

  /** A side of a process that is known to it as {@code who}. */
  public WorkerSide(Worker worker, String name, String who) {
    this.worker = worker;
    this.name = name;
    this.who = who;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> answers() throws IOException {
    return worker.ask("answers " + who);
  }

  @Override
  public long[] pass() throws IOException {
    return worker.ask("pass " + who).stream().mapToLong(Long::parseLong).toArray();
  }

  @Override
  public void close() {
    worker.close();
  }
}
