package org.tessera.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where things are, seen from a test: the repository, and the data beside it. */
final class ProjectFiles {
  private ProjectFiles() {}

  /** The root of the repository: the first folder upwards that has the launcher. */
  static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      if (Files.exists(at.resolve("tessera")) && Files.exists(at.resolve("LICENSE"))) {
        return at;
      }
      at = at.getParent();
    }
    throw new IllegalStateException("The tests have to run inside the repository.");
  }

  /** The folder {@code shared/data} beside the repository, or what tessera.data says. */
  static Optional<Path> data() {
    String said = System.getProperty("tessera.data", "");
    if (!said.isEmpty()) {
      return Optional.of(Path.of(said)).filter(Files::isDirectory);
    }
    Path beside = root().resolveSibling("shared").resolve("data");
    return Optional.of(beside).filter(Files::isDirectory);
  }
}
