package org.tessera.runtime.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What became of an analysis.
 *
 * @param outcome how it ended
 * @param resources what was produced, if it was completed
 * @param notices sentences for a person: why it was refused, or what of a completed one was left
 *     out
 */
public record AnalysisAnswer(Outcome outcome, List<ResourceKey> resources, List<String> notices) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** How an analysis ends. */
  public enum Outcome {
    COMPLETED,
    /** What was posted cannot be analysed; the same again will not help. */
    REFUSED,
    /** The server could not do it. */
    FAILED
  }

  public AnalysisAnswer {
    resources = List.copyOf(resources);
    notices = List.copyOf(notices);
  }

  static AnalysisAnswer refused(List<String> sentences) {
    return new AnalysisAnswer(Outcome.REFUSED, List.of(), sentences);
  }

  static AnalysisAnswer failed(String sentence) {
    return new AnalysisAnswer(Outcome.FAILED, List.of(), List.of(sentence));
  }

  /** As it is kept. */
  String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Records of texts can be written.", e);
    }
  }

  /** As it was kept. */
  static AnalysisAnswer of(String json) {
    try {
      return MAPPER.readValue(json, AnalysisAnswer.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A kept answer cannot be read.", e);
    }
  }
}
