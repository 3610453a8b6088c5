package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Which routed expert took what: of each layer and token group, how many of its tokens' choices
 * went to each expert. Not safe for several threads.
 */
public final class ExpertUse {
  /** An expert that takes less than this of every group is dead. */
  public static final double FLOOR = 0.02;

  private final long[][][] counts;

  /** Nothing counted yet; without experts, nothing ever is. */
  public ExpertUse(ModelConfig config) {
    int layers = config.architecture().sparse() ? config.layers() : 0;
    counts = new long[layers][TokenGroup.values().length][config.experts()];
  }

  /**
   * An expert's part in a group.
   *
   * @param layer from 0
   * @param group of the tokens: a modality's name, or {@code query}
   * @param expert from 0
   * @param choices that the group's tokens made, {@code active} each
   * @param share of these choices that fell on the expert, 0 to 1
   */
  public record Share(int layer, String group, int expert, long choices, double share) {}

  void count(int layer, TokenGroup group, int expert) {
    counts[layer][group.ordinal()][expert]++;
  }

  /** Adds what another one of the same model counted. */
  public void add(ExpertUse other) {
    for (int layer = 0; layer < counts.length; layer++) {
      for (int group = 0; group < counts[layer].length; group++) {
        for (int expert = 0; expert < counts[layer][group].length; expert++) {
          counts[layer][group][expert] += other.counts[layer][group][expert];
        }
      }
    }
  }

  /** Of every layer, group that had tokens, and expert. */
  public List<Share> shares() {
    List<Share> shares = new ArrayList<>();
    for (int layer = 0; layer < counts.length; layer++) {
      for (TokenGroup group : TokenGroup.values()) {
        long[] own = counts[layer][group.ordinal()];
        long choices = Arrays.stream(own).sum();
        for (int expert = 0; choices > 0 && expert < own.length; expert++) {
          double share = (double) own[expert] / choices;
          shares.add(new Share(layer, group.key(), expert, choices, share));
        }
      }
    }
    return shares;
  }

  /**
   * Experts that take less than {@link #FLOOR} of the tokens of every group.
   *
   * @return {@code layer0.expert3} and the like; empty if all are alive, or if nothing was counted
   */
  public List<String> dead() {
    List<String> dead = new ArrayList<>();
    for (int layer = 0; layer < counts.length; layer++) {
      for (int expert = 0; expert < counts[layer][0].length; expert++) {
        int at = layer;
        int asked = expert;
        boolean counted = shares().stream().anyMatch(each -> each.layer() == at);
        boolean alive =
            shares().stream()
                .filter(each -> each.layer() == at && each.expert() == asked)
                .anyMatch(each -> each.share() >= FLOOR);
        if (counted && !alive) {
          dead.add("layer" + layer + ".expert" + expert);
        }
      }
    }
    return dead;
  }

  /** A JSON object: of each {@code layer0.image} the experts' shares, rounded to 1e-3. */
  public String json() {
    StringJoiner groups = new StringJoiner(", ", "{", "}");
    for (int layer = 0; layer < counts.length; layer++) {
      for (TokenGroup group : TokenGroup.values()) {
        long[] own = counts[layer][group.ordinal()];
        long choices = Arrays.stream(own).sum();
        if (choices > 0) {
          StringJoiner shares = new StringJoiner(", ", "[", "]");
          for (long each : own) {
            shares.add(String.format(Locale.ROOT, "%.3f", (double) each / choices));
          }
          groups.add("\"layer%d.%s\": %s".formatted(layer, group.key(), shares));
        }
      }
    }
    return groups.toString();
  }
}
