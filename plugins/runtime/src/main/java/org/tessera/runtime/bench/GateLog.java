package org.tessera.runtime.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.gate.GateRow;

/**
 * The cases that a gate bench has finished, one line of JSON each, so that a long run can be taken
 * up where it stopped. The first line names the model: cases of another one do not count.
 */
final class GateLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, GateRow> finished = new HashMap<>();
  private final BufferedWriter out;

  private record Head(String model) {}

  private GateLog(Path file, List<String> lines) throws IOException {
    for (String line : lines) {
      GateRow row = JSON.readValue(line, GateRow.class);
      finished.put(row.row(), row);
    }
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  /**
   * Opens a log.
   *
   * @param file made, or emptied, unless the run is taken up
   * @param model the model's name and SHA-256
   * @param resume true to keep what is there
   * @throws RejectedInputException if it belongs to another model, or is no such log
   */
  static GateLog open(Path file, String model, boolean resume)
      throws IOException, RejectedInputException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (!resume || !Files.exists(file)) {
      Files.writeString(file, JSON.writeValueAsString(new Head(model)) + "\n");
      return new GateLog(file, List.of());
    }
    String text = Files.readString(file);
    int whole = text.lastIndexOf('\n') + 1;
    List<String> lines = new ArrayList<>(text.substring(0, whole).lines().toList());
    try {
      if (lines.isEmpty()
          || !new Head(model).equals(JSON.readValue(lines.getFirst(), Head.class))) {
        throw new RejectedInputException(
            "What is to be taken up was measured on another model; leave --resume away.");
      }
      if (whole < text.length()) {
        Files.writeString(file, text.substring(0, whole));
      }
      return new GateLog(file, lines.subList(1, lines.size()));
    } catch (JsonProcessingException e) {
      throw new RejectedInputException("What is to be taken up is no log of this bench.", e);
    }
  }

  /** A case that was finished before. */
  Optional<GateRow> finished(String row) {
    return Optional.ofNullable(finished.get(row));
  }

  /** Adds a case. */
  void add(GateRow row) throws IOException {
    out.write(JSON.writeValueAsString(row) + "\n");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
