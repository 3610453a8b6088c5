package org.tessera.fhir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds resources within a bundle (R4 2.36.4, resolving references). */
final class References {
  private final Map<String, FhirResource> byAddress = new HashMap<>();

  References(List<FhirResource> resources) {
    for (FhirResource resource : resources) {
      resource.fullUrl().ifPresent(url -> byAddress.putIfAbsent(url, resource));
      // A relative reference is resolved by type and id.
      byAddress.putIfAbsent(resource.key(), resource);
      if (resource.fullUrl().isEmpty()) {
        String id = resource.key().substring(resource.type().length() + 1);
        byAddress.putIfAbsent("urn:uuid:" + id, resource);
      }
    }
  }

  /** The resource that a literal reference names, if the bundle has it. */
  Optional<FhirResource> find(String reference) {
    int version = reference.indexOf("/_history/");
    String address = version < 0 ? reference : reference.substring(0, version);
    return Optional.ofNullable(byAddress.get(address));
  }

  /** True for {@code Type/id}, {@code urn:uuid:} and {@code urn:oid:}: an address in the bundle. */
  static boolean isLocal(String reference) {
    return reference.startsWith("urn:")
        || !reference.contains(":") && !reference.contains("?") && !reference.startsWith("#");
  }
}
