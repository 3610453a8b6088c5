package org.tessera.runtime.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notes when results arrive: it stands in for a record system, which takes FHIR transactions, and
 * is told by an archive what that has stored.
 */
final class ResultArrivals implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int OK = 200;
  private static final int UNPROCESSABLE = 422;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Arrival> transactions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Arrival> objects = new LinkedBlockingQueue<>();

  /**
   * Something that has arrived.
   *
   * @param at {@link System#nanoTime}
   * @param text the bundle, or the archive's identifier of an object
   */
  record Arrival(long at, String text) {}

  ResultArrivals() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/fhir", this::transaction);
    server.createContext("/stored", this::stored);
    server.start();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Base address of the record system. */
  String record() {
    return url() + "/fhir";
  }

  /** Where an archive tells what it has stored. */
  String told() {
    return url() + "/stored";
  }

  private void transaction(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode bundle = MAPPER.readTree(body);
      if (!bundle.path("type").asText().equals("transaction")) {
        exchange.sendResponseHeaders(UNPROCESSABLE, -1);
        return;
      }
      transactions.add(new Arrival(System.nanoTime(), body));
      ObjectNode answer =
          NODES.objectNode().put("resourceType", "Bundle").put("type", "transaction-response");
      ArrayNode entries = answer.putArray("entry");
      bundle
          .path("entry")
          .forEach(each -> entries.addObject().putObject("response").put("status", "201 Created"));
      byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
      exchange.sendResponseHeaders(OK, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private void stored(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String instance =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      objects.add(new Arrival(now, instance));
      exchange.sendResponseHeaders(OK, -1);
    }
  }

  /** Forgets what arrived so far. */
  void forget() {
    transactions.clear();
    objects.clear();
  }

  /** The next transaction. */
  Arrival transaction() throws IOException {
    return next(transactions);
  }

  /** The next object that the archive has stored. */
  Arrival object() throws IOException {
    return next(objects);
  }

  private static Arrival next(BlockingQueue<Arrival> queue) throws IOException {
    @Nullable Arrival next;
    try {
      next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while results were awaited.", e);
    }
    if (next == null) {
      throw new IOException("No result arrived within two minutes.");
    }
    return next;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
