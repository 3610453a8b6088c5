package org.tessera.server;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.analyze.AnalysisJobs;
import org.tessera.runtime.backup.Backup;
import org.tessera.runtime.backup.BackupKey;
import org.tessera.runtime.commit.CommitmentSettings;
import org.tessera.runtime.deliver.DeliverySettings;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.fetch.StudyFetcher;
import org.tessera.runtime.receive.DicomReceiver;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.service.CaseService;
import org.tessera.runtime.service.RecordIntake;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.upkeep.Upkeep;
import org.tessera.runtime.work.CaseWorkers;
import org.tessera.runtime.work.CompletenessRule;
import org.tessera.server.fhir.FhirEndpoint;

/**
 * How the server is set up: keys and values, of a file in Java's properties format (UTF-8) and of
 * the command line, which wins.
 *
 * @param http where HTTP is served
 * @param origins whose web pages may use DICOMweb and FHIR
 * @param dicom who may send over DIMSE
 * @param commitment whom outcomes of storage commitment are reported to
 * @param store where objects are kept
 * @param scratch for files that do not last; empty for the default
 * @param fhir bounds of the FHIR endpoint
 * @param mostWaiting how many requests may wait for an analysis
 * @param cases what is done with what arrives
 * @param upkeep backups and retention
 * @param modelDir folder of a model, or empty for the one that ships
 * @param drainSeconds how long open associations may go on after SIGTERM
 */
public record ServerSettings(
    InetSocketAddress http,
    CrossOrigins origins,
    DicomReceiver.Settings dicom,
    CommitmentSettings commitment,
    ObjectStore.Settings store,
    Optional<Path> scratch,
    FhirEndpoint.Settings fhir,
    int mostWaiting,
    CaseService.Settings cases,
    Upkeep.Settings upkeep,
    String modelDir,
    int drainSeconds) {
  private static final int MEGABYTE = 1 << 20;
  private static final long GIGABYTE = 1L << 30;
  private static final int MOST_FETCHED = 4096;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** Every key with the value that it has unless told otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("http.bind", "127.0.0.1"),
          Map.entry("http.port", "8080"),
          Map.entry("http.allowed-origins", ""),
          Map.entry("dimse.bind", "127.0.0.1"),
          Map.entry("dimse.port", "11112"),
          Map.entry("dimse.ae-title", "TESSERA"),
          Map.entry("dimse.calling-ae-titles", ""),
          Map.entry("dimse.addresses", ""),
          Map.entry("dimse.max-associations", "64"),
          Map.entry("dimse.max-pdu", "131072"),
          Map.entry("dimse.idle-seconds", "300"),
          Map.entry("dimse.max-associations-per-host", "32"),
          Map.entry("dimse.max-objects-per-association", "0"),
          Map.entry("dimse.max-gb-per-association", "0"),
          Map.entry("commitment.peers", ""),
          Map.entry("data.dir", "tessera-data"),
          Map.entry("data.key-file", ""),
          Map.entry("data.scratch-dir", ""),
          Map.entry("data.reserve-mb", "256"),
          Map.entry("database.url", ""),
          Map.entry("database.user", ""),
          Map.entry("database.password", ""),
          Map.entry("fhir.max-record-mb", "64"),
          Map.entry("fhir.max-waiting", "8"),
          Map.entry("fhir.max-jobs", "100"),
          Map.entry("fhir.job-hours", "24"),
          Map.entry("fetch.dicomweb", ""),
          Map.entry("fetch.authorization", ""),
          Map.entry("fetch.max-study-mb", "2048"),
          Map.entry("fetch.timeout-seconds", "120"),
          Map.entry("pipeline.mode", "deliver"),
          Map.entry("pipeline.quiet-seconds", "60"),
          Map.entry("pipeline.patience-seconds", "600"),
          Map.entry("pipeline.attempts", "5"),
          Map.entry("pipeline.most-waiting", "1000"),
          Map.entry("backup.folder", ""),
          Map.entry("backup.hours", "24"),
          Map.entry("backup.keep", "30"),
          Map.entry("backup.key-file", ""),
          Map.entry("retention.days", "0"),
          Map.entry("join.issuers", ""),
          Map.entry("model.dir", ""),
          Map.entry("deliver.pacs", ""),
          Map.entry("deliver.objects", "sr,seg,pdf"),
          Map.entry("deliver.fhir", ""),
          Map.entry("deliver.fhir-authorization", ""),
          Map.entry("deliver.attempts", "30"),
          Map.entry("deliver.backoff-seconds", "5"),
          Map.entry("deliver.timeout-seconds", "60"),
          Map.entry("drain.seconds", "10"));

  /** The keys that there are. */
  public static Set<String> keys() {
    return new TreeSet<>(DEFAULTS.keySet());
  }

  /**
   * Reads a file of settings.
   *
   * @throws RejectedInputException with one sentence, if it is none
   */
  public static Map<String, String> read(Path file) throws IOException, RejectedInputException {
    if (!Files.isRegularFile(file)) {
      throw new RejectedInputException("There is no such file of settings.");
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("The file of settings cannot be read.");
    }
    Map<String, String> given = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> given.put(key, value(properties, key)));
    return given;
  }

  private static String value(Properties properties, String key) {
    return properties.getProperty(key, "").strip();
  }

  /**
   * Makes settings of keys and values.
   *
   * @throws RejectedInputException with one sentence, if a key is not known or a value is none
   */
  public static ServerSettings of(Map<String, String> given) throws RejectedInputException {
    for (String key : given.keySet()) {
      if (!DEFAULTS.containsKey(key)) {
        throw new RejectedInputException("There is no setting %s.".formatted(key));
      }
    }
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(given);
    return of(new SettingValues(all));
  }

  private static ServerSettings of(SettingValues values) throws RejectedInputException {
    DicomReceiver.Settings dicom =
        new DicomReceiver.Settings(
            values.address("dimse"),
            values.text("dimse.ae-title"),
            Set.copyOf(values.list("dimse.calling-ae-titles")),
            values.list("dimse.addresses"),
            values.number("dimse.max-associations", 1, 10_000),
            values.number("dimse.max-pdu", 4096, 64 * MEGABYTE),
            values.number("dimse.idle-seconds", 1, 86_400),
            values.number("dimse.max-associations-per-host", 1, 10_000),
            values.most("dimse.max-objects-per-association", Integer.MAX_VALUE, 1),
            values.most("dimse.max-gb-per-association", 1_000_000, GIGABYTE));
    CommitmentSettings commitment =
        CommitmentSettings.of(
            values.list("commitment.peers"),
            values.number("deliver.attempts", 1, 1000),
            values.seconds("deliver.backoff-seconds", 1),
            values.seconds("deliver.timeout-seconds", 1));
    ObjectStore.Settings store =
        new ObjectStore.Settings(
            Path.of(values.text("data.dir")),
            values.text("database.url"),
            values.text("database.user"),
            values.text("database.password"),
            (long) MEGABYTE * values.number("data.reserve-mb", 0, Integer.MAX_VALUE),
            dataKey(values));
    FhirEndpoint.Settings fhir =
        new FhirEndpoint.Settings(
            (long) MEGABYTE * values.number("fhir.max-record-mb", 1, 64),
            new AnalysisJobs.Settings(
                values.number("fhir.max-jobs", 0, 100_000),
                Duration.ofHours(values.number("fhir.job-hours", 1, 8760))),
            fetch(values));
    return new ServerSettings(
        values.address("http"),
        CrossOrigins.of(values.list("http.allowed-origins")),
        dicom,
        commitment,
        store,
        values.path("data.scratch-dir"),
        fhir,
        values.number("fhir.max-waiting", 0, 1000),
        cases(values),
        upkeep(values),
        values.text("model.dir"),
        values.number("drain.seconds", 0, 3600));
  }

  private static StudyFetcher.Settings fetch(SettingValues values)
      throws RejectedInputException {
    return new StudyFetcher.Settings(
        StudyFetcher.Settings.archives(values.list("fetch.dicomweb")),
        values.text("fetch.authorization"),
        (long) MEGABYTE * values.number("fetch.max-study-mb", 1, 1_000_000),
        MOST_FETCHED,
        values.seconds("fetch.timeout-seconds", 1));
  }

  private static CaseService.Settings cases(SettingValues values)
      throws RejectedInputException {
    CompletenessRule rule =
        new CompletenessRule(
            values.seconds("pipeline.quiet-seconds", 1),
            values.seconds("pipeline.patience-seconds", 1));
    CaseWorkers.Settings workers =
        new CaseWorkers.Settings(
            1,
            values.number("pipeline.attempts", 1, 100),
            FIRST_PAUSE);
    DeliverySettings delivery =
        new DeliverySettings(
            values.list("deliver.pacs"),
            Set.copyOf(values.list("deliver.objects")),
            values.text("deliver.fhir"),
            values.text("deliver.fhir-authorization"),
            values.number("deliver.attempts", 1, 1000),
            values.seconds("deliver.backoff-seconds", 1),
            values.seconds("deliver.timeout-seconds", 1));
    return new CaseService.Settings(
        mode(values.text("pipeline.mode")),
        values.text("dimse.ae-title"),
        rule,
        workers,
        values.number("pipeline.most-waiting", 1, 1_000_000),
        delivery,
        RecordIntake.issuers(values.list("join.issuers")));
  }

  private static Upkeep.Settings upkeep(SettingValues values) throws RejectedInputException {
    String folder = values.text("backup.folder");
    int keep = values.number("backup.keep", 1, 10_000);
    int days = values.number("retention.days", 0, 36_500);
    return new Upkeep.Settings(
        folder.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Backup.Settings(Path.of(folder), false, keep, backupKey(values))),
        Duration.ofHours(values.number("backup.hours", 1, 8760)),
        days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days)));
  }

  private static Optional<EncryptionKey> backupKey(SettingValues values)
      throws RejectedInputException {
    return key(values, "backup.key-file", BackupKey::of);
  }

  private static Optional<EncryptionKey> dataKey(SettingValues values)
      throws RejectedInputException {
    Path data = Path.of(values.text("data.dir"));
    return key(
        values,
        "data.key-file",
        file ->
            file.isPresent()
                ? Optional.of(SealedFolder.masterKey(file.get(), data))
                : Optional.empty());
  }

  /** Reads a key of a file that is named, or not. */
  @FunctionalInterface
  private interface KeyReader {
    Optional<EncryptionKey> read(Optional<Path> file) throws IOException, RejectedInputException;
  }

  private static Optional<EncryptionKey> key(
      SettingValues values, String setting, KeyReader reader) throws RejectedInputException {
    try {
      return reader.read(values.path(setting));
    } catch (RejectedInputException e) {
      throw new RejectedInputException(setting + ": " + e.sentence());
    } catch (IOException e) {
      throw new RejectedInputException(setting + " cannot be read.");
    }
  }

  private static CaseService.Mode mode(String word) throws RejectedInputException {
    return switch (word) {
      case "deliver" -> CaseService.Mode.DELIVER;
      case "shadow" -> CaseService.Mode.SHADOW;
      case "off" -> CaseService.Mode.OFF;
      default ->
          throw new RejectedInputException("pipeline.mode is deliver, shadow or off.");
    };
  }
}
