package org.tessera.runtime.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a program of this machine over HTTP. */
final class RestClient implements AutoCloseable {
  private static final int OK = 200;

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RestClient(int port) {
    base = "http://127.0.0.1:" + port;
  }

  /**
   * The body of an answer in JSON or of an object.
   *
   * @throws IOException if it is not 200
   */
  byte[] get(String path) throws IOException {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .header("Accept", "application/json, application/dicom")
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != OK) {
        throw new IOException("A program answered %d.".formatted(response.statusCode()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a program was asked.", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
