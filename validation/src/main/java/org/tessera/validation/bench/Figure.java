package org.tessera.validation.bench;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Time for the same work, ours and a peer's.
 *
 * @param name what was measured
 * @param unit a unit of time
 * @param ours our side
 * @param peer whom we are compared with; null if it was not there
 */
public record Figure(String name, String unit, Spread ours, @Nullable Peer peer) {

  /** A peer with its time. */
  public record Peer(String name, Spread spread) {}

  /** How many times as fast as the peer we are: its median by ours; empty without a peer. */
  public OptionalDouble ratio() {
    return peer == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(peer.spread().median() / ours.median());
  }
}
