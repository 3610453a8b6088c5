package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;
import org.tessera.runtime.bench.PhantomStudies.Study;
import org.tessera.runtime.deliver.Delivery;
import org.tessera.runtime.deliver.DeliverySettings;
import org.tessera.runtime.deliver.DeliveryState;
import org.tessera.runtime.deliver.Destination;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import org.tessera.validation.bench.WorkerSide;

/**
 * {@code end-to-end}: from the start of storescu until the structured report is stored in Orthanc
 * and the transaction in a record system, by {@code tessera serve}; against the sum of its parts,
 * each done alone by other processes with an equal study: storescu to the store, the analysis, the
 * delivery. Both take turns. Where a sender does not say how many images there are, the quiet time
 * is a part as well.
 */
public final class EndToEndBench {
  /** Fewer studies have no 99th percentile worth the name. */
  public static final int FEWEST_STUDIES = 20;

  private static final int WARM_UPS = 3;
  private static final int QUIET_SECONDS = 1;

  private final Path work;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final int studies;
  private final EndToEndTimes times;

  /**
   * Prepares it.
   *
   * @param work an empty folder on the disk that is measured
   * @param studies measured ones of each kind, at least {@link #FEWEST_STUDIES}
   */
  public EndToEndBench(Path work, int studies) {
    this.work = work;
    this.studies = Math.max(FEWEST_STUDIES, studies);
    this.times = new EndToEndTimes(this.studies, QUIET_SECONDS);
  }

  /** Those who take part. */
  private record Sides(
      ServedPipeline served,
      StorePeer store,
      WorkerSide analysis,
      List<Destination> destinations,
      ResultArrivals arrivals,
      Optional<ReportArchive> archive,
      PhantomStudies studies) {}

  /**
   * Runs it.
   *
   * @throws RejectedInputException if storescu is not there, or what arrived is not what was
   *     analysed
   */
  public BenchReport run(Comparison.Listener listener) throws Exception {
    if (!PeerLibraries.runs(List.of("storescu", "--version"))) {
      throw new RejectedInputException("The sender storescu (DCMTK) is not installed.");
    }
    try {
      measure(start(), listener);
      return times.report(WARM_UPS, missing);
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  private <T extends AutoCloseable> T kept(T side) {
    open.add(side);
    return side;
  }

  private Sides start() throws IOException, RejectedInputException {
    ResultArrivals arrivals = kept(new ResultArrivals());
    Optional<ReportArchive> archive = archive(arrivals);
    String pacs = archive.map(ReportArchive::destination).orElse("");
    ServedPipeline served =
        kept(
            ServedPipeline.start(
                work,
                List.of(
                    "pipeline.quiet-seconds=" + QUIET_SECONDS,
                    "deliver.pacs=" + pacs,
                    "deliver.fhir=" + arrivals.record())));
    int port = StorePeer.freePort();
    Path stored = Files.createDirectory(work.resolve("stored"));
    StorePeer store =
        kept(
            StorePeer.start(
                "store alone",
                ServedPipeline.java(
                    StoreWorker.class.getName(), stored.toString(), Integer.toString(port)),
                Map.of(),
                port,
                stored));
    PhantomStudies studies = PhantomStudies.in(Files.createDirectory(work.resolve("studies")));
    WorkerSide analysis =
        kept(
            new WorkerSide(
                "analysis alone",
                ServedPipeline.java(
                    AnalysisWorker.class.getName(),
                    work.resolve("studies").toString(),
                    work.resolve("results").toString()),
                Duration.ofMinutes(2)));
    List<Destination> destinations =
        new DeliverySettings(
                pacs.isEmpty() ? List.of() : List.of(pacs),
                Set.of("sr"),
                arrivals.record(),
                "",
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60))
            .destinations("TESSERA");
    return new Sides(served, store, analysis, destinations, arrivals, archive, studies);
  }

  private Optional<ReportArchive> archive(ResultArrivals arrivals) {
    try {
      return Optional.of(kept(ReportArchive.start(work, arrivals.told())));
    } catch (IOException e) {
      missing.add(ReportArchive.NAME);
      return Optional.empty();
    }
  }

  private void measure(Sides sides, Comparison.Listener listener)
      throws IOException, RejectedInputException {
    for (int pass = -WARM_UPS; pass < studies; pass++) {
      int task = pass + WARM_UPS;
      listener.at("studies", task, studies + (long) WARM_UPS);
      PhantomStudies phantoms = sides.studies();
      ReportedResult counted =
          through(sides, phantoms.next(pass, task + "-counted", true), "counted", pass);
      ReportedResult alone =
          parts(sides, phantoms.next(pass, Integer.toString(task), true), task, pass);
      ReportedResult quiet =
          through(sides, phantoms.next(pass, task + "-quiet", false), "quiet", pass);
      ArrivedReport.requireSame(counted, alone);
      ArrivedReport.requireSame(counted, quiet);
    }
  }

  /** A study through the server, until its report is at both destinations. */
  private ReportedResult through(Sides sides, Study study, String what, int pass)
      throws IOException, RejectedInputException {
    sides.arrivals().forget();
    long start = System.nanoTime();
    sides.served().send(study);
    ArrivedReport arrived = ArrivedReport.await(sides.arrivals(), sides.archive(), study);
    times.note(what, pass, (arrived.at() - start) / 1e6);
    sides.served().awaitDelivered(study);
    if (!arrived.result().seal().equals(sides.served().seal(study))) {
      throw new RejectedInputException("What arrived is not the result of the case.");
    }
    return arrived.result();
  }

  /** The parts of the same way, one after the other. */
  private ReportedResult parts(Sides sides, Study study, int task, int pass)
      throws IOException, RejectedInputException {
    times.note("receive", pass, sides.store().receive(study.files(), 1, Map.of()));
    OptionalLong nanos = sides.analysis().time(task);
    if (nanos.isEmpty()) {
      throw new RejectedInputException("The analysis alone did not come to its end.");
    }
    times.note("analysis", pass, nanos.getAsLong() / 1e6);
    Path result = work.resolve("results").resolve(Integer.toString(task));
    sides.arrivals().forget();
    long start = System.nanoTime();
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Destination each : sides.destinations()) {
        Path file = result.resolve(each.takes("fhir") ? "bundle.json" : "report.dcm");
        sending.add(CompletableFuture.runAsync(() -> send(each, file), threads));
      }
      ArrivedReport arrived = ArrivedReport.await(sides.arrivals(), sides.archive(), study);
      times.note("delivery", pass, (arrived.at() - start) / 1e6);
      sending.forEach(CompletableFuture::join);
      return arrived.result();
    }
  }

  private static void send(Destination destination, Path file) {
    Delivery delivery =
        new Delivery(
            1, 1, "case-1", 1, destination.name(), "sr", file.toString(), "",
            DeliveryState.SENDING, 1, Instant.EPOCH, "", Instant.EPOCH);
    try {
      if (destination.send(delivery, file).outcome() != Destination.Outcome.DELIVERED) {
        throw new IOException("A destination did not take the result.");
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
