package org.tessera.omni.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.TimeInterval;

/**
 * Where a phantom shows its signs, as its {@code case.json} says.
 *
 * @param opacities on the radiograph, in source pixels
 * @param atypia on the tissue, in source pixels
 * @param crackles of the recording, in seconds
 */
record PhantomTruth(
    List<PixelRegion> opacities, List<PixelRegion> atypia, List<TimeInterval> crackles) {
  private static final ObjectMapper JSON = new ObjectMapper();

  PhantomTruth {
    opacities = List.copyOf(opacities);
    atypia = List.copyOf(atypia);
    crackles = List.copyOf(crackles);
  }

  /**
   * The truth beside a phantom's files; empty for real rows and where it is not written.
   *
   * @throws RejectedInputException if it cannot be understood
   */
  static Optional<PhantomTruth> of(LabelledRow row) throws IOException, RejectedInputException {
    Optional<Path> file =
        row.files().values().stream()
            .findFirst()
            .map(each -> each.resolveSibling("case.json"))
            .filter(Files::isRegularFile);
    if (!row.set().equals("phantom") || file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(JSON.readTree(file.get().toFile())));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new RejectedInputException("The truth of a phantom cannot be understood.", e);
    }
  }

  private static PhantomTruth of(JsonNode truth) {
    List<TimeInterval> crackles = new ArrayList<>();
    for (JsonNode each : truth.path("seconds")) {
      crackles.add(
          new TimeInterval(each.path("start").asDouble(), each.path("end").asDouble()));
    }
    return new PhantomTruth(
        pixels(truth.path("regions")), pixels(truth.path("tissue")), crackles);
  }

  private static List<PixelRegion> pixels(JsonNode nodes) {
    List<PixelRegion> regions = new ArrayList<>();
    for (JsonNode each : nodes) {
      regions.add(
          new PixelRegion(
              1,
              each.path("x").asDouble(),
              each.path("y").asDouble(),
              each.path("width").asDouble(),
              each.path("height").asDouble()));
    }
    return regions;
  }
}
