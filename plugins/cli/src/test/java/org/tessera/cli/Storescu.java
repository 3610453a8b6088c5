package org.tessera.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** DCMTK's storescu, sending. */
final class Storescu {
  private static final String SENDING = "I: Sending file: ";

  private final Process process;
  private int refused;

  private Storescu(Process process) {
    this.process = process;
  }

  static Storescu start(String port, List<Path> files) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("storescu", "-v", "-aec", "TESSERA", "127.0.0.1", port));
    files.forEach(file -> command.add(file.toString()));
    return new Storescu(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Everything that it prints. */
  String said() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The files for which it was told that they are safe; returns when it has ended. */
  Set<Path> acknowledged() throws IOException {
    return acknowledged(count -> {});
  }

  /** As the other one, and tells how many there are so far. */
  Set<Path> acknowledged(IntConsumer listener) throws IOException {
    Set<Path> safe = new TreeSet<>();
    Path sending = Path.of("");
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(SENDING)) {
        sending = Path.of(line.substring(SENDING.length()).strip());
      } else if (line.contains("Received Store Response (Success)")) {
        safe.add(sending);
        listener.accept(safe.size());
      } else if (line.contains("Received Store Response (Refused: OutOfResources)")) {
        refused++;
      }
    }
    return safe;
  }

  /** How many it was told to send again later (A7xx), once it has ended. */
  int refused() {
    return refused;
  }
}
