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
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;

/** How results came about: read and search. */
public final class ProvenanceProvider implements IResourceProvider {
  private final StoredSearch search;

  ProvenanceProvider(StoredSearch search) {
    this.search = search;
  }

  @Override
  public Class<Provenance> getResourceType() {
    return Provenance.class;
  }

  /** The resource, or one version of it. */
  @Read(version = true)
  public Provenance read(@IdParam IdType id) {
    return search.read(Provenance.class, id);
  }

  /** Any of the parameters may be left out. */
  @Search
  public IBundleProvider search(
      @Nullable @OptionalParam(name = "_id") TokenOrListParam id,
      @Nullable @OptionalParam(name = "_tag") TokenOrListParam tag,
      @Nullable @OptionalParam(name = "target")
          ReferenceOrListParam target,
      @Nullable @OptionalParam(name = "_lastUpdated") DateRangeParam updated) {
    return search.search(
        Provenance.class,
        new Terms()
            .token("_id", id)
            .token("_tag", tag)
            .reference("target", "DiagnosticReport", target),
        updated);
  }
}
