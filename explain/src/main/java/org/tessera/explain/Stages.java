package org.tessera.explain;

import java.util.LinkedHashMap;
import java.util.Map;

/** Milliseconds of each stage. */
final class Stages {
  private final Map<String, Double> timings = new LinkedHashMap<>();
  private long last = System.nanoTime();

  /** Ends a stage; the next one begins. */
  void done(String stage) {
    long now = System.nanoTime();
    timings.merge(stage, (now - last) / 1e6, Double::sum);
    last = now;
  }

  Map<String, Double> timings() {
    return Map.copyOf(timings);
  }
}
