package org.tessera.dicom.deidentify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Table E.1-1 of PS3.15: what becomes of an attribute under the Basic Profile and under each
 * option. Read once from {@code confidentiality.txt}, whose first lines state the edition.
 */
final class ConfidentialityTable {
  static final String EDITION = "2025c";

  /**
   * A row.
   *
   * @param basic action of the Basic Profile as the table has it, for example "X/Z/D"
   * @param options actions that options put in its place
   */
  record Row(String basic, Map<ConfidentialityOption, Action> options) {

    /** True if some value of this attribute may stay as a description once it is cleaned. */
    boolean isDescriptor() {
      return options.containsKey(ConfidentialityOption.CLEAN_DESCRIPTORS);
    }
  }

  private static final Map<Integer, Row> ROWS = new HashMap<>(1024);

  static {
    try (InputStream in = ConfidentialityTable.class.getResourceAsStream("confidentiality.txt")) {
      if (in == null) {
        throw new IllegalStateException("The confidentiality table is missing from the program.");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(ConfidentialityTable::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConfidentialityTable() {}

  private static void add(String line) {
    String[] parts = line.split(" ");
    if (parts[0].indexOf('x') >= 0) {
      return; // Curves and overlays are groups, not attributes: see DatasetCleaner.
    }
    Map<ConfidentialityOption, Action> options = new EnumMap<>(ConfidentialityOption.class);
    for (int i = 2; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      Action action = parts[i].endsWith("K") ? Action.KEEP : Action.CLEAN;
      options.put(byColumn(parts[i].substring(0, equals)), action);
    }
    ROWS.put(Integer.parseUnsignedInt(parts[0], 16), new Row(parts[1], options));
  }

  private static ConfidentialityOption byColumn(String column) {
    for (ConfidentialityOption option : ConfidentialityOption.values()) {
      if (option.column().equals(column)) {
        return option;
      }
    }
    throw new IllegalStateException("No option has the column " + column);
  }

  static Optional<Row> row(int tag) {
    return Optional.ofNullable(ROWS.get(tag));
  }

  /** All tags of the table. */
  static Set<Integer> tags() {
    return ROWS.keySet();
  }

  /**
   * The action under a set of options. Shifting dates wins over keeping them, keeping over
   * cleaning, and any option over the Basic Profile (PS3.15 E.3).
   */
  static Action action(Row row, Set<ConfidentialityOption> asked) {
    if (asked.contains(ConfidentialityOption.RETAIN_MODIFIED_DATES)
        && row.options().containsKey(ConfidentialityOption.RETAIN_MODIFIED_DATES)) {
      return Action.CLEAN;
    }
    boolean cleaned = false;
    for (Map.Entry<ConfidentialityOption, Action> each : row.options().entrySet()) {
      if (asked.contains(each.getKey())) {
        if (each.getValue() == Action.KEEP) {
          return Action.KEEP;
        }
        cleaned = true;
      }
    }
    return cleaned ? Action.CLEAN : Action.ofTable(row.basic());
  }
}
