package org.tessera.runtime.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What peers need that is not shipped: programs to run, and jars that Maven fetches. */
final class PeerLibraries {
  private static final String POM = "dcm4che-line.pom.xml";

  private PeerLibraries() {}

  /**
   * Fetches the jars of the dcm4che line, from the local repository if it has them.
   *
   * @param work a folder to put them in
   * @return the folder of the jars; empty if there is no Maven or it cannot get them
   */
  static Optional<Path> fetch(Path work) throws IOException {
    String pom = resource(work, POM).toString();
    List<String> online = List.of("mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies");
    List<String> offline = new ArrayList<>(online);
    offline.add("-o");
    return runs(offline) || runs(online)
        ? Optional.of(work.resolve("dcm4che-line"))
        : Optional.empty();
  }

  /** The system's Python, which has the system's packages, before any other on the path. */
  static String python() {
    Path system = Path.of("/usr/bin/python3");
    return Files.isExecutable(system) ? system.toString() : "python3";
  }

  /** True if a folder has jars. */
  static boolean hasJars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    }
  }

  /** Copies a resource of this package to a folder. */
  static Path resource(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = PeerLibraries.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("A part of the benchmark is missing: " + name);
      }
      Files.copy(in, file);
    }
    return file;
  }

  /** Runs a command for two minutes at most; true if it was there and went well. */
  static boolean runs(List<String> command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a peer was prepared.", e);
    }
  }
}
