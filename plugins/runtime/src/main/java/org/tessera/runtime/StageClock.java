package org.tessera.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Says which stage a case is in, and how long each took. */
final class StageClock {
  private final Map<String, Double> milliseconds = new LinkedHashMap<>();
  private final Consumer<String> listener;
  private String stage = "";
  private long since;

  StageClock(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Ends the stage before, if any, and starts another. */
  void start(String next) {
    stop();
    stage = next;
    since = System.nanoTime();
    listener.accept(next);
  }

  /** Ends the stage. */
  void stop() {
    if (!stage.isEmpty()) {
      milliseconds.merge(stage, (System.nanoTime() - since) / 1e6, Double::sum);
      stage = "";
    }
  }

  /** Milliseconds of each stage that ended. */
  Map<String, Double> milliseconds() {
    return Map.copyOf(milliseconds);
  }
}
