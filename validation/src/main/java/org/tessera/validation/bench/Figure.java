package org.tessera.validation.bench;

/**
 * Time for the same work, ours and a peer's.
 *
 * @param name what was measured
 * @param unit a unit of time
 * @param ours our side
 * @param peerName whom we are compared with
 * @param peer the peer's side
 */
public record Figure(String name, String unit, Spread ours, String peerName, Spread peer) {

  /** How many times as fast as the peer we are: its median by ours. */
  public double ratio() {
    return peer.median() / ours.median();
  }
}
