package org.tessera.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an OperationOutcome with a sentence of every error, and keeps causes out of the answer. */
@Interceptor
public final class PlainErrors {
  private static final Logger LOG = LoggerFactory.getLogger(PlainErrors.class);
  private static final int SERVER_ERROR = 500;

  /** What is answered in place of the exception. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException plain(Throwable thrown) {
    if (thrown instanceof Refusal ours) {
      return ours;
    }
    if (thrown instanceof BaseServerResponseException known
        && known.getStatusCode() < SERVER_ERROR) {
      Refusal plain =
          new Refusal(known.getStatusCode(), List.of(sentence(String.valueOf(known.getMessage()))));
      if (known.hasResponseHeaders()) {
        known
            .getResponseHeaders()
            .forEach((name, values) -> values.forEach(each -> plain.addResponseHeader(name, each)));
      }
      return plain;
    }
    LOG.error("A FHIR request could not be answered: {}", thrown.getClass().getSimpleName());
    return new Refusal(SERVER_ERROR, List.of("The server could not answer; it is at fault."));
  }

  /** HAPI puts a number before its messages. */
  private static String sentence(String message) {
    return message.contains("does not know how to handle")
        ? "This address does not take this method or these parameters; what there is, is listed at"
            + " /fhir/metadata."
        : message.replaceFirst("^(HAPI-\\d+: )+", "");
  }
}
