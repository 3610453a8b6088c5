package org.tessera.dicom.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many places each address has taken. Safe for several threads. */
final class HostPlaces {
  private final long most;
  private final Map<InetAddress, Integer> taken = new HashMap<>();

  /** So many for each address. */
  HostPlaces(long most) {
    this.most = most;
  }

  /** Takes a place; false if the address has none left. */
  synchronized boolean tryTake(InetAddress address) {
    int count = taken.getOrDefault(address, 0);
    if (count >= most) {
      return false;
    }
    taken.put(address, count + 1);
    return true;
  }

  /** Gives a place back. */
  synchronized void giveBack(InetAddress address) {
    int count = taken.getOrDefault(address, 0);
    if (count > 1) {
      taken.put(address, count - 1);
    } else {
      taken.remove(address);
    }
  }
}
