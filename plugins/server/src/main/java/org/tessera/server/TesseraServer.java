package org.tessera.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.ModelSource;
import org.tessera.runtime.Models;
import org.tessera.runtime.analyze.CaseAnalyzer;
import org.tessera.runtime.backup.Backup;
import org.tessera.runtime.receive.DicomReceiver;
import org.tessera.runtime.seal.ScratchPlace;
import org.tessera.runtime.service.CaseService;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreException;
import org.tessera.runtime.upkeep.Upkeep;
import org.tessera.server.dicomweb.DicomWebEndpoint;
import org.tessera.server.fhir.FhirEndpoint;

/**
 * All listeners over one store. Whoever wants to know of new objects adds an {@link
 * org.tessera.runtime.store.InstanceListener} to the store; whoever serves HTTP adds a context to
 * the list in {@link #start}.
 */
public final class TesseraServer {
  private static final Logger LOG = LoggerFactory.getLogger(TesseraServer.class);
  private static final String TEXT = "text/plain;charset=utf-8";
  private static final String PROMETHEUS = "text/plain;version=0.0.4;charset=utf-8";

  private final ServerSettings settings;
  private final ObjectStore store;
  private final DicomReceiver dicom;
  private final Optional<CaseService> cases;
  private final HttpListener http;
  private final PrometheusMeterRegistry meters;
  private final CaseAnalyzer analyzer;
  private final FhirEndpoint fhir;
  private final Upkeep upkeep;
  private volatile boolean draining;

  private TesseraServer(ServerSettings settings, ObjectStore store) throws Exception {
    this.settings = settings;
    this.store = store;
    this.meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    Gauge.builder("tessera.store.usable", store, ObjectStore::usableBytes)
        .baseUnit("bytes")
        .register(meters);
    this.analyzer = new CaseAnalyzer(model(settings), settings.mostWaiting());
    Gauge.builder("tessera.analyses.waiting", analyzer, CaseAnalyzer::present).register(meters);
    this.cases = cases(settings, store, analyzer);
    cases.ifPresent(each -> each.measure(meters));
    try {
      this.fhir =
          FhirEndpoint.open(
              settings.fhir(),
              store.folder(),
              store,
              analyzer,
              cases);
    } catch (IOException | RuntimeException e) {
      cases.ifPresent(CaseService::close);
      throw e;
    }
    Gauge.builder("tessera.fhir.jobs", fhir, FhirEndpoint::waiting).register(meters);
    try {
      this.http = HttpListener.start(settings.http(), contexts());
    } catch (Exception e) {
      cases.ifPresent(CaseService::close);
      fhir.close();
      throw e;
    }
    try {
      this.dicom = DicomReceiver.start(settings.dicom(), settings.commitment(), store, meters);
    } catch (IOException | RuntimeException e) {
      http.stop();
      cases.ifPresent(CaseService::close);
      fhir.close();
      throw e;
    }
    this.upkeep = Upkeep.start(settings.upkeep(), store, meters);
    fhir.warmUp();
  }

  private static ModelSource model(ServerSettings settings) throws RejectedInputException {
    if (settings.modelDir().isEmpty()) {
      return Models.shipped();
    }
    Path folder = Path.of(settings.modelDir());
    if (!Files.isDirectory(folder)) {
      throw new RejectedInputException("model.dir is no folder.");
    }
    return Models.in(folder);
  }

  private static Optional<CaseService> cases(
      ServerSettings settings, ObjectStore store, CaseAnalyzer analyzer)
      throws IOException, RejectedInputException {
    return settings.cases().mode() == CaseService.Mode.OFF
        ? Optional.empty()
        : Optional.of(CaseService.start(settings.cases(), store, analyzer));
  }

  private List<ContextHandler> contexts() {
    List<ContextHandler> contexts = new ArrayList<>();
    contexts.add(PlainText.at("/health", this::health));
    contexts.add(PlainText.at("/metrics", this::metrics));
    contexts.add(settings.origins().over(fhir.context()));
    contexts.add(settings.origins().over(DicomWebEndpoint.context(store)));
    cases.ifPresent(each -> contexts.addAll(CaseHandler.contexts(each.desk(), each.acts())));
    return contexts;
  }

  /**
   * Starts everything.
   *
   * @throws RejectedInputException with one sentence, if it cannot be started as it is set up
   */
  public static TesseraServer start(ServerSettings settings) throws Exception {
    if (settings.upkeep().backup().isPresent()) {
      requireKey(settings.upkeep().backup().get());
    }
    ObjectStore store = ObjectStore.open(settings.store());
    try {
      ScratchPlace.prepare(settings.scratch(), store.folder());
      return new TesseraServer(settings, store);
    } catch (BindException e) {
      store.close();
      throw new RejectedInputException("A port cannot be used: another program has it.");
    } catch (IllegalArgumentException e) {
      store.close();
      throw new RejectedInputException(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      store.close();
      throw e.getCause() instanceof BindException
          ? new RejectedInputException("A port cannot be used: another program has it.")
          : e;
    }
  }

  private static void requireKey(Backup.Settings backup) throws RejectedInputException {
    try {
      Backup.check(backup);
    } catch (IOException e) {
      LOG.warn("The folder of backups does not answer now.");
    }
  }

  /** What is printed when everything accepts. */
  public String ready() {
    InetSocketAddress at = dicom.address();
    return "ready http=http://%s:%d dimse=%s@%s:%d"
        .formatted(
            host(settings.http()),
            http.port(),
            settings.dicom().aeTitle(),
            host(at),
            at.getPort());
  }

  private static String host(InetSocketAddress address) {
    String literal = address.getAddress().getHostAddress();
    return literal.contains(":") ? "[" + literal + "]" : literal;
  }

  private PlainText.Answer health() {
    if (draining) {
      return unwell("The server ends.");
    }
    try {
      store.check();
    } catch (StoreException e) {
      return unwell(String.valueOf(e.getMessage()));
    }
    try {
      Optional<String> trouble = cases.flatMap(CaseService::trouble);
      if (trouble.isPresent()) {
        return unwell(trouble.get());
      }
      String state =
          cases.flatMap(CaseService::alarm).map(each -> "degraded: " + each).orElse("ok");
      return new PlainText.Answer(HttpStatus.OK_200, TEXT, state + "\n" + remarks());
    } catch (RuntimeException e) {
      return unwell("The database does not answer.");
    }
  }

  /** What an administrator should know, though the next case would be accepted. */
  private String remarks() {
    return Stream.concat(
            cases.stream().flatMap(each -> each.remarks().stream()), upkeep.remarks().stream())
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static PlainText.Answer unwell(String sentence) {
    return new PlainText.Answer(HttpStatus.SERVICE_UNAVAILABLE_503, TEXT, sentence + "\n");
  }

  private PlainText.Answer metrics() {
    return new PlainText.Answer(HttpStatus.OK_200, PROMETHEUS, meters.scrape());
  }

  /** Lets open associations come to their end, commits what was received, and closes. */
  public void drain() throws Exception {
    draining = true;
    Duration grace = Duration.ofSeconds(settings.drainSeconds());
    dicom.drain(grace);
    upkeep.close();
    cases.ifPresent(each -> each.drain(grace));
    http.stop();
    fhir.close();
    analyzer.close();
    store.close();
  }
}
