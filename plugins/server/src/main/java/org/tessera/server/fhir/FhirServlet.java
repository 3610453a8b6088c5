package org.tessera.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.tessera.runtime.analyze.ResultResources;
import org.tessera.runtime.deliver.ResultActs;

/** HAPI's server with our providers. */
final class FhirServlet extends RestfulServer {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 200;
  private static final int SEARCHES_KEPT = 200;

  private final transient AnalyzeProvider analyze;
  private final transient ResultResources results;
  private final transient Optional<JoinProvider> join;
  private final transient Optional<ResultActs> acts;

  FhirServlet(
      AnalyzeProvider analyze,
      ResultResources results,
      Optional<JoinProvider> join,
      Optional<ResultActs> acts) {
    this.analyze = analyze;
    this.results = results;
    this.join = join;
    this.acts = acts;
  }

  @Override
  protected void initialize() {
    FhirContext fhir = FhirContext.forR4();
    fhir.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
    setFhirContext(fhir);
    setServerName("Tessera");
    setServerVersion(
        Optional.ofNullable(FhirServlet.class.getPackage().getImplementationVersion())
            .orElse("unpackaged"));
    setImplementationDescription(
        "Tessera: research software, not a medical device; results are preliminary.");
    setDefaultResponseEncoding(EncodingEnum.JSON);
    setServerConformanceProvider(new Capabilities(this));
    FifoMemoryPagingProvider paging = new FifoMemoryPagingProvider(SEARCHES_KEPT);
    paging.setDefaultPageSize(PAGE);
    paging.setMaximumPageSize(LARGEST_PAGE);
    setPagingProvider(paging);
    StoredSearch search = new StoredSearch(fhir, results);
    registerProviders(
        analyze,
        new DiagnosticReportProvider(search),
        new ObservationProvider(search),
        new DeviceProvider(search),
        new ProvenanceProvider(search),
        new AuditEventProvider(search));
    join.ifPresent(this::registerProvider);
    acts.ifPresent(each -> registerProvider(new ActProvider(search, each)));
    registerInterceptor(new PlainErrors());
  }

  /** Who serves is nobody's business. */
  @Override
  public void addHeadersToResponse(HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
  }
}
