package org.tessera.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The labelled data beside the repository; tests that need them are skipped where they are not. */
final class SharedData {
  private SharedData() {}

  /** The folder {@code shared/data}, found upwards, or what the property tessera.data says. */
  static Path folder() {
    String said = System.getProperty("tessera.data", "");
    Path found = said.isEmpty() ? upwards() : Path.of(said);
    Assumptions.assumeTrue(Files.isDirectory(found), "shared/data is not beside the repository");
    return found;
  }

  private static Path upwards() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path data = at.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return data;
      }
      at = at.getParent();
    }
    return Path.of("shared", "data");
  }
}
