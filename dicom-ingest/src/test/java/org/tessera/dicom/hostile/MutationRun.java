package org.tessera.dicom.hostile;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tessera.dicom.TestData;

/**
 * Reads mutated files, one after the other, under the heap that the process was given. Mutation
 * {@code i} is a function of {@code i} and the files alone, so a finding can be had again, and a
 * run that was stopped goes on from its log.
 *
 * <p>Arguments: log, first mutation, one behind the last, folder of files (one or more). Run it
 * with {@code -Xmx256m}; it ends with 1 if there was a finding, with 2 if a file took over
 * ten seconds.
 */
final class MutationRun {
  static final long LONGEST_NANOS = 10_000_000_000L;
  private static final int STEP = 500;

  private final List<byte[]> files = new ArrayList<>();
  private final Map<Reading.Outcome, Integer> outcomes = new EnumMap<>(Reading.Outcome.class);

  MutationRun(List<Path> paths) throws IOException {
    for (Path path : paths) {
      files.add(Files.readAllBytes(path));
    }
  }

  /** The mutated file of that number. */
  byte[] mutated(int number) {
    byte[] file = files.get(number % files.size());
    byte[] other = files.get((int) (number * 7919L % files.size()));
    return new Mutator(20_260_500L + number).mutate(file, other);
  }

  /** Reads one; empty if it was read or refused as it should be, else what went wrong. */
  String read(int number) {
    byte[] bytes = mutated(number);
    try {
      outcomes.merge(Reading.of(bytes), 1, Integer::sum);
      return "";
    } catch (Throwable e) {
      return describe(e);
    }
  }

  Map<Reading.Outcome, Integer> outcomes() {
    return outcomes;
  }

  private static String describe(Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text));
    return text.toString().lines().limit(9).reduce("", (a, b) -> a + "\n  " + b.strip());
  }

  public static void main(String[] arguments) throws IOException {
    Path log = Path.of(arguments[0]);
    List<Path> paths = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      paths.addAll(TestData.files(Path.of(arguments[i])));
    }
    MutationRun run = new MutationRun(paths);
    int from = resumed(log, Integer.parseInt(arguments[1]));
    int to = Integer.parseInt(arguments[2]);
    AtomicInteger at = new AtomicInteger(from);
    AtomicLong begun = new AtomicLong(System.nanoTime());
    watch(log, at, begun, Thread.currentThread());
    int findings = 0;
    for (int number = from; number < to; number++) {
      at.set(number);
      begun.set(System.nanoTime());
      String finding = run.read(number);
      double seconds = (System.nanoTime() - begun.get()) / 1e9;
      if (!finding.isEmpty()) {
        findings++;
        write(log, "finding " + number + finding);
      }
      if (seconds > 3) {
        write(log, "slow %d %.1f s".formatted(number, seconds));
      }
      if ((number + 1) % STEP == 0 || number + 1 == to) {
        write(log, "done %d %s findings %d".formatted(number + 1, run.outcomes(), findings));
      }
    }
    System.exit(findings > 0 ? 1 : 0);
  }

  /** Behind the last mutation that the log says is done. */
  private static int resumed(Path log, int first) throws IOException {
    int from = first;
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
        if (line.startsWith("done ") || line.startsWith("hang ")) {
          int number = Integer.parseInt(line.split(" ")[1]);
          from = Math.max(from, line.startsWith("hang ") ? number + 1 : number);
        }
      }
    }
    return from;
  }

  private static void watch(Path log, AtomicInteger at, AtomicLong begun, Thread reader) {
    Thread watchdog =
        new Thread(
            () -> {
              while (true) {
                try {
                  Thread.sleep(200);
                  if (System.nanoTime() - begun.get() > LONGEST_NANOS) {
                    StringBuilder stack = new StringBuilder("hang " + at.get());
                    for (StackTraceElement element : reader.getStackTrace()) {
                      stack.append("\n  ").append(element);
                    }
                    write(log, stack.toString());
                    Runtime.getRuntime().halt(2);
                  }
                } catch (InterruptedException | IOException e) {
                  Runtime.getRuntime().halt(3);
                }
              }
            },
            "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private static void write(Path log, String line) throws IOException {
    Files.writeString(
        log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
