package org.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a running server says of its cases and deliveries. */
final class ServedCases {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int OK = 200;

  private ServedCases() {}

  /** All cases; none while the server cannot tell. */
  static JsonNode all(RunningServer server) throws IOException, InterruptedException {
    return list(server, "cases");
  }

  /** All deliveries; none while the server cannot tell. */
  static JsonNode deliveries(RunningServer server) throws IOException, InterruptedException {
    return list(server, "deliveries");
  }

  private static JsonNode list(RunningServer server, String what)
      throws IOException, InterruptedException {
    var response = server.json("/" + what);
    return response.statusCode() == OK
        ? MAPPER.readTree(response.body()).path(what)
        : MissingNode.getInstance();
  }

  /** How many cases are in a state. */
  static long count(RunningServer server, String state) throws IOException, InterruptedException {
    return count(all(server), each -> each.path("state").asText().equals(state));
  }

  private static long count(JsonNode list, Predicate<JsonNode> wanted) {
    long n = 0;
    for (JsonNode each : list) {
      n += wanted.test(each) ? 1 : 0;
    }
    return n;
  }

  /** Waits until so many cases are in a state. */
  static void await(RunningServer server, String state, long cases)
      throws IOException, InterruptedException {
    while (count(server, state) < cases) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** A case of that state and revision. */
  static Predicate<JsonNode> in(String state, int revision) {
    return each ->
        each.path("state").asText().equals(state) && each.path("revision").asInt() == revision;
  }

  /** Waits until the only case is as wanted. */
  static JsonNode awaitOnly(RunningServer server, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode cases = all(server);
      assertThat(cases.size()).isLessThanOrEqualTo(1);
      if (cases.size() == 1 && wanted.test(cases.get(0))) {
        return cases.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Waits until a delivery is as wanted. */
  static void awaitDelivery(RunningServer server, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    while (count(deliveries(server), wanted) == 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Waits until the page of health has a text. */
  static void awaitHealth(RunningServer server, int status, String text)
      throws IOException, InterruptedException {
    while (true) {
      var health = server.get("/health");
      if (health.statusCode() == status && health.body().contains(text)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
