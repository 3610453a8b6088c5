package org.tessera.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The resources of a record, in its order.
 *
 * @param resources one for each current version
 * @param assembled when a bundle of type collection or document was put together
 */
record FhirRecord(List<FhirResource> resources, Optional<Instant> assembled) {
  FhirRecord {
    resources = List.copyOf(resources);
  }

  List<FhirResource> ofType(String type) {
    return resources.stream().filter(each -> each.type().equals(type)).toList();
  }
}
