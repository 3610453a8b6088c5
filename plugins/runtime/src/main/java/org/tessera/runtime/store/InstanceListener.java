package org.tessera.runtime.store;

/**
 * Is told that an object is safe and in the index. A hint to look there, no more: it is not told
 * again after a crash, so whoever must not miss one reads the index from the last id that it has
 * dealt with.
 */
@FunctionalInterface
public interface InstanceListener {

  /** Called by the committing thread before the peer is answered: quick, and never throws. */
  void stored(StoredInstance instance);
}
