package org.tessera.runtime.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A record system that takes transactions (R4 3.1.0.11). Creates in them are conditional, so that
 * one that is sent again changes nothing.
 */
final class FhirDestination implements Destination {
  private static final String MEDIA_TYPE = "application/fhir+json";
  private static final int MOST_ANSWER_BYTES = 4 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI base;
  private final String authorization;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * Names a server.
   *
   * @param base of its REST interface
   * @param authorization value of the header, or empty
   */
  FhirDestination(URI base, String authorization, Duration timeout) {
    this.base = base;
    this.authorization = authorization;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public String name() {
    return "fhir " + base;
  }

  @Override
  public boolean takes(String kind) {
    return kind.equals("fhir");
  }

  @Override
  public Answer send(Delivery delivery, Path file) throws IOException {
    HttpRequest.Builder request;
    try {
      request =
          HttpRequest.newBuilder(base)
              .timeout(timeout)
              .header("Content-Type", MEDIA_TYPE)
              .header("Accept", MEDIA_TYPE)
              .POST(HttpRequest.BodyPublishers.ofFile(file));
    } catch (FileNotFoundException e) {
      return new Answer(Outcome.NEVER, "The bundle is not on the disk any more.");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<byte[]> response = answer(request.build());
    int status = response.statusCode();
    return switch (status / 100) {
      case 2 -> transaction(response.body());
      case 3 -> new Answer(Outcome.LATER, "The server sent us elsewhere (%d).".formatted(status));
      case 4 -> refused(status);
      default -> new Answer(Outcome.LATER, "The server answered %d.".formatted(status));
    };
  }

  /** The time is bounded as a whole: the one of a request ends with the header of its answer. */
  private HttpResponse<byte[]> answer(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("No answer in time.", e);
    } catch (ExecutionException e) {
      throw new IOException("No answer.", e.getCause());
    }
  }

  private static Answer refused(int status) {
    return switch (status) {
      // Somebody may set up credentials or the path while this waits.
      case 401, 403, 404, 408, 409, 425, 429 ->
          new Answer(Outcome.LATER, "The server answered %d.".formatted(status));
      default ->
          new Answer(Outcome.NEVER, "The server refused the bundle (%d).".formatted(status));
    };
  }

  /** R4 3.1.0.11.2: all entries succeed or none. */
  private static Answer transaction(byte[] body) {
    try {
      JsonNode answer = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      if (!answer.path("type").asText().equals("transaction-response")) {
        return new Answer(
            Outcome.LATER, "The server answered with something that is no transaction response.");
      }
      for (JsonNode entry : answer.path("entry")) {
        String status = entry.path("response").path("status").asText();
        if (!status.startsWith("2")) {
          return new Answer(Outcome.NEVER, "The server did not take every entry of the bundle.");
        }
      }
      return new Answer(Outcome.DELIVERED, "");
    } catch (JsonProcessingException e) {
      return new Answer(Outcome.LATER, "The server answered with something that is no JSON.");
    }
  }
}
