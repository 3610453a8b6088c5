package org.tessera.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;

/**
 * What is said with an act, as a form ({@code application/x-www-form-urlencoded}): {@code by}, the
 * name of a clinician, {@code practitioner}, an identifier {@code SYSTEM|ID}, and {@code reason}.
 * Without a name the header {@code X-Reviewer} names the clinician.
 *
 * @param reason empty if there is none
 */
record ActForm(Clinician clinician, String reason) {
  private static final int MOST_BYTES = 16 << 10;
  private static final String TYPE = "application/x-www-form-urlencoded";

  static ActForm read(Request request) throws IOException, RejectedInputException {
    Optional<String> type =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(MOST_BYTES + 1);
    }
    if (body.length > MOST_BYTES) {
      throw new RejectedInputException("The form is longer than any form is here.");
    }
    if (body.length > 0 && type.filter(each -> each.startsWith(TYPE)).isEmpty()) {
      throw new RejectedInputException("What is sent has to be a form (%s).".formatted(TYPE));
    }
    Fields fields = new Fields();
    try {
      UrlEncoded.decodeTo(
          new String(body, StandardCharsets.UTF_8), fields::add, StandardCharsets.UTF_8);
    } catch (RuntimeException e) {
      throw new RejectedInputException("The form cannot be read.", e);
    }
    String by =
        value(fields, "by")
            .or(() -> Optional.ofNullable(request.getHeaders().get("X-Reviewer")))
            .orElse("");
    return new ActForm(
        clinician(by, value(fields, "practitioner")), value(fields, "reason").orElse(""));
  }

  private static Optional<String> value(Fields fields, String name) {
    return Optional.ofNullable(fields.getValue(name)).filter(each -> !each.isBlank());
  }

  /** A name with an identifier as {@code SYSTEM|ID} or {@code ID}. */
  static Clinician clinician(String name, Optional<String> practitioner) {
    int bar = practitioner.map(each -> each.indexOf('|')).orElse(-1);
    return new Clinician(
        name,
        practitioner.map(each -> each.substring(bar + 1)),
        practitioner.filter(each -> bar > 0).map(each -> each.substring(0, bar)));
  }
}
