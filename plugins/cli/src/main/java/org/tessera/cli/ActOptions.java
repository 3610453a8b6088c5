package org.tessera.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tessera.casemodel.RejectedInputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands take that do something with the result of a case of a running server. */
final class ActOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int MOST_SHOWN = 1000;

  @Parameters(paramLabel = "CASE", description = "Name of the case, as /cases shows it.")
  private String name = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      required = true,
      description = "Name of the clinician.")
  private String by = "";

  @Option(
      names = "--practitioner",
      paramLabel = "SYSTEM|ID",
      description = "Identifier of the clinician, as the record system knows it.")
  private Optional<String> practitioner = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Address of the running server (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8080")
  private URI server = URI.create("http://127.0.0.1:8080");

  /**
   * Asks the server and prints what it says.
   *
   * @param act {@code sign} or {@code withdraw}
   * @param more fields of the form
   * @return the exit code
   */
  int ask(CommandSpec spec, String act, Map<String, String> more)
      throws IOException, InterruptedException, RejectedInputException {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new RejectedInputException("This is no name of a case.");
    }
    String form = field("by", by) + practitioner.map(each -> "&" + field("practitioner", each))
        .orElse("");
    form +=
        more.entrySet().stream()
            .map(each -> "&" + field(each.getKey(), each.getValue()))
            .collect(Collectors.joining());
    HttpResponse<String> response;
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      response =
          client.send(
              HttpRequest.newBuilder(server.resolve("/cases/" + name + "/" + act))
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form))
                  .build(),
              BodyHandlers.ofString());
    } catch (ConnectException | IllegalArgumentException e) {
      throw new RejectedInputException("No server answers at %s.".formatted(server), e);
    }
    String said = response.body().strip();
    boolean done = response.statusCode() == OK;
    PrintWriter to = done ? spec.commandLine().getOut() : spec.commandLine().getErr();
    to.println(said.substring(0, Math.min(said.length(), MOST_SHOWN)));
    return done ? Failures.DONE : Failures.UNUSABLE;
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
