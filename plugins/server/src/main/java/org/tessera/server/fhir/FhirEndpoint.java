package org.tessera.server.fhir;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.runtime.analyze.AnalysisJobs;
import org.tessera.runtime.analyze.CaseAnalyzer;
import org.tessera.runtime.analyze.RecordAnalysis;
import org.tessera.runtime.analyze.ResultResources;
import org.tessera.runtime.fetch.StudyFetcher;
import org.tessera.runtime.service.CaseService;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.store.ObjectStore;

/** The context of {@code /fhir} with everything behind it. */
public final class FhirEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FhirEndpoint.class);

  /**
   * Bounds.
   *
   * @param mostBytes of a posted record
   * @param jobs of those that nobody waits for
   * @param fetch where studies are fetched that a record names and that are not here
   */
  public record Settings(
      long mostBytes, AnalysisJobs.Settings jobs, StudyFetcher.Settings fetch) {}

  private final AnalysisJobs jobs;
  private final ServletHolder servlet;
  private final ServletContextHandler context;

  private FhirEndpoint(AnalysisJobs jobs, ServletHolder servlet, ServletContextHandler context) {
    this.jobs = jobs;
    this.servlet = servlet;
    this.context = context;
  }

  /**
   * Takes up the jobs that an earlier run left.
   *
   * @param data folder of the server; a folder of its own is made in it
   * @param analyzer who analyses; not closed here
   * @param cases of studies, where there are any
   */
  public static FhirEndpoint open(
      Settings settings,
      Path data,
      ObjectStore store,
      CaseAnalyzer analyzer,
      Optional<CaseService> cases)
      throws IOException {
    Path folder = data.resolve("fhir");
    Path posted = Files.createDirectories(folder.resolve("posted"));
    Path work = Files.createDirectories(folder.resolve("work"));
    FolderRemoval.empty(posted);
    FolderRemoval.empty(work);
    ResultResources results = new ResultResources(store.database());
    RecordAnalysis analysis =
        new RecordAnalysis(analyzer, store, new StudyFetcher(settings.fetch()), results, work);
    AnalysisJobs jobs =
        AnalysisJobs.start(store.database(), analysis, folder.resolve("jobs"), settings.jobs());
    PostedBodies bodies = new PostedBodies(posted, settings.mostBytes(), store);
    ServletHolder servlet =
        new ServletHolder(
            new FhirServlet(
                new AnalyzeProvider(bodies, analyzer, analysis, jobs, results),
                results,
                cases.map(each -> new JoinProvider(bodies, each.records())),
                cases.map(CaseService::acts)));
    ServletContextHandler context =
        new ServletContextHandler("/fhir", ServletContextHandler.NO_SESSIONS);
    context.setAllowNullPathInContext(true);
    context.setErrorHandler(new OutcomeErrors());
    context.addFilter(new SmallBodies(), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(servlet, "/*");
    return new FhirEndpoint(jobs, servlet, context);
  }

  /** For the HTTP listener. */
  public ContextHandler context() {
    return context;
  }

  /** Makes the first request fast; to be called when the context has been started. */
  public void warmUp() {
    Thread.ofPlatform().name("fhir-start").daemon().start(this::start);
  }

  private void start() {
    try {
      servlet.getServlet();
    } catch (ServletException | RuntimeException e) {
      LOG.warn("The FHIR endpoint starts with its first request instead.");
    }
  }

  /** How many jobs wait or run. */
  public int waiting() {
    return jobs.waiting();
  }

  /** How long a client that was refused should wait. */
  static Duration patience() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void close() {
    jobs.close();
  }
}
