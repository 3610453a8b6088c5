package org.tessera.runtime.dicomweb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.Tag;

/**
 * What a search asks (PS3.18 8.3.4): conditions on columns, pages, further attributes.
 *
 * @param conditions SQL over {@code web_instance w}, joined by "and"; values are bound
 * @param bound their values
 * @param include tags that are asked for beside the usual ones
 * @param all every attribute that is kept is asked for
 * @param limit most results
 * @param offset results that are left out before
 * @param notices what could not be done as asked
 */
record StudyQuery(
    List<String> conditions,
    Map<String, Object> bound,
    TreeSet<Integer> include,
    boolean all,
    int limit,
    int offset,
    List<String> notices) {
  static final int MOST_RESULTS = 1000;

  /** How the values of a column are compared. */
  private enum Matching {
    TEXT,
    FOLDED,
    RANGE,
    UIDS
  }

  private record Column(String name, Matching matching) {}

  private static final Map<Integer, Column> COLUMNS =
      Map.ofEntries(
          Map.entry(Tag.StudyDate, new Column("study_date", Matching.RANGE)),
          Map.entry(Tag.StudyTime, new Column("study_time", Matching.RANGE)),
          Map.entry(Tag.AccessionNumber, new Column("accession", Matching.TEXT)),
          Map.entry(Tag.ModalitiesInStudy, new Column("modality", Matching.TEXT)),
          Map.entry(Tag.ReferringPhysicianName, new Column("referring", Matching.FOLDED)),
          Map.entry(Tag.PatientName, new Column("patient_name", Matching.FOLDED)),
          Map.entry(Tag.PatientID, new Column("patient_id", Matching.TEXT)),
          Map.entry(Tag.IssuerOfPatientID, new Column("issuer", Matching.TEXT)),
          Map.entry(Tag.StudyInstanceUID, new Column("study_uid", Matching.UIDS)),
          Map.entry(Tag.StudyID, new Column("study_id", Matching.TEXT)),
          Map.entry(Tag.StudyDescription, new Column("study_description", Matching.FOLDED)),
          Map.entry(Tag.Modality, new Column("modality", Matching.TEXT)),
          Map.entry(Tag.SeriesInstanceUID, new Column("series_uid", Matching.UIDS)),
          Map.entry(Tag.SeriesNumber, new Column("series_number", Matching.TEXT)),
          Map.entry(Tag.SeriesDescription, new Column("series_description", Matching.FOLDED)),
          Map.entry(Tag.SOPClassUID, new Column("sop_class", Matching.UIDS)),
          Map.entry(Tag.SOPInstanceUID, new Column("sop_uid", Matching.UIDS)),
          Map.entry(Tag.InstanceNumber, new Column("instance_number", Matching.TEXT)));

  private static final int MOST_VALUES = 500;

  /**
   * Reads the parameters of a search.
   *
   * @param parameters decoded, each with its values
   * @throws RejectedInputException with one sentence, if they cannot be understood
   */
  static StudyQuery of(Map<String, List<String>> parameters) throws RejectedInputException {
    StudyQuery query =
        new StudyQuery(
            new ArrayList<>(List.of("w.study_uid <> ''")),
            new LinkedHashMap<>(),
            new TreeSet<>(Integer::compareUnsigned),
            parameters.getOrDefault("includefield", List.of()).contains("all"),
            number(parameters, "limit", MOST_RESULTS),
            number(parameters, "offset", 0),
            new ArrayList<>());
    for (Map.Entry<String, List<String>> each : parameters.entrySet()) {
      query.add(each.getKey(), each.getValue());
    }
    return query;
  }

  private static int number(Map<String, List<String>> parameters, String name, int otherwise)
      throws RejectedInputException {
    String text = parameters.getOrDefault(name, List.of("")).getFirst();
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new RejectedInputException("The parameter %s is no whole number.".formatted(name));
    }
    return Integer.parseInt(text);
  }

  private void add(String name, List<String> values) throws RejectedInputException {
    switch (name) {
      case "limit", "offset" -> {}
      case "fuzzymatching" -> {
        if (values.contains("true")) {
          notices.add("Fuzzy matching is not done; names are matched as they are written.");
        }
      }
      case "includefield" -> {
        for (String value : values) {
          for (String field : value.split(",")) {
            if (!field.equals("all") && !field.isEmpty()) {
              include.add(tag(field));
            }
          }
        }
      }
      default -> {
        int tag = tag(name);
        Column column = COLUMNS.get(tag);
        if (column == null) {
          notices.add("An attribute that was asked for is not matched here.");
        } else {
          include.add(tag);
          match(column, tag, values);
        }
      }
    }
  }

  private static int tag(String name) throws RejectedInputException {
    if (name.matches("[0-9a-fA-F]{8}")) {
      return Integer.parseUnsignedInt(name, 16);
    }
    return ElementDictionary.tag(name)
        .orElseThrow(
            () ->
                new RejectedInputException(
                    "A parameter is neither a tag nor the keyword of an attribute."));
  }

  private void match(Column column, int tag, List<String> values) throws RejectedInputException {
    List<String> any = new ArrayList<>();
    for (String value : values) {
      if (value.isEmpty() || value.equals("*")) {
        return;
      }
      if (column.matching() == Matching.RANGE) {
        any.add(range(column.name(), value));
      } else {
        boolean list = column.matching() == Matching.UIDS;
        for (String each : list ? value.split("[,\\\\]") : value.split("\\\\")) {
          any.add(text(column, each.strip()));
        }
      }
    }
    if (any.size() > MOST_VALUES) {
      throw new RejectedInputException(
          "More than %d values of one attribute are asked for.".formatted(MOST_VALUES));
    }
    String condition = "(" + String.join(" or ", any) + ")";
    // PS3.18 10.6.1.2: a study is found if any of its series has the modality.
    conditions.add(
        tag == Tag.ModalitiesInStudy
            ? "w.study_uid in (select w.study_uid from web_instance w where " + condition + ")"
            : condition);
  }

  private String text(Column column, String value) {
    String wanted =
        column.matching() == Matching.FOLDED ? value.toUpperCase(Locale.ROOT) : value;
    boolean pattern =
        column.matching() != Matching.UIDS && (value.contains("*") || value.contains("?"));
    if (!pattern) {
      return "w." + column.name() + " = " + bind(wanted);
    }
    String like =
        wanted
            .replace("!", "!!")
            .replace("%", "!%")
            .replace("_", "!_")
            .replace('*', '%')
            .replace('?', '_');
    return "w.%s like %s escape '!'".formatted(column.name(), bind(like));
  }

  /** PS3.4 C.2.2.2.5: "a-b", "a-", "-b" or a value alone; the end counts as a prefix. */
  private String range(String column, String value) throws RejectedInputException {
    int dash = value.indexOf('-');
    if (!value.matches("[0-9.]{0,16}-?[0-9.]{0,16}") || value.equals("-")) {
      throw new RejectedInputException("A date or time to be matched is none.");
    }
    String low = dash < 0 ? value : value.substring(0, dash);
    String high = dash < 0 ? value : value.substring(dash + 1);
    List<String> both = new ArrayList<>(List.of("w." + column + " <> ''"));
    if (!low.isEmpty()) {
      both.add("w.%s >= %s".formatted(column, bind(low)));
    }
    if (!high.isEmpty()) {
      both.add("w.%s <= %s".formatted(column, bind(high + "99999999")));
    }
    return "(" + String.join(" and ", both) + ")";
  }

  private String bind(String value) {
    String name = "v" + bound.size();
    bound.put(name, value);
    return ":" + name;
  }

  /** Adds what the address of the search names. */
  void require(String column, Optional<String> value) {
    value.ifPresent(uid -> conditions.add("w." + column + " = " + bind(uid)));
  }

  String where() {
    return String.join(" and ", conditions);
  }
}
