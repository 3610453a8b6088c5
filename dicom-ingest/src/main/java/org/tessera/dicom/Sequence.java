package org.tessera.dicom;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** A sequence of items (PS3.5 7.5). */
public final class Sequence implements Value, Iterable<Attributes> {
  private final Attributes parent;
  private final List<Attributes> items = new ArrayList<>(1);
  private final boolean undefinedLength;

  /**
   * An empty sequence.
   *
   * @param parent the data set that holds it, whose character set its items inherit
   * @param undefinedLength written with a delimiter rather than a length
   */
  Sequence(Attributes parent, boolean undefinedLength) {
    this.parent = parent;
    this.undefinedLength = undefinedLength;
  }

  /** Adds an item and returns it. */
  public Attributes add(Attributes item) {
    item.setParent(parent);
    items.add(item);
    return item;
  }

  /** The items in their order. */
  public List<Attributes> items() {
    return Collections.unmodifiableList(items);
  }

  public int size() {
    return items.size();
  }

  boolean undefinedLength() {
    return undefinedLength;
  }

  @Override
  public Iterator<Attributes> iterator() {
    return items().iterator();
  }
}
