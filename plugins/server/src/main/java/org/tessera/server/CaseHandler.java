package org.tessera.server;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.deliver.ResultActs;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.service.CaseDesk;
import org.tessera.runtime.store.Database;
import org.tessera.runtime.work.CaseActs;

/**
 * Cases and deliveries over HTTP. {@code GET /cases}, {@code /cases/ID} (result.json), {@code
 * /cases/ID/report}, {@code /cases/ID/status}, {@code /deliveries}; {@code POST /cases/ID/retry},
 * {@code /cases/ID/sign}, {@code /cases/ID/withdraw}, {@code /deliveries/ID/replay}, {@code
 * /deliveries/replay}. Lists and states are pages for a
 * browser and JSON for whoever accepts that.
 */
final class CaseHandler extends Handler.Abstract {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String JSON = "application/json";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final CaseDesk desk;
  private final ResultActs acts;
  private final boolean deliveries;

  private CaseHandler(CaseDesk desk, ResultActs acts, boolean deliveries) {
    this.desk = desk;
    this.acts = acts;
    this.deliveries = deliveries;
  }

  /** The contexts of both. */
  static List<ContextHandler> contexts(CaseDesk desk, ResultActs acts) {
    return List.of(
        context("/cases", new CaseHandler(desk, acts, false)),
        context("/deliveries", new CaseHandler(desk, acts, true)));
  }

  private static ContextHandler context(String path, CaseHandler handler) {
    ContextHandler context = new ContextHandler(handler, path);
    context.setAllowNullPathInContext(true);
    return context;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Optional.ofNullable(Request.getPathInContext(request)).orElse("");
    List<String> parts =
        List.of(path.split("/")).stream().filter(each -> !each.isEmpty()).toList();
    Exchange exchange = new Exchange(request, response, callback);
    try {
      answer(request.getMethod(), parts, exchange);
    } catch (DamagedException e) {
      exchange.sentence(
          HttpStatus.INTERNAL_SERVER_ERROR_500,
          "The result on the disk is not the one that was written: it is not shown.");
    } catch (RuntimeException e) {
      if (!Database.isOutage(e)) {
        throw e;
      }
      exchange.sentence(HttpStatus.SERVICE_UNAVAILABLE_503, "The database does not answer.");
    }
    return true;
  }

  private void answer(String method, List<String> parts, Exchange exchange) throws IOException {
    if (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method)) {
      get(parts, exchange);
    } else if (HttpMethod.POST.is(method)) {
      post(parts, exchange);
    } else {
      exchange.sentence(HttpStatus.METHOD_NOT_ALLOWED_405, "Only GET and POST are served here.");
    }
  }

  private void get(List<String> parts, Exchange exchange) throws IOException {
    if (deliveries) {
      if (!parts.isEmpty()) {
        exchange.nothing();
      } else if (exchange.wantsJson()) {
        exchange.answer(HttpStatus.OK_200, JSON, desk.deliveriesJson());
      } else {
        exchange.page(desk.deliveriesPage());
      }
    } else if (parts.isEmpty()) {
      if (exchange.wantsJson()) {
        exchange.answer(HttpStatus.OK_200, JSON, desk.casesJson());
      } else {
        exchange.page(desk.casesPage());
      }
    } else {
      single(parts, exchange);
    }
  }

  private void single(List<String> parts, Exchange exchange) throws IOException {
    String name = parts.getFirst();
    String what = parts.size() == 1 ? "result" : parts.size() == 2 ? parts.get(1) : "";
    Optional<String> status = desk.caseJson(name);
    if (status.isEmpty()) {
      exchange.nothing();
      return;
    }
    switch (what) {
      case "result" -> file(exchange, name, "result.json", JSON, status.get());
      case "report" -> report(exchange, name);
      case "status" -> {
        if (exchange.wantsJson()) {
          exchange.answer(HttpStatus.OK_200, JSON, status.get());
        } else {
          exchange.page(desk.casePage(name).orElse(""));
        }
      }
      default -> exchange.nothing();
    }
  }

  /** What is not there yet is answered with the state of the case. */
  private void file(Exchange exchange, String name, String file, String type, String otherwise)
      throws IOException {
    Optional<Path> found = desk.file(name, file);
    if (found.isPresent()) {
      exchange.answer(HttpStatus.OK_200, type, Files.readAllBytes(found.get()));
    } else {
      exchange.answer(HttpStatus.NOT_FOUND_404, JSON, otherwise);
    }
  }

  private void report(Exchange exchange, String name) throws IOException {
    Optional<Path> found = desk.file(name, "report.html");
    if (found.isPresent()) {
      // The report brings a policy of its own.
      exchange.answer(HttpStatus.OK_200, HTML, Files.readAllBytes(found.get()));
    } else {
      exchange.page(HttpStatus.NOT_FOUND_404, desk.casePage(name).orElse(""));
    }
  }

  private void post(List<String> parts, Exchange exchange) throws IOException {
    if (!exchange.sameOrigin()) {
      exchange.sentence(HttpStatus.FORBIDDEN_403, "Another site must not ask for this.");
      return;
    }
    if (!deliveries && parts.size() == 2 && parts.get(1).matches("sign|withdraw")) {
      act(parts.getFirst(), parts.get(1).equals("sign"), exchange);
      return;
    }
    boolean done;
    if (deliveries && parts.equals(List.of("replay"))) {
      desk.replayAll();
      done = true;
    } else if (deliveries && parts.size() == 2 && parts.get(1).equals("replay")) {
      done = desk.replay(number(parts.getFirst()));
    } else {
      done =
          !deliveries
              && parts.size() == 2
              && parts.get(1).equals("retry")
              && desk.release(parts.getFirst());
    }
    if (!done) {
      exchange.nothing();
    } else if (exchange.wantsPage()) {
      exchange.seeOther(deliveries ? "/deliveries" : "/cases/" + parts.getFirst() + "/status");
    } else {
      exchange.answer(HttpStatus.OK_200, JSON, "{\"done\":true}");
    }
  }

  /** Signs or withdraws; who does it is said in the form, or by the header of a reviewer. */
  private void act(String name, boolean sign, Exchange exchange) throws IOException {
    CaseActs.Answer answer;
    try {
      ActForm form = ActForm.read(exchange.request());
      answer =
          sign
              ? acts.sign(name, form.clinician())
              : acts.withdraw(name, form.clinician(), form.reason());
    } catch (RejectedInputException e) {
      exchange.sentence(HttpStatus.UNPROCESSABLE_ENTITY_422, e.sentence());
      return;
    }
    switch (answer.end()) {
      case UNKNOWN -> exchange.sentence(HttpStatus.NOT_FOUND_404, answer.sentence());
      case REFUSED -> exchange.sentence(HttpStatus.CONFLICT_409, answer.sentence());
      case DONE, ALREADY -> {
        if (exchange.wantsPage()) {
          exchange.seeOther("/cases/" + name + "/status");
        } else {
          exchange.sentence(HttpStatus.OK_200, answer.sentence());
        }
      }
    }
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }

  /** A request and its answer. */
  private record Exchange(Request request, Response response, Callback callback) {

    private String accepted() {
      return Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).orElse("");
    }

    boolean wantsPage() {
      return accepted().contains("text/html");
    }

    boolean wantsJson() {
      return accepted().contains("json") && !wantsPage();
    }

    /** A browser says from where it was told to send a form. */
    boolean sameOrigin() {
      String origin = request.getHeaders().get(HttpHeader.ORIGIN);
      String site = request.getHeaders().get("Sec-Fetch-Site");
      if (site != null && !site.equals("same-origin") && !site.equals("none")) {
        return false;
      }
      String host = request.getHeaders().get(HttpHeader.HOST);
      return origin == null
          || (origin.matches("https?://[A-Za-z0-9.:\\[\\]-]+")
              && String.valueOf(URI.create(origin).getRawAuthority()).equals(host));
    }

    void page(String markup) {
      page(HttpStatus.OK_200, markup);
    }

    void page(int status, String markup) {
      response.getHeaders().put("Content-Security-Policy", POLICY);
      answer(status, HTML, markup);
    }

    void nothing() {
      sentence(HttpStatus.NOT_FOUND_404, "There is nothing here.");
    }

    void sentence(int status, String sentence) {
      answer(status, "text/plain;charset=utf-8", sentence + "\n");
    }

    void seeOther(String path) {
      response.getHeaders().put(HttpHeader.LOCATION, path);
      answer(HttpStatus.SEE_OTHER_303, "text/plain;charset=utf-8", "");
    }

    void answer(int status, String type, String text) {
      answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, String type, byte[] bytes) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.getHeaders().put("Referrer-Policy", "no-referrer");
      response.write(true, ByteBuffer.wrap(bytes), callback);
    }
  }
}
