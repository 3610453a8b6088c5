package org.tessera.dicom;

import java.util.List;
import java.util.Optional;

/**
 * An element as the JSON and XML models carry it, before its values are encoded.
 *
 * @param tag its tag
 * @param vr its VR
 * @param values values as text, empty where the model has none; a person name as "A=I=P"
 * @param items the items of a sequence
 * @param bulk bytes of a bulk value
 */
public record ModelElement(
    int tag,
    VR vr,
    List<String> values,
    List<List<ModelElement>> items,
    Optional<byte[]> bulk) {
  public ModelElement {
    values = List.copyOf(values);
    items = List.copyOf(items);
  }
}
