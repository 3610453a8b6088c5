package org.tessera.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tessera.server.ServerSettings;
import org.tessera.server.TesseraServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera serve}: all servers, until the process is asked to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Receives DICOM studies, keeps and analyses them, and sends the results to a PACS and an EHR;"
          + " prints a line that begins with ready when it accepts. SIGTERM lets open"
          + " associations end, then exits with 0.",
      "Keys: http.bind, http.port, http.allowed-origins (of viewers on other hosts), dimse.bind,"
          + " dimse.port, dimse.ae-title, dimse.calling-ae-titles, dimse.addresses,"
          + " dimse.max-associations, dimse.max-pdu, dimse.idle-seconds, commitment.peers"
          + " (AE@HOST:PORT,...), data.dir,"
          + " data.reserve-mb, data.key-file (64 hexadecimal digits: the data folder is encrypted),"
          + " data.scratch-dir, database.url, database.user, database.password,"
          + " fhir.max-record-mb, fhir.max-waiting, fhir.max-jobs,"
          + " fhir.job-hours,"
          + " pipeline.mode (deliver, shadow, off), pipeline.quiet-seconds,"
          + " pipeline.patience-seconds, pipeline.attempts,"
          + " pipeline.most-waiting, backup.folder, backup.hours, backup.keep, retention.days,"
          + " model.dir, deliver.pacs (AE@HOST:PORT,...),"
          + " deliver.objects (sr,seg,pdf), deliver.fhir (URL), deliver.fhir-authorization,"
          + " deliver.attempts, deliver.backoff-seconds, deliver.timeout-seconds, drain.seconds."
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, a line KEY=VALUE each (Java properties, UTF-8).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; may be repeated, and wins over the file.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Map<String, String> given = new LinkedHashMap<>();
    if (config.isPresent()) {
      given.putAll(ServerSettings.read(config.get()));
    }
    given.putAll(settings);
    TesseraServer server = TesseraServer.start(ServerSettings.of(given));
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "drain"));
    spec.commandLine().getOut().println(server.ready());
    spec.commandLine().getOut().flush();
    never.await();
    return Failures.DONE;
  }

  /** A process that ends by a signal has another exit code, unless it is said here. */
  private static void end(TesseraServer server) {
    int exit = Failures.DONE;
    try {
      server.drain();
    } catch (Exception e) {
      exit = Failures.INTERNAL;
    }
    Runtime.getRuntime().halt(exit);
  }
}
