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
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** Reports of results: read and search. */
public final class DiagnosticReportProvider implements IResourceProvider {
  private final StoredSearch search;

  DiagnosticReportProvider(StoredSearch search) {
    this.search = search;
  }

  @Override
  public Class<DiagnosticReport> getResourceType() {
    return DiagnosticReport.class;
  }

  /** The resource, or one version of it. */
  @Read(version = true)
  public DiagnosticReport read(@IdParam IdType id) {
    return search.read(DiagnosticReport.class, id);
  }

  /** Any of the parameters may be left out. */
  @Search
  public IBundleProvider search(
      @Nullable @OptionalParam(name = "_id") TokenOrListParam id,
      @Nullable @OptionalParam(name = "identifier") TokenOrListParam identifier,
      @Nullable @OptionalParam(name = "code") TokenOrListParam code,
      @Nullable @OptionalParam(name = "status") TokenOrListParam status,
      @Nullable @OptionalParam(name = "_tag") TokenOrListParam tag,
      @Nullable @OptionalParam(name = "_security") TokenOrListParam security,
      @Nullable @OptionalParam(name = "subject", chainWhitelist = {"", "*"})
          ReferenceOrListParam subject,
      @Nullable @OptionalParam(name = "patient", chainWhitelist = {"", "*"})
          ReferenceOrListParam patient,
      @Nullable @OptionalParam(name = "result")
          ReferenceOrListParam result,
      @Nullable @OptionalParam(name = "_lastUpdated") DateRangeParam updated) {
    return search.search(
        DiagnosticReport.class,
        new Terms()
            .token("_id", id)
            .token("identifier", identifier)
            .token("code", code)
            .token("status", status)
            .token("_tag", tag)
            .token("_security", security)
            .reference("subject", "Patient", subject)
            .reference("subject", "Patient", patient)
            .reference("result", "Observation", result),
        updated);
  }
}
