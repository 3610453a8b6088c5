package org.tessera.runtime.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process of a Java library: arguments are the library, a file that lists files, and a folder
 * for decoded values. Tasks are parse and decode of the first file, of the second, and so on. See
 * {@link org.tessera.validation.bench.WorkerSide} for what it is asked.
 */
final class ToolkitWorker {
  private final String who;
  private final Toolkit toolkit;
  private final List<Path> files;
  private final Path answers;

  private ToolkitWorker(String who, Toolkit toolkit, List<Path> files, Path answers) {
    this.who = who;
    this.toolkit = toolkit;
    this.files = files;
    this.answers = answers;
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Toolkit toolkit = args[0].equals("tessera") ? new TesseraToolkit() : new AojuToolkit();
    List<Path> files = Files.readAllLines(Path.of(args[1])).stream().map(Path::of).toList();
    ToolkitWorker worker = new ToolkitWorker(args[0], toolkit, files, Path.of(args[2]));
    say(out, "ready " + toolkit.version());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int task = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
      say(out, worker.done(line.startsWith("answer"), task));
    }
  }

  private static void say(PrintStream out, String line) {
    out.println(line);
    out.flush();
  }

  private String done(boolean answer, int task) {
    Path file = files.get(task / 2);
    boolean parse = task % 2 == 0;
    try {
      if (answer) {
        return parse ? Integer.toString(toolkit.parse(file)) : decoded(file, task);
      }
      long before = System.nanoTime();
      if (parse) {
        int unused = toolkit.parse(file);
      } else {
        toolkit.decode(file, OutputStream.nullOutputStream());
      }
      return Long.toString(System.nanoTime() - before);
    } catch (Exception | LinkageError e) {
      return "";
    }
  }

  private String decoded(Path file, int task) throws Exception {
    Path pixels = answers.resolve(who + task);
    try (OutputStream target = Files.newOutputStream(pixels)) {
      toolkit.decode(file, target);
    }
    return pixels.toString();
  }
}
