package org.tessera.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.tessera.casemodel.RejectedInputException;

/**
 * Which web pages of other origins (RFC 6454) may read what is served here: a viewer that does not
 * stand behind the same host and port. None, unless they are named one by one; a page of any other
 * origin is answered without the headers that would let a browser show it the answer.
 *
 * @param allowed origins, as browsers send them: scheme, host in small letters, port if it is not
 *     the scheme's own
 */
record CrossOrigins(List<String> allowed) {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
  private static final Set<String> ASKED = Set.of("Accept", "Content-Type", "Prefer");
  private static final Set<String> TOLD =
      Set.of("Content-Location", "Content-Length", "ETag", "Location", "Retry-After", "Warning");

  /**
   * Reads origins.
   *
   * @throws RejectedInputException with one sentence, if one is no origin
   */
  static CrossOrigins of(List<String> given) throws RejectedInputException {
    List<String> allowed = new ArrayList<>();
    for (String each : given) {
      allowed.add(origin(each));
    }
    return new CrossOrigins(List.copyOf(allowed));
  }

  private static String origin(String given) throws RejectedInputException {
    try {
      URI uri = new URI(given);
      String scheme = uri.getScheme();
      if (("http".equals(scheme) || "https".equals(scheme))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        int own = scheme.equals("http") ? 80 : 443;
        String port = uri.getPort() < 0 || uri.getPort() == own ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
      }
    } catch (URISyntaxException e) {
      // Said below, with what it may be.
    }
    throw new RejectedInputException(
        "http.allowed-origins are origins of web pages, such as https://viewer.example.org.");
  }

  /** Lets their pages use a part of the server. */
  <C extends ContextHandler> C over(C context) {
    if (!allowed.isEmpty()) {
      CrossOriginHandler handler = new CrossOriginHandler();
      handler.setAllowedOriginPatterns(
          allowed.stream().map(Pattern::quote).collect(Collectors.toSet()));
      handler.setAllowedMethods(METHODS);
      handler.setAllowedHeaders(ASKED);
      handler.setExposedHeaders(TOLD);
      context.insertHandler(handler);
    }
    return context;
  }
}
