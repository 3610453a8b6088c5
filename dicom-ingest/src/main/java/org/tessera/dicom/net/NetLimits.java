package org.tessera.dicom.net;

import java.time.Duration;

/**
 * What a peer may ask of us. Whoever goes beyond is rejected or aborted.
 *
 * @param maxPduLength bytes of a P-DATA-TF that we take, and send at most
 * @param maxAssociations at the same time; one more is rejected for now
 * @param maxOperations outstanding operations of one association
 * @param maxObjectBytes bytes of one data set
 * @param artim time for the first PDU, and for the last (PS3.8 9.1.4)
 * @param idle time between two messages
 * @param pdu time for one PDU, or one write, to go through
 * @param slowest bytes per second of a data set, on average over a minute or more
 * @param share what one host and one association may have of it
 */
public record NetLimits(
    int maxPduLength,
    int maxAssociations,
    int maxOperations,
    long maxObjectBytes,
    Duration artim,
    Duration idle,
    Duration pdu,
    int slowest,
    Share share) {

  /**
   * How much of the whole one peer may have, so that others come to their turn.
   *
   * @param associationsOfHost at the same time from one address; one more is rejected for now
   * @param objects of one association; the next one is refused for now
   * @param bytes of one association; after them the next object is refused for now
   */
  public record Share(int associationsOfHost, long objects, long bytes) {
    /** As much as there is. */
    public static final Share ALL = new Share(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Limits without a share for one peer. */
  public NetLimits(
      int maxPduLength,
      int maxAssociations,
      int maxOperations,
      long maxObjectBytes,
      Duration artim,
      Duration idle,
      Duration pdu,
      int slowest) {
    this(
        maxPduLength,
        maxAssociations,
        maxOperations,
        maxObjectBytes,
        artim,
        idle,
        pdu,
        slowest,
        Share.ALL);
  }

  /** Bytes of an A-ASSOCIATE-RQ or -AC; 128 contexts with 30 transfer syntaxes each fit. */
  static final int MOST_ASSOCIATE_BYTES = 1 << 18;

  /** Bytes of a command set; the longest of PS3.7 has a few hundred. */
  static final int MOST_COMMAND_BYTES = 1 << 16;

  /** Data elements of a command set. */
  static final int MOST_COMMAND_ELEMENTS = 1000;

  /** Items of one kind in one PDU, sub-items of one item. */
  static final int MOST_ITEMS = 1024;

  /** Whoever takes less in one PDU makes nothing but work. */
  static final int SHORTEST_PDU = 128;

  /** How long a data set may be slow. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The limits of one association that we open, with a limit to each wait. */
  public static NetLimits requesting(Duration timeout) {
    NetLimits standard = standard();
    return new NetLimits(
        standard.maxPduLength,
        1,
        1,
        standard.maxObjectBytes,
        timeout,
        timeout,
        timeout,
        standard.slowest);
  }

  /** The same with a share for one peer. */
  public NetLimits withShare(Share other) {
    return new NetLimits(
        maxPduLength, maxAssociations, maxOperations, maxObjectBytes, artim, idle, pdu, slowest,
        other);
  }

  /** The limits used unless told otherwise. */
  public static NetLimits standard() {
    return new NetLimits(
        1 << 17,
        64,
        16,
        16L << 30,
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60),
        1024);
  }
}
