package org.tessera.server.fhir;

import java.util.Locale;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty finds before HAPI sees the request, as an OperationOutcome too. */
final class OutcomeErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String sentence =
        "The request cannot be answered: "
            + HttpStatus.getMessage(status).toLowerCase(Locale.ROOT)
            + ".";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/fhir+json;charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(
        response,
        true,
        """
        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing",\
        "diagnostics":"%s"}]}
        """
            .formatted(sentence),
        callback);
    return true;
  }
}
