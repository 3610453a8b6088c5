package org.tessera.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What an earlier run left in the folder of a case. Only files that its {@code result.json} lists
 * are removed, so that a folder of somebody else's loses nothing, and no overlay or rejected file
 * of another case can be taken for one of this case.
 */
final class EarlierRun {
  private static final long MAX_BYTES = 64L << 20;

  private EarlierRun() {}

  static void remove(Path out) throws IOException {
    Path result = out.resolve("result.json");
    if (!Files.isRegularFile(result) || Files.size(result) > MAX_BYTES) {
      return;
    }
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readAllBytes(result));
    } catch (JsonProcessingException e) {
      return;
    }
    Path folder = out.toAbsolutePath().normalize();
    for (JsonNode each : root.path("artifacts")) {
      remove(folder, each.path("file").asText());
    }
  }

  private static void remove(Path folder, String name) throws IOException {
    try {
      Path file = folder.resolve(name).normalize();
      if (!name.isEmpty() && file.startsWith(folder) && Files.isRegularFile(file)) {
        Files.delete(file);
      }
    } catch (InvalidPathException e) {
      // Not a name that we wrote.
      return;
    }
  }
}
