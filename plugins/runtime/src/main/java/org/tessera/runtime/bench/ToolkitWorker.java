package org.tessera.runtime.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process of our side, with the peers that are Java: arguments are a file that lists files, and
 * a folder for decoded values. Tasks are parse and decode of the first file, of the second, and so
 * on. See {@link org.tessera.validation.bench.WorkerSide} for what it is asked.
 */
final class ToolkitWorker {
  private final List<Path> files;
  private final Path answers;
  private final PrintStream out;
  private final Map<String, Toolkit> toolkits = new HashMap<>();

  private ToolkitWorker(List<Path> files, Path answers, PrintStream out) {
    this.files = files;
    this.answers = answers;
    this.out = out;
    toolkits.put("tessera", new TesseraToolkit());
    try {
      toolkits.put("aoju", new AojuToolkit());
    } catch (ReflectiveOperationException | LinkageError e) {
      toolkits.remove("aoju");
    }
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    List<Path> files = Files.readAllLines(Path.of(args[0])).stream().map(Path::of).toList();
    ToolkitWorker worker = new ToolkitWorker(files, Path.of(args[1]), out);
    out.println("ready " + (worker.toolkits.containsKey("aoju") ? "with aoju" : "alone"));
    out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      Toolkit toolkit = worker.toolkits.get(words[1]);
      if (toolkit != null && words[0].equals("answers")) {
        worker.answer(words[1], toolkit);
      } else if (toolkit != null) {
        worker.pass(toolkit);
      }
      out.println("end");
      out.flush();
    }
  }

  private void answer(String who, Toolkit toolkit) throws Exception {
    for (int i = 0; i < files.size(); i++) {
      try {
        out.println(toolkit.parse(files.get(i)));
      } catch (Exception | LinkageError e) {
        out.println();
      }
      Path pixels = answers.resolve(who + i);
      try (OutputStream target = Files.newOutputStream(pixels)) {
        toolkit.decode(files.get(i), target);
        out.println(pixels);
      } catch (Exception | LinkageError e) {
        out.println();
      }
    }
  }

  private void pass(Toolkit toolkit) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    for (Path file : files) {
      out.println(time(() -> toolkit.parse(file)));
      out.println(
          time(
              () -> {
                toolkit.decode(file, nowhere);
                return 0;
              }));
    }
  }

  /** What cannot be done takes time too, but is not compared. */
  private static long time(java.util.concurrent.Callable<Integer> task) {
    long before = System.nanoTime();
    try {
      Integer unused = task.call();
    } catch (Exception | LinkageError e) {
      return 0;
    }
    return System.nanoTime() - before;
  }
}
