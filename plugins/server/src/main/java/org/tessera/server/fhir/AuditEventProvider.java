package org.tessera.server.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** That results were made: read and search. */
public final class AuditEventProvider implements IResourceProvider {
  private final StoredSearch search;

  AuditEventProvider(StoredSearch search) {
    this.search = search;
  }

  @Override
  public Class<AuditEvent> getResourceType() {
    return AuditEvent.class;
  }

  /** The resource, or one version of it. */
  @Read(version = true)
  public AuditEvent read(@IdParam IdType id) {
    return search.read(AuditEvent.class, id);
  }

  /** Any of the parameters may be left out. */
  @Search
  public IBundleProvider search(
      @Nullable @OptionalParam(name = "_id") TokenOrListParam id,
      @Nullable @OptionalParam(name = "_tag") TokenOrListParam tag,
      @Nullable @OptionalParam(name = "entity")
          ReferenceOrListParam entity,
      @Nullable @OptionalParam(name = "_lastUpdated") DateRangeParam updated) {
    return search.search(
        AuditEvent.class,
        new Terms()
            .token("_id", id)
            .token("_tag", tag)
            .reference("entity", "DiagnosticReport", entity),
        updated);
  }
}
