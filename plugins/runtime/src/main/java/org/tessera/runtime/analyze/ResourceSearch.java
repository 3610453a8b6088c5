package org.tessera.runtime.analyze;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.tessera.runtime.store.Database;

/**
 * A search whose pages belong together: what is kept later is on none of them. The newest come
 * first.
 */
public final class ResourceSearch {
  private final Database database;
  private final String where;
  private final Map<String, Object> bound;
  private final int size;

  private ResourceSearch(Database database, String where, Map<String, Object> bound) {
    this.database = database;
    this.where = where;
    this.bound = Map.copyOf(bound);
    this.size =
        database.with(
            handle ->
                bindAll(handle.createQuery("select count(*) from fhir_resource r where " + where))
                    .mapTo(Integer.class)
                    .one());
  }

  static ResourceSearch of(
      Database database,
      String type,
      List<SearchTerm> terms,
      Optional<Instant> from,
      Optional<Instant> before) {
    Map<String, Object> bound = new HashMap<>();
    List<String> conditions = new ArrayList<>();
    conditions.add("r.resource_type = :type and r.latest");
    bound.put("type", type);
    long newest =
        database.with(
            handle ->
                handle
                    .createQuery("select coalesce(max(seq), 0) from fhir_resource")
                    .mapTo(Long.class)
                    .one());
    conditions.add("r.seq <= :newest");
    bound.put("newest", newest);
    from.ifPresent(
        time -> {
          conditions.add("r.updated >= :from");
          bound.put("from", time.atOffset(ZoneOffset.UTC));
        });
    before.ifPresent(
        time -> {
          conditions.add("r.updated < :before");
          bound.put("before", time.atOffset(ZoneOffset.UTC));
        });
    for (SearchTerm term : terms) {
      conditions.add(condition(term, bound));
    }
    return new ResourceSearch(database, String.join(" and ", conditions), bound);
  }

  private static String condition(SearchTerm term, Map<String, Object> bound) {
    List<String> any = new ArrayList<>();
    for (SearchTerm.Token token : term.tokens()) {
      List<String> all = new ArrayList<>(List.of("t.param = " + bind(bound, term.param())));
      token
          .system()
          .ifPresent(text -> all.add("t.token_system = " + bind(bound, ResourceTokens.cut(text))));
      token
          .value()
          .ifPresent(text -> all.add("t.token_value = " + bind(bound, ResourceTokens.cut(text))));
      any.add("(" + String.join(" and ", all) + ")");
    }
    return any.isEmpty()
        ? "true"
        : "exists (select 1 from fhir_token t where t.seq = r.seq and ("
            + String.join(" or ", any)
            + "))";
  }

  private static String bind(Map<String, Object> bound, String value) {
    String name = "v" + bound.size();
    bound.put(name, value);
    return ":" + name;
  }

  private Query bindAll(Query query) {
    bound.forEach(query::bind);
    return query;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Some of them. */
  public List<KeptResource> page(int from, int to) {
    return database.with(
        handle ->
            bindAll(
                    handle.createQuery(
                        "select * from fhir_resource r where "
                            + where
                            + " order by r.seq desc limit :limit offset :offset"))
                .bind("limit", Math.max(0, to - from))
                .bind("offset", from)
                .map(ResultResources::row)
                .list());
  }
}
