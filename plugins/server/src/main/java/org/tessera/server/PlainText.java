package org.tessera.server;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;

/** Answers GET with a text that is made anew each time. */
final class PlainText extends Handler.Abstract {

  /** What is answered. */
  record Answer(int status, String mediaType, String text) {}

  private final Supplier<Answer> answer;

  private PlainText(Supplier<Answer> answer) {
    this.answer = answer;
  }

  /** A context of its own for it. */
  static ContextHandler at(String path, Supplier<Answer> answer) {
    ContextHandler context = new ContextHandler(new PlainText(answer), path);
    context.setAllowNullPathInContext(true);
    return context;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    Answer made = answer.get();
    response.setStatus(made.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, made.mediaType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, made.text(), callback);
    return true;
  }
}
