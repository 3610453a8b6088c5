package org.tessera.explain.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import org.tessera.casemodel.CaseReport;

/**
 * Hashes that let a verdict be replayed: the same inputs, model and machine give the same seal; one
 * changed pixel, letter or sample gives another.
 *
 * <p>All are SHA-256, lower-case hexadecimal, over UTF-8 bytes of RFC 8785 canonical JSON.
 *
 * @param inputs over the array of the inputs' SHA-256 strings, in the order of {@code case.inputs}
 * @param sequence hash of the token sequence, as the model read it
 * @param model hash of the weights; {@code none} for a model that does not tell
 * @param result over the result without {@code timings}, {@code artifacts}, {@code seal} and {@code
 *     model.device}: what took how long, on what, and which files were asked for is not part of the
 *     verdict
 */
public record Seal(String inputs, String sequence, String model, String result) {
  private static final String COVERS =
      "the result without timings, artifacts, seal and model.device";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The seal of a report. */
  public static Seal of(CaseReport report) {
    ObjectNode result = ResultJson.unsealed(report);
    ArrayNode hashes = ResultJson.NODES.arrayNode();
    result.at("/case/inputs").forEach(input -> hashes.add(input.get("sha256").asText()));
    return new Seal(
        hash(hashes),
        report.sequenceSha256(),
        report.model().sha256().orElse("none"),
        ofResult(result));
  }

  /**
   * What {@code seal.result} of a result read back from {@code result.json} has to be.
   *
   * @param result a whole {@code result.json}; not changed
   */
  public static String ofResult(ObjectNode result) {
    ObjectNode covered = result.deepCopy();
    covered.remove("timings");
    covered.remove("artifacts");
    covered.remove("seal");
    if (covered.get("model") instanceof ObjectNode model) {
      model.remove("device");
    }
    return hash(covered);
  }

  ObjectNode json() {
    return ResultJson.NODES
        .objectNode()
        .put("inputs", inputs)
        .put("sequence", sequence)
        .put("model", model)
        .put("result", result)
        .put("algorithm", "SHA-256")
        .put("canonicalization", "RFC 8785")
        .put("covers", COVERS);
  }

  private static String hash(JsonNode node) {
    try {
      byte[] canonical = new JsonCanonicalizer(MAPPER.writeValueAsString(node)).getEncodedUTF8();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The result cannot be written as JSON.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
