package org.tessera.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;

/**
 * Identity and time for files that carry none: a CSV with the columns {@code
 * file,kind,patient_id,issuer,time}, of which only {@code file} has to be there. A row whose file
 * was not named otherwise adds it to the case.
 */
record Manifest(List<Row> rows) {
  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_ROWS = 10_000;
  private static final Set<String> COLUMNS =
      Set.of("file", "kind", "patient_id", "issuer", "time");

  Manifest {
    rows = List.copyOf(rows);
  }

  static Manifest none() {
    return new Manifest(List.of());
  }

  /**
   * What the manifest says about a file.
   *
   * @param path the file; a relative one is resolved against the manifest's folder
   * @param kind what it is, where said
   * @param patient whose it is, where said
   * @param time when it was acquired, where said
   */
  record Row(
      Path path,
      Optional<InputKind> kind,
      Optional<PatientIdentity> patient,
      Optional<Instant> time) {}

  /**
   * Reads a manifest.
   *
   * @throws RejectedInputException if it cannot be understood as a whole; the sentence names the
   *     line
   */
  static Manifest read(Path file) throws RejectedInputException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new RejectedInputException("The manifest is not a file.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new RejectedInputException("The manifest is larger than 16 MB.");
      }
      String text = Files.readString(file, UTF_8);
      return parse(text.startsWith("\ufeff") ? text.substring(1) : text, folder(file));
    } catch (IOException e) {
      throw new RejectedInputException("The manifest cannot be read as UTF-8 text.", e);
    }
  }

  private static Path folder(Path file) throws IOException {
    Path parent = file.toRealPath().getParent();
    return parent == null ? file.toRealPath() : parent;
  }

  private static Manifest parse(String text, Path folder)
      throws IOException, RejectedInputException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      if (!parser.getHeaderNames().contains("file")) {
        throw new RejectedInputException("The manifest has no column \"file\" in its first line.");
      }
      for (String column : parser.getHeaderNames()) {
        if (!COLUMNS.contains(column)) {
          throw new RejectedInputException(
              "The manifest has a column that is not known; file, kind, patient_id, issuer and"
                  + " time are.");
        }
      }
      List<Row> rows = new ArrayList<>();
      for (CSVRecord each : parser) {
        if (rows.size() == MAX_ROWS) {
          throw new RejectedInputException("The manifest has more than 10,000 rows.");
        }
        rows.add(row(each, folder, parser.getCurrentLineNumber()));
      }
      return new Manifest(rows);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("The manifest is not a CSV file with unique columns.", e);
    }
  }

  private static Row row(CSVRecord record, Path folder, long line) throws RejectedInputException {
    String file =
        value(record, "file")
            .orElseThrow(
                () -> new RejectedInputException(onLine(line) + "names no file."));
    Optional<InputKind> kind = Optional.empty();
    Optional<String> word = value(record, "kind");
    if (word.isPresent()) {
      kind = InputKind.ofWord(word.get());
      if (kind.isEmpty()) {
        throw new RejectedInputException(
            onLine(line)
                + "has an unknown kind; dicom, slide, image, note, audio and fhir are known.");
      }
    }
    Optional<String> issuer = value(record, "issuer");
    return new Row(
        resolved(folder, file, line),
        kind,
        value(record, "patient_id").map(id -> PatientIdentity.of(id, issuer)),
        time(value(record, "time"), line));
  }

  private static Path resolved(Path folder, String file, long line)
      throws RejectedInputException {
    try {
      Path path = folder.resolve(file).normalize();
      return Files.exists(path) ? path.toRealPath() : path;
    } catch (InvalidPathException | IOException e) {
      throw new RejectedInputException(onLine(line) + "names a file that cannot be.", e);
    }
  }

  private static Optional<Instant> time(Optional<String> text, long line)
      throws RejectedInputException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String value = text.get().replace(' ', 'T');
    try {
      if (value.indexOf('T') < 0) {
        return Optional.of(LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      boolean zoned = value.endsWith("Z") || value.matches(".*[+-]\\d\\d:\\d\\d");
      return Optional.of(
          zoned
              ? OffsetDateTime.parse(value).toInstant()
              : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new RejectedInputException(
          onLine(line) + "has a time that is not ISO 8601, like 2026-03-01T08:30:00Z.", e);
    }
  }

  private static String onLine(long line) {
    return "The manifest's line " + line + " ";
  }

  private static Optional<String> value(CSVRecord record, String column) {
    return record.isSet(column)
        ? Optional.of(record.get(column)).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** The row of a file: by its real path, else by its name where the row names no existing file. */
  Optional<Row> of(Path file) {
    Path real;
    try {
      real = file.toRealPath();
    } catch (IOException e) {
      return Optional.empty();
    }
    Optional<Row> exact = rows.stream().filter(row -> row.path().equals(real)).findFirst();
    String name = FileContent.baseName(file);
    return exact.or(
        () ->
            rows.stream()
                .filter(row -> !Files.exists(row.path()))
                .filter(row -> FileContent.baseName(row.path()).equals(name))
                .findFirst());
  }
}
