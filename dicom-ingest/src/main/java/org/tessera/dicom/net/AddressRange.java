package org.tessera.dicom.net;

import java.net.InetAddress;

/**
 * Addresses from which associations are taken.
 *
 * @param network an address of the range
 * @param prefix how many of its first bits have to be the same
 */
public record AddressRange(InetAddress network, int prefix) {

  /**
   * Reads an address or a range, for example 10.1.2.3, 10.1.0.0/16 or fd00::/8.
   *
   * @throws IllegalArgumentException if it is neither; names of hosts are not looked up
   */
  public static AddressRange parse(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress network = InetAddress.ofLiteral(parts[0]);
    int bits = network.getAddress().length * Byte.SIZE;
    int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("An address has no such prefix.");
    }
    return new AddressRange(network, prefix);
  }

  /** True if the address lies within. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
