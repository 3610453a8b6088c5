package org.tessera.validation.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link WorkerSide} that is written in Java. */
public final class WorkerLoop {
  private final PrintStream out;

  /** Takes standard output for itself: what libraries print there is lost. */
  public WorkerLoop() {
    out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  /** Answers one request. */
  @FunctionalInterface
  public interface Worker {
    /**
     * Does what was asked.
     *
     * @param request {@code answer}, {@code time} or {@code together}
     * @param tasks numbers, with a space between
     * @return a line; empty if it could not be done
     */
    String done(String request, String tasks) throws IOException;
  }

  /**
   * Says what it is, then serves until standard input ends.
   *
   * @param version of what is measured
   */
  public void serve(String version, Worker worker) throws IOException {
    say("ready " + version);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int space = line.indexOf(' ');
      say(worker.done(line.substring(0, space), line.substring(space + 1)));
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
