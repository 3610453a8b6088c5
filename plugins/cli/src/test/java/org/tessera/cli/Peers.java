package org.tessera.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Programs of other people's that the tests use. */
final class Peers {
  private Peers() {}

  static boolean isInstalled(String program) {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a program to its end; false if it fails. */
  static boolean runs(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** Sends files with DCMTK; returns its exit code. */
  static int storescu(String port, List<Path> files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("storescu", "-aec", "TESSERA", "127.0.0.1", port));
    files.forEach(file -> command.add(file.toString()));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
