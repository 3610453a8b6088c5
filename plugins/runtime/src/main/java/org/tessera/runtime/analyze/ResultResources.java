package org.tessera.runtime.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.tessera.runtime.store.Database;

/**
 * The FHIR resources of results, durably. Their ids are made of their content, so that the same
 * result is kept once, however often it is computed.
 */
public final class ResultResources {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ADDRESS = "urn:uuid:";

  private final Database database;

  public ResultResources(Database database) {
    this.database = database;
  }

  /**
   * Keeps the resources of a transaction bundle that this system wrote; on the disk when it
   * returns.
   *
   * @param bundle JSON
   * @return all its resources, those that were kept before included
   */
  public List<ResourceKey> keep(String bundle) {
    return database.durably(handle -> keep(handle, bundle));
  }

  /** As the other one, within the transaction of somebody else's. */
  public static List<ResourceKey> keep(Handle handle, String bundle) {
    JsonNode entries = read(bundle).path("entry");
    Map<String, ResourceKey> addresses = new HashMap<>();
    List<ObjectNode> resources = new ArrayList<>();
    List<ResourceKey> keys = new ArrayList<>();
    for (JsonNode entry : entries) {
      ResourceKey key = key(handle, entry);
      addresses.put(entry.path("fullUrl").textValue(), key);
      resources.add((ObjectNode) entry.path("resource"));
      keys.add(key);
    }
    for (int i = 0; i < keys.size(); i++) {
      String method = entries.path(i).path("request").path("method").asText("");
      ObjectNode resource = resolved(resources.get(i), addresses);
      keep(handle, keys.get(i), resource, method.equals("PUT"));
    }
    return keys;
  }

  /** A conditional update (R4 3.1.0.4.3) goes to the resource that has the identifier. */
  private static ResourceKey key(Handle handle, JsonNode entry) {
    String type = entry.path("resource").path("resourceType").asText("");
    String own = entry.path("fullUrl").asText("").substring(ADDRESS.length());
    String search = entry.path("request").path("url").asText("");
    int value = search.lastIndexOf('|');
    if (!entry.path("request").path("method").asText("").equals("PUT") || value < 0) {
      return new ResourceKey(type, own);
    }
    String system = search.substring(search.indexOf('=') + 1, value);
    return handle
        .createQuery(
            """
            select r.resource_id from fhir_resource r join fhir_token t on t.seq = r.seq
            where r.resource_type = :type and r.latest and t.param = 'identifier'
              and t.token_system = :system and t.token_value = :value
            """)
        .bind("type", type)
        .bind("system", system)
        .bind("value", search.substring(value + 1))
        .mapTo(String.class)
        .findFirst()
        .map(id -> new ResourceKey(type, id))
        .orElse(new ResourceKey(type, own));
  }

  private static ObjectNode resolved(ObjectNode resource, Map<String, ResourceKey> addresses) {
    for (JsonNode holder : resource.findParents("reference")) {
      ResourceKey target = addresses.get(holder.path("reference").asText(""));
      if (target != null && holder instanceof ObjectNode object) {
        object.set("reference", TextNode.valueOf(target.toString()));
      }
    }
    return resource;
  }

  private static void keep(
      Handle handle, ResourceKey key, ObjectNode resource, boolean update) {
    Optional<KeptResource> known = find(handle, key, Optional.empty());
    if (known.isPresent() && !update) {
      return;
    }
    int version = known.map(KeptResource::version).orElse(0) + 1;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ObjectNode named = MAPPER.createObjectNode();
    named.put("resourceType", key.type()).put("id", key.id());
    named.setAll(resource);
    ObjectNode meta = MAPPER.createObjectNode();
    meta.put("versionId", Integer.toString(version)).put("lastUpdated", now.toString());
    if (resource.path("meta") instanceof ObjectNode given) {
      meta.setAll(given);
    }
    named.set("meta", meta);
    handle
        .createUpdate(
            """
            update fhir_resource set latest = false
            where resource_type = :type and resource_id = :id and latest
            """)
        .bind("type", key.type())
        .bind("id", key.id())
        .execute();
    long seq =
        handle
            .createUpdate(
                """
                insert into fhir_resource
                  (resource_type, resource_id, version, latest, updated, content)
                values (:type, :id, :version, true, :updated, :content)
                """)
            .bind("type", key.type())
            .bind("id", key.id())
            .bind("version", version)
            .bind("updated", now.atOffset(ZoneOffset.UTC))
            .bind("content", named.toString())
            .executeAndReturnGeneratedKeys("seq")
            .mapTo(Long.class)
            .one();
    ResourceTokens.of(named)
        .forEach(
            token ->
                handle.execute(
                    "insert into fhir_token values (?, ?, ?, ?)",
                    seq,
                    token.param(),
                    token.system(),
                    token.value()));
  }

  /**
   * A resource.
   *
   * @param version the newest, if empty
   */
  public Optional<KeptResource> find(ResourceKey key, Optional<Integer> version) {
    return database.with(handle -> find(handle, key, version));
  }

  private static Optional<KeptResource> find(
      Handle handle, ResourceKey key, Optional<Integer> version) {
    String which = version.isPresent() ? "version = :version" : "latest";
    return handle
        .createQuery(
            "select * from fhir_resource where resource_type = :type and resource_id = :id and "
                + which)
        .bind("type", key.type())
        .bind("id", key.id())
        .bind("version", version.orElse(0))
        .map(ResultResources::row)
        .findFirst();
  }

  static KeptResource row(ResultSet row, StatementContext context) throws SQLException {
    return new KeptResource(
        new ResourceKey(row.getString("resource_type"), row.getString("resource_id")),
        row.getInt("version"),
        row.getObject("updated", OffsetDateTime.class).toInstant(),
        row.getString("content"));
  }

  /** A search among the newest versions, as they are now. */
  public ResourceSearch search(
      String type, List<SearchTerm> terms, Optional<Instant> from, Optional<Instant> before) {
    return ResourceSearch.of(database, type, terms, from, before);
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A bundle of this system is not JSON.", e);
    }
  }
}
