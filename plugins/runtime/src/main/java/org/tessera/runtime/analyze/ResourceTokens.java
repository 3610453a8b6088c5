package org.tessera.runtime.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a resource can be found by (R4 3.1.1.4, search parameters of token and reference). */
final class ResourceTokens {
  private static final int LONGEST = 256;

  record Token(String param, String system, String value) {}

  private final List<Token> tokens = new ArrayList<>();

  private ResourceTokens() {}

  static List<Token> of(JsonNode resource) {
    ResourceTokens found = new ResourceTokens();
    found.codings("_tag", resource.path("meta").path("tag"));
    found.codings("_security", resource.path("meta").path("security"));
    found.add("_id", "", resource.path("id").asText(""));
    found.identifiers("identifier", resource.path("identifier"));
    found.codings("code", resource.path("code").path("coding"));
    found.add("status", "", resource.path("status").asText(""));
    JsonNode subject = resource.path("subject");
    found.reference("subject", subject);
    found.identifier("subject:identifier", subject.path("identifier"));
    found.reference("device", resource.path("device"));
    resource.path("result").forEach(each -> found.reference("result", each));
    resource.path("target").forEach(each -> found.reference("target", each));
    resource.path("entity").forEach(each -> found.reference("entity", each.path("what")));
    for (JsonNode study : resource.path("imagingStudy")) {
      found.identifier("study", study.path("identifier"));
    }
    return found.tokens;
  }

  private void codings(String param, JsonNode codings) {
    for (JsonNode each : codings) {
      add(param, each.path("system").asText(""), each.path("code").asText(""));
    }
  }

  private void identifiers(String param, JsonNode identifiers) {
    identifiers.forEach(each -> identifier(param, each));
  }

  private void identifier(String param, JsonNode identifier) {
    add(param, identifier.path("system").asText(""), identifier.path("value").asText(""));
  }

  private void reference(String param, JsonNode reference) {
    add(param, "", reference.path("reference").asText(""));
  }

  private void add(String param, String system, String value) {
    if (!value.isEmpty()) {
      tokens.add(new Token(param, cut(system), cut(value)));
    }
  }

  /** As the columns hold it; a search cuts what it looks for in the same way. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
