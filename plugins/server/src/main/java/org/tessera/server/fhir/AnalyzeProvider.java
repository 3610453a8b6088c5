package org.tessera.server.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.tessera.runtime.analyze.AnalysisAnswer;
import org.tessera.runtime.analyze.AnalysisJob;
import org.tessera.runtime.analyze.AnalysisJobs;
import org.tessera.runtime.analyze.BusyException;
import org.tessera.runtime.analyze.CaseAnalyzer;
import org.tessera.runtime.analyze.RecordAnalysis;
import org.tessera.runtime.analyze.ResultResources;

/**
 * {@code $analyze} on the system and on a patient, waiting or not (R4 3.1.6, asynchronous pattern),
 * and {@code $analyze-status}.
 */
public final class AnalyzeProvider {
  private static final String JOB = "_jobId";
  private static final int POLL_SECONDS = 5;

  private final PostedBodies bodies;
  private final CaseAnalyzer analyzer;
  private final RecordAnalysis analysis;
  private final AnalysisJobs jobs;
  private final ResultResources results;

  AnalyzeProvider(
      PostedBodies bodies,
      CaseAnalyzer analyzer,
      RecordAnalysis analysis,
      AnalysisJobs jobs,
      ResultResources results) {
    this.bodies = bodies;
    this.analyzer = analyzer;
    this.analysis = analysis;
    this.jobs = jobs;
    this.results = results;
  }

  /** {@code POST [base]/$analyze}. */
  @Operation(name = "$analyze", manualRequest = true, manualResponse = true)
  public void analyze(
      HttpServletRequest request, HttpServletResponse response, ServletRequestDetails details)
      throws IOException {
    answer(Optional.empty(), request, response, details);
  }

  /** {@code POST [base]/Patient/[id]/$analyze}. */
  @Operation(
      name = "$analyze",
      typeName = "Patient",
      manualRequest = true,
      manualResponse = true)
  public void analyzePatient(
      @IdParam IdType patient,
      HttpServletRequest request,
      HttpServletResponse response,
      ServletRequestDetails details)
      throws IOException {
    answer(Optional.of(patient.getIdPart()), request, response, details);
  }

  private void answer(
      Optional<String> patient,
      HttpServletRequest request,
      HttpServletResponse response,
      ServletRequestDetails details)
      throws IOException {
    try {
      if (prefersAsync(request)) {
        submit(patient, request, response, details);
      } else {
        wait(patient, request, details);
      }
    } catch (BusyException e) {
      response.setHeader("Retry-After", Long.toString(FhirEndpoint.patience().toSeconds()));
      throw Outcomes.exception(503, String.valueOf(e.getMessage()));
    }
  }

  private static boolean prefersAsync(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Prefer")).stream()
        .flatMap(each -> List.of(each.split("[,;]")).stream())
        .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals("respond-async"));
  }

  private void wait(
      Optional<String> patient, HttpServletRequest request, ServletRequestDetails details)
      throws IOException, BusyException {
    try (CaseAnalyzer.Place place = analyzer.enter();
        PostedBodies.Posted body = bodies.receive(request)) {
      send(analysis.analyze(body.file(), body.xml(), patient, stage -> {}), details);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Outcomes.exception(503, "The server ends; ask again later.");
    }
  }

  private void submit(
      Optional<String> patient,
      HttpServletRequest request,
      HttpServletResponse response,
      ServletRequestDetails details)
      throws IOException, BusyException {
    try (PostedBodies.Posted body = bodies.receive(request)) {
      String id = jobs.submit(body.file(), body.xml(), patient);
      response.setHeader(
          "Content-Location",
          details.getServerBaseForRequest() + "/$analyze-status?" + JOB + "=" + id);
      Answers.send(
          details, 202, Outcomes.information("The record was accepted; ask for the result later."));
    }
  }

  /** {@code GET} asks, {@code DELETE} cancels. */
  @Operation(
      name = "$analyze-status",
      idempotent = true,
      deleteEnabled = true,
      manualRequest = true,
      manualResponse = true)
  public void status(
      HttpServletRequest request, HttpServletResponse response, ServletRequestDetails details)
      throws IOException {
    String id = Optional.ofNullable(request.getParameter(JOB)).orElse("");
    if (request.getMethod().equals("DELETE")) {
      if (!jobs.cancel(id)) {
        throw unknown();
      }
      Answers.send(details, 202, Outcomes.information("The analysis was cancelled."));
      return;
    }
    AnalysisJob job = jobs.find(id).orElseThrow(AnalyzeProvider::unknown);
    if (job.answer().isPresent()) {
      response.setDateHeader("Expires", job.expires().toEpochMilli());
      send(job.answer().get(), details);
      return;
    }
    response.setHeader("X-Progress", job.stage());
    response.setHeader("Retry-After", Integer.toString(POLL_SECONDS));
    Answers.send(details, 202, Outcomes.information("The analysis is not done yet."));
  }

  private static RuntimeException unknown() {
    return Outcomes.exception(
        404, "There is no such analysis: it was cancelled, or it has expired.");
  }

  private void send(AnalysisAnswer answer, ServletRequestDetails details) throws IOException {
    switch (answer.outcome()) {
      case COMPLETED -> Answers.send(details, 200, Answers.bundle(answer, results, details));
      case REFUSED -> throw Outcomes.exception(422, answer.notices());
      case FAILED -> throw Outcomes.exception(500, answer.notices());
    }
  }
}
