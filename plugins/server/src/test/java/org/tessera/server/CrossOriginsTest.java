package org.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;

@Timeout(120)
class CrossOriginsTest {
  private static final String VIEWER = "https://viewer.example.org";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @TempDir private Path data = Path.of("");

  @Test
  void originsAreReadAsBrowsersSendThem() throws Exception {
    assertThat(
            CrossOrigins.of(
                    List.of(
                        "https://Viewer.Example.ORG:443",
                        "http://localhost:3000",
                        "http://192.0.2.7:80",
                        "http://[::1]:81"))
                .allowed())
        .containsExactly(VIEWER, "http://localhost:3000", "http://192.0.2.7", "http://[::1]:81");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*", "viewer.example.org", "https://viewer.example.org/", "https://a@viewer.example.org",
        "ftp://viewer.example.org", "https://viewer example.org", "https://", "null",
        "https://viewer.example.org?a", "https://viewer.example.org#a"
      })
  void whatIsNoOriginIsRefused(String given) {
    assertThatThrownBy(() -> CrossOrigins.of(List.of(given)))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("http.allowed-origins");
  }

  @Test
  void onlyPagesOfNamedOriginsMayReadWhatIsServed() throws Exception {
    try (ServerUnderTest server =
        ServerUnderTest.start(data, "http.allowed-origins", VIEWER)) {
      for (String path : List.of("/dicomweb/studies", "/fhir/metadata")) {
        assertThat(asked(server, path, VIEWER)).contains(VIEWER);
        for (String other :
            List.of("https://viewer.example.org.evil.org", "http://viewer.example.org", "null")) {
          assertThat(asked(server, path, other)).as(other).isEmpty();
        }
      }
      assertThat(asked(server, "/health", VIEWER)).isEmpty();
      HttpResponse<String> preflight =
          server.send(
              server
                  .request("/dicomweb/studies")
                  .header("Origin", VIEWER)
                  .header("Access-Control-Request-Method", "POST")
                  .header("Access-Control-Request-Headers", "content-type")
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertThat(preflight.headers().firstValue(ALLOWED)).contains(VIEWER);
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
          .contains("POST");
    }
  }

  @Test
  void nobodyMayUnlessNamed() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(data)) {
      assertThat(asked(server, "/dicomweb/studies", VIEWER)).isEmpty();
      assertThat(asked(server, "/fhir/metadata", VIEWER)).isEmpty();
    }
  }

  private static Optional<String> asked(ServerUnderTest server, String path, String origin)
      throws IOException, InterruptedException {
    HttpResponse<String> response = server.send(server.request(path).header("Origin", origin));
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.headers().firstValue(ALLOWED);
  }
}
