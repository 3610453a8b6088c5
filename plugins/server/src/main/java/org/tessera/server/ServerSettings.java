package org.tessera.server;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final int HIGHEST_PORT = 65_535;
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
    Function<String, String> text = key -> all.getOrDefault(key, "");
    DicomReceiver.Settings dicom =
        new DicomReceiver.Settings(
            address(all, "dimse"),
            text.apply("dimse.ae-title"),
            Set.copyOf(list(text.apply("dimse.calling-ae-titles"))),
            list(text.apply("dimse.addresses")),
            number(all, "dimse.max-associations", 1, 10_000),
            number(all, "dimse.max-pdu", 4096, 64 * MEGABYTE),
            number(all, "dimse.idle-seconds", 1, 86_400),
            number(all, "dimse.max-associations-per-host", 1, 10_000),
            most(number(all, "dimse.max-objects-per-association", 0, Integer.MAX_VALUE), 1),
            most(number(all, "dimse.max-gb-per-association", 0, 1_000_000), GIGABYTE));
    CommitmentSettings commitment =
        CommitmentSettings.of(
            list(text.apply("commitment.peers")),
            number(all, "deliver.attempts", 1, 1000),
            seconds(all, "deliver.backoff-seconds", 1),
            seconds(all, "deliver.timeout-seconds", 1));
    ObjectStore.Settings store =
        new ObjectStore.Settings(
            Path.of(text.apply("data.dir")),
            text.apply("database.url"),
            text.apply("database.user"),
            text.apply("database.password"),
            (long) MEGABYTE * number(all, "data.reserve-mb", 0, Integer.MAX_VALUE),
            dataKey(all));
    FhirEndpoint.Settings fhir =
        new FhirEndpoint.Settings(
            (long) MEGABYTE * number(all, "fhir.max-record-mb", 1, 64),
            new AnalysisJobs.Settings(
                number(all, "fhir.max-jobs", 0, 100_000),
                Duration.ofHours(number(all, "fhir.job-hours", 1, 8760))),
            fetch(all));
    return new ServerSettings(
        address(all, "http"),
        CrossOrigins.of(list(text.apply("http.allowed-origins"))),
        dicom,
        commitment,
        store,
        path(text.apply("data.scratch-dir")),
        fhir,
        number(all, "fhir.max-waiting", 0, 1000),
        cases(all),
        upkeep(all),
        text.apply("model.dir"),
        number(all, "drain.seconds", 0, 3600));
  }

  private static StudyFetcher.Settings fetch(Map<String, String> all)
      throws RejectedInputException {
    return new StudyFetcher.Settings(
        StudyFetcher.Settings.archives(list(all.getOrDefault("fetch.dicomweb", ""))),
        all.getOrDefault("fetch.authorization", ""),
        (long) MEGABYTE * number(all, "fetch.max-study-mb", 1, 1_000_000),
        MOST_FETCHED,
        seconds(all, "fetch.timeout-seconds", 1));
  }

  private static CaseService.Settings cases(Map<String, String> all)
      throws RejectedInputException {
    Function<String, String> text = key -> all.getOrDefault(key, "");
    CompletenessRule rule =
        new CompletenessRule(
            seconds(all, "pipeline.quiet-seconds", 1),
            seconds(all, "pipeline.patience-seconds", 1));
    CaseWorkers.Settings workers =
        new CaseWorkers.Settings(
            1,
            number(all, "pipeline.attempts", 1, 100),
            FIRST_PAUSE);
    DeliverySettings delivery =
        new DeliverySettings(
            list(text.apply("deliver.pacs")),
            Set.copyOf(list(text.apply("deliver.objects"))),
            text.apply("deliver.fhir"),
            text.apply("deliver.fhir-authorization"),
            number(all, "deliver.attempts", 1, 1000),
            seconds(all, "deliver.backoff-seconds", 1),
            seconds(all, "deliver.timeout-seconds", 1));
    return new CaseService.Settings(
        mode(text.apply("pipeline.mode")),
        text.apply("dimse.ae-title"),
        rule,
        workers,
        number(all, "pipeline.most-waiting", 1, 1_000_000),
        delivery,
        RecordIntake.issuers(list(text.apply("join.issuers"))));
  }

  private static Upkeep.Settings upkeep(Map<String, String> all) throws RejectedInputException {
    String folder = all.getOrDefault("backup.folder", "");
    int keep = number(all, "backup.keep", 1, 10_000);
    int days = number(all, "retention.days", 0, 36_500);
    return new Upkeep.Settings(
        folder.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Backup.Settings(Path.of(folder), false, keep, backupKey(all))),
        Duration.ofHours(number(all, "backup.hours", 1, 8760)),
        days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days)));
  }

  private static Optional<EncryptionKey> backupKey(Map<String, String> all)
      throws RejectedInputException {
    return key(all, "backup.key-file", BackupKey::of);
  }

  private static Optional<EncryptionKey> dataKey(Map<String, String> all)
      throws RejectedInputException {
    Path data = Path.of(all.getOrDefault("data.dir", ""));
    return key(
        all,
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
      Map<String, String> all, String setting, KeyReader reader) throws RejectedInputException {
    try {
      return reader.read(path(all.getOrDefault(setting, "")));
    } catch (RejectedInputException e) {
      throw new RejectedInputException(setting + ": " + e.sentence());
    } catch (IOException e) {
      throw new RejectedInputException(setting + " cannot be read.");
    }
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
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

  private static Duration seconds(Map<String, String> all, String key, int low)
      throws RejectedInputException {
    return Duration.ofSeconds(number(all, key, low, 86_400));
  }

  private static InetSocketAddress address(Map<String, String> all, String prefix)
      throws RejectedInputException {
    String host = all.getOrDefault(prefix + ".bind", "");
    InetSocketAddress address =
        new InetSocketAddress(host, number(all, prefix + ".port", 0, HIGHEST_PORT));
    if (address.isUnresolved()) {
      throw new RejectedInputException("%s.bind is no address of this machine.".formatted(prefix));
    }
    return address;
  }

  private static int number(Map<String, String> all, String key, int low, int high)
      throws RejectedInputException {
    try {
      int value = Integer.parseInt(all.getOrDefault(key, ""));
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, with what it may be.
    }
    throw new RejectedInputException(
        "%s is a number from %d to %d.".formatted(key, low, high));
  }

  /** So many units; 0 is any number. */
  private static long most(int count, long unit) {
    return count == 0 ? Long.MAX_VALUE : count * unit;
  }

  private static List<String> list(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toUnmodifiableList());
  }
}
