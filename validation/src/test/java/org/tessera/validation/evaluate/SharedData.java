package org.tessera.validation.evaluate;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the real data sets are: beside the checkout, or where {@code tessera.data} says. */
final class SharedData {
  private SharedData() {}

  /** A data set; the test is skipped where it is not there. */
  static Path set(String name) {
    String given = System.getProperty("tessera.data", "");
    if (!given.isEmpty() && Files.isDirectory(Path.of(given, name))) {
      return Path.of(given, name);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data").resolve(name);
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return abort("The data set " + name + " is not here.");
  }
}
