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
import java.util.function.Predicate;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.model.TokenMarks;
import org.tessera.omni.token.Segment;

/**
 * Where a phantom shows its signs, as its {@code case.json} says.
 *
 * @param opacities on the radiograph, in source pixels
 * @param atypia on the tissue, in source pixels
 * @param crackles of the recording, in seconds
 * @param fever words of the note that assert it
 * @param auscultation words of the note about crackles
 * @param listings statements of the record about an opacity
 */
record PhantomTruth(
    List<PixelRegion> opacities,
    List<PixelRegion> atypia,
    List<TimeInterval> crackles,
    List<TextSpan> fever,
    List<TextSpan> auscultation,
    List<RecordEntry> listings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  PhantomTruth {
    opacities = List.copyOf(opacities);
    atypia = List.copyOf(atypia);
    crackles = List.copyOf(crackles);
    fever = List.copyOf(fever);
    auscultation = List.copyOf(auscultation);
    listings = List.copyOf(listings);
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
    List<RecordEntry> listings = new ArrayList<>();
    for (JsonNode each : truth.path("entries")) {
      listings.add(
          new RecordEntry(each.path("resource").asText(), each.path("path").asText()));
    }
    return new PhantomTruth(
        pixels(truth.path("regions")),
        pixels(truth.path("tissue")),
        crackles,
        words(truth.path("words").path("fever")),
        words(truth.path("words").path("crackles")),
        listings);
  }

  /** Which tokens of the note and of the record state what decides a finding. */
  List<TokenMarks> marks(List<Segment> segments) {
    List<TokenMarks> marks = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.modality() == Modality.NOTE) {
        marks.add(marks("phantom-infection", segment, each -> said(each, fever)));
        marks.add(marks("phantom-mismatch", segment, each -> said(each, auscultation)));
      } else if (segment.modality() == Modality.RECORD) {
        marks.add(marks("phantom-discordance", segment, listings::contains));
      }
    }
    return marks;
  }

  private static TokenMarks marks(
      String finding, Segment segment, Predicate<EvidenceRegion> on) {
    float[] values = new float[segment.tokens().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = on.test(segment.tokens().get(i).region()) ? 1 : 0;
    }
    return new TokenMarks(finding, segment.modality(), values);
  }

  private static boolean said(EvidenceRegion region, List<TextSpan> words) {
    return region instanceof TextSpan span
        && words.stream()
            .anyMatch(each -> span.start() < each.end() && each.start() < span.end());
  }

  private static List<TextSpan> words(JsonNode nodes) {
    List<TextSpan> spans = new ArrayList<>();
    for (JsonNode each : nodes) {
      spans.add(new TextSpan(each.path("start").asInt(), each.path("end").asInt()));
    }
    return spans;
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
