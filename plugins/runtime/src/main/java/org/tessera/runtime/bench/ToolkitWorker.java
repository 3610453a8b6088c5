package org.tessera.runtime.bench;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tessera.validation.bench.WorkerLoop;

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
    WorkerLoop loop = new WorkerLoop();
    Toolkit toolkit = args[0].equals("tessera") ? new TesseraToolkit() : new AojuToolkit();
    List<Path> files = Files.readAllLines(Path.of(args[1])).stream().map(Path::of).toList();
    ToolkitWorker worker = new ToolkitWorker(args[0], toolkit, files, Path.of(args[2]));
    loop.serve(
        toolkit.version(),
        (request, tasks) ->
            request.equals("together")
                ? worker.together(tasks)
                : worker.done(request.equals("answer"), Integer.parseInt(tasks)));
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

  /** Does tasks on all processors at once; returns nanoseconds for all of them. */
  private String together(String tasks) {
    List<Callable<Boolean>> work =
        Arrays.stream(tasks.split(" "))
            .map(Integer::valueOf)
            .<Callable<Boolean>>map(task -> () -> done(false, task).isEmpty())
            .toList();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      long before = System.nanoTime();
      for (Future<Boolean> failed : threads.invokeAll(work)) {
        if (failed.get()) {
          return "";
        }
      }
      return Long.toString(System.nanoTime() - before);
    } catch (InterruptedException | ExecutionException e) {
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
