package org.tessera.server.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** Models that made results: read and search. */
public final class DeviceProvider implements IResourceProvider {
  private final StoredSearch search;

  DeviceProvider(StoredSearch search) {
    this.search = search;
  }

  @Override
  public Class<Device> getResourceType() {
    return Device.class;
  }

  /** The resource, or one version of it. */
  @Read(version = true)
  public Device read(@IdParam IdType id) {
    return search.read(Device.class, id);
  }

  /** Any of the parameters may be left out. */
  @Search
  public IBundleProvider search(
      @Nullable @OptionalParam(name = "_id") TokenOrListParam id,
      @Nullable @OptionalParam(name = "identifier") TokenOrListParam identifier,
      @Nullable @OptionalParam(name = "_lastUpdated") DateRangeParam updated) {
    return search.search(
        Device.class,
        new Terms()
            .token("_id", id)
            .token("identifier", identifier),
        updated);
  }
}
