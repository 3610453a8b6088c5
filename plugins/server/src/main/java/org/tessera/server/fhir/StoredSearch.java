package org.tessera.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.analyze.KeptResource;
import org.tessera.runtime.analyze.ResourceKey;
import org.tessera.runtime.analyze.ResourceSearch;
import org.tessera.runtime.analyze.ResultResources;

/** Reads and searches what is kept, as HAPI's types. */
final class StoredSearch {
  private final FhirContext fhir;
  private final ResultResources results;

  StoredSearch(FhirContext fhir, ResultResources results) {
    this.fhir = fhir;
    this.results = results;
  }

  static Resource parsed(FhirContext fhir, KeptResource kept) {
    return (Resource) fhir.newJsonParser().parseResource(kept.json());
  }

  /** A resource; with a version in its id, that one. */
  <T extends Resource> T read(Class<T> type, IdType id) {
    Optional<Integer> version;
    try {
      version = id.hasVersionIdPart()
          ? Optional.of(id.getVersionIdPartAsLong().intValue())
          : Optional.empty();
    } catch (NumberFormatException e) {
      throw Outcomes.exception(404, "There is no such version.");
    }
    return results
        .find(new ResourceKey(type.getSimpleName(), id.getIdPart()), version)
        .map(kept -> type.cast(parsed(fhir, kept)))
        .orElseThrow(() -> Outcomes.exception(404, "There is no such resource."));
  }

  IBundleProvider search(
      Class<? extends Resource> type, Terms terms, @Nullable DateRangeParam updated) {
    Optional<Instant> from =
        Optional.ofNullable(updated)
            .map(DateRangeParam::getLowerBoundAsInstant)
            .map(Date::toInstant);
    Optional<Instant> before =
        Optional.ofNullable(updated)
            .map(DateRangeParam::getUpperBoundAsInstant)
            .map(date -> date.toInstant().plusMillis(1));
    return new Pages(results.search(type.getSimpleName(), terms.all(), from, before));
  }

  /** The pages of one search. */
  private final class Pages implements IBundleProvider {
    private final ResourceSearch search;
    private final InstantType published = InstantType.now();

    Pages(ResourceSearch search) {
      this.search = search;
    }

    @Override
    public IPrimitiveType<Date> getPublished() {
      return published;
    }

    @Override
    public List<IBaseResource> getResources(int from, int to) {
      return search.page(from, to).stream()
          .map(kept -> (IBaseResource) parsed(fhir, kept))
          .toList();
    }

    @Override
    public @Nullable String getUuid() {
      return null;
    }

    @Override
    public @Nullable Integer preferredPageSize() {
      return null;
    }

    @Override
    public Integer size() {
      return search.size();
    }
  }
}
