package org.tessera.runtime.dicomweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Tag;

/** QIDO-RS (PS3.18 10.6): searches for studies, series and instances. */
public final class StudySearch {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final StudyIndex index;

  public StudySearch(StudyIndex index) {
    this.index = index;
  }

  /**
   * What was found.
   *
   * @param json an array in DICOM JSON
   * @param count its length
   * @param notices sentences for a Warning header
   */
  public record Found(String json, int count, List<String> notices) {
    public Found {
      notices = List.copyOf(notices);
    }
  }

  private record Row(
      String study, String series, String sop, long id, int seriesCount, int instances) {}

  /**
   * Searches.
   *
   * @param study only in that study
   * @param series only in that series
   * @param parameters of the request, decoded
   * @param base address of the service, without a slash at the end
   * @throws RejectedInputException with one sentence, if the parameters cannot be understood
   */
  public Found search(
      QueryLevel level,
      Optional<String> study,
      Optional<String> series,
      Map<String, List<String>> parameters,
      String base)
      throws RejectedInputException {
    StudyQuery query = StudyQuery.of(parameters);
    query.require("study_uid", study);
    query.require("series_uid", series);
    index.update();
    int most = Math.min(query.limit(), StudyQuery.MOST_RESULTS);
    ArrayNode results = MAPPER.createArrayNode();
    List<String> notices = new ArrayList<>(query.notices());
    index
        .database()
        .with(
            handle -> {
              List<Row> rows = rows(handle, level, query, most + 1);
              if (rows.size() > most) {
                rows = rows.subList(0, most);
                if (most < query.limit() || !parameters.containsKey("limit")) {
                  notices.add(
                      "The number of results exceeded the maximum supported by the server."
                          + " Additional results can be requested.");
                }
              }
              fill(handle, level, query, rows, base, results);
              return rows.size();
            });
    return new Found(results.toString(), results.size(), notices);
  }

  private static Query bindAll(Query query, StudyQuery asked) {
    asked.bound().forEach(query::bind);
    return query;
  }

  private static List<Row> rows(Handle handle, QueryLevel level, StudyQuery query, int most) {
    String column = level.column();
    String order =
        switch (level) {
          case STUDY -> "max(w.study_date) desc, w.study_uid";
          case SERIES -> "min(w.study_uid), min(w.series_number), w.series_uid";
          case INSTANCE -> "min(w.series_uid), min(length(w.instance_number)),"
              + " min(w.instance_number), w.sop_uid";
        };
    String sql =
        """
        select min(w.study_uid) study, min(w.series_uid) series, min(w.sop_uid) sop,
          min(w.instance_id) id, count(distinct w.series_uid) series_count, count(*) instances
        from web_instance w
        where w.%s in (select w.%s from web_instance w where %s)
        group by w.%s order by %s limit :limit offset :offset
        """
            .formatted(column, column, query.where(), column, order);
    return bindAll(handle.createQuery(sql), query)
        .bind("limit", most)
        .bind("offset", query.offset())
        .map(
            (row, context) ->
                new Row(
                    row.getString("study"),
                    row.getString("series"),
                    row.getString("sop"),
                    row.getLong("id"),
                    row.getInt("series_count"),
                    row.getInt("instances")))
        .list();
  }

  private static void fill(
      Handle handle,
      QueryLevel level,
      StudyQuery query,
      List<Row> rows,
      String base,
      ArrayNode results) {
    if (rows.isEmpty()) {
      return;
    }
    Map<Long, JsonNode> attributes = new TreeMap<>();
    handle
        .createQuery(
            "select instance_id, attributes from web_instance where instance_id in (<ids>)")
        .bindList("ids", rows.stream().map(Row::id).toList())
        .map((row, context) -> Map.entry(row.getLong(1), read(row.getString(2))))
        .forEach(each -> attributes.put(each.getKey(), each.getValue()));
    Map<String, TreeSet<String>> modalities =
        level == QueryLevel.STUDY ? modalities(handle, rows) : Map.of();
    for (Row row : rows) {
      JsonNode kept = attributes.getOrDefault(row.id(), MAPPER.createObjectNode());
      results.add(result(level, query, row, kept, modalities, base));
    }
  }

  private static Map<String, TreeSet<String>> modalities(Handle handle, List<Row> rows) {
    Map<String, TreeSet<String>> modalities = new TreeMap<>();
    handle
        .createQuery(
            "select distinct study_uid, modality from web_instance where study_uid in (<uids>)")
        .bindList("uids", rows.stream().map(Row::study).toList())
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(
            each ->
                modalities
                    .computeIfAbsent(each.getKey(), key -> new TreeSet<>())
                    .add(each.getValue()));
    return modalities;
  }

  private static ObjectNode result(
      QueryLevel level,
      StudyQuery query,
      Row row,
      JsonNode kept,
      Map<String, TreeSet<String>> modalities,
      String base) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    kept.properties()
        .forEach(
            each -> {
              int tag = Integer.parseUnsignedInt(each.getKey(), 16);
              if (query.all() || level.tags().contains(tag) || query.include().contains(tag)) {
                sorted.put(each.getKey(), each.getValue());
              }
            });
    sorted.put(hex(Tag.SpecificCharacterSet), text("CS", "ISO_IR 192"));
    sorted.put(hex(Tag.InstanceAvailability), text("CS", "ONLINE"));
    sorted.put(hex(Tag.StudyInstanceUID), text("UI", row.study()));
    String address = base + "/studies/" + row.study();
    switch (level) {
      case STUDY -> {
        ObjectNode found = text("CS");
        modalities.getOrDefault(row.study(), new TreeSet<>()).stream()
            .filter(each -> !each.isEmpty())
            .forEach(found.withArray("Value")::add);
        sorted.put(hex(Tag.ModalitiesInStudy), found);
        sorted.put(hex(Tag.NumberOfStudyRelatedSeries), number(row.seriesCount()));
        sorted.put(hex(Tag.NumberOfStudyRelatedInstances), number(row.instances()));
      }
      case SERIES -> {
        address += "/series/" + row.series();
        sorted.put(hex(Tag.SeriesInstanceUID), text("UI", row.series()));
        sorted.put(hex(Tag.NumberOfSeriesRelatedInstances), number(row.instances()));
      }
      case INSTANCE -> {
        address += "/series/" + row.series() + "/instances/" + row.sop();
        sorted.put(hex(Tag.SeriesInstanceUID), text("UI", row.series()));
        sorted.put(hex(Tag.SOPInstanceUID), text("UI", row.sop()));
      }
    }
    sorted.put(hex(Tag.RetrieveURL), text("UR", address));
    ObjectNode result = MAPPER.createObjectNode();
    result.setAll(sorted);
    return result;
  }

  private static String hex(int tag) {
    return "%08X".formatted(tag);
  }

  private static ObjectNode text(String vr, String... values) {
    ObjectNode node = MAPPER.createObjectNode().put("vr", vr);
    for (String value : values) {
      node.withArray("Value").add(value);
    }
    return node;
  }

  private static ObjectNode number(int value) {
    ObjectNode node = MAPPER.createObjectNode().put("vr", "IS");
    node.withArray("Value").add(value);
    return node;
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Attributes of this system are not JSON.", e);
    }
  }
}
