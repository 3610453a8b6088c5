package org.tessera.server.dicomweb;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.dicomweb.QueryLevel;
import org.tessera.runtime.dicomweb.StoredStudies;
import org.tessera.runtime.dicomweb.StowReceiver;
import org.tessera.runtime.dicomweb.StudyIndex;
import org.tessera.runtime.dicomweb.StudySearch;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.store.ObjectStore;

/** The context of {@code /dicomweb}: which address is which transaction. */
public final class DicomWebEndpoint extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(DicomWebEndpoint.class);
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int LONGEST_UID = 64;

  private final StowTransactions stow;
  private final SearchTransactions search;
  private final RetrieveTransactions retrieve;

  private DicomWebEndpoint(ObjectStore store) {
    this.stow = new StowTransactions(new StowReceiver(store));
    this.search = new SearchTransactions(new StudySearch(new StudyIndex(store)));
    this.retrieve = new RetrieveTransactions(new StoredStudies(store));
  }

  /** For the HTTP listener. */
  public static ContextHandler context(ObjectStore store) {
    ContextHandler context = new ContextHandler(new DicomWebEndpoint(store), "/dicomweb");
    context.setAllowNullPathInContext(true);
    return context;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response);
    try {
      try {
        route(exchange, Request.getPathInContext(request));
      } catch (WebException e) {
        exchange.discard();
        exchange.answer(e.status(), "text/plain;charset=utf-8", e.getMessage() + "\n");
      } catch (RejectedInputException e) {
        exchange.answer(400, "text/plain;charset=utf-8", e.sentence() + "\n");
      }
      callback.succeeded();
    } catch (Exception e) {
      failed(exchange, e, callback);
    }
    return true;
  }

  private static String sentence(Exception cause) {
    return DamagedException.isCauseOf(cause)
        ? "The object on the disk is not the one that was received: it is not given out."
        : "The server could not answer; it is at fault.";
  }

  private static void failed(Exchange exchange, Exception cause, Callback callback) {
    if (cause instanceof EOFException) {
      LOG.debug("A client of DICOMweb went away.");
    } else if (!exchange.isAnswered()) {
      LOG.error("A DICOMweb request could not be answered: {}", cause.getClass().getSimpleName());
      try {
        exchange.answer(500, "text/plain;charset=utf-8", sentence(cause) + "\n");
        callback.succeeded();
        return;
      } catch (Exception e) {
        cause.addSuppressed(e);
      }
    }
    // The client sees that its answer is cut off.
    callback.failed(cause);
  }

  private void route(Exchange exchange, String path) throws Exception {
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/")) {
      if (!step.isEmpty()) {
        steps.add(step);
      }
    }
    String method = exchange.method();
    boolean studies = !steps.isEmpty() && steps.getFirst().equals("studies");
    if (method.equals("POST") && studies && steps.size() <= 2) {
      stow.store(exchange, uid(steps, 1));
    } else if (method.equals("GET") || method.equals("HEAD")) {
      read(exchange, steps);
    } else {
      throw new WebException(405, "DICOMweb is read by GET, and objects are stored by POST.");
    }
  }

  private void read(Exchange exchange, List<String> steps) throws Exception {
    String last = steps.isEmpty() ? "" : steps.getLast();
    Optional<String> none = Optional.empty();
    switch (steps.size()) {
      case 1 -> {
        switch (last) {
          case "studies" -> search.search(exchange, QueryLevel.STUDY, none, none);
          case "series" -> search.search(exchange, QueryLevel.SERIES, none, none);
          case "instances" -> search.search(exchange, QueryLevel.INSTANCE, none, none);
          default -> throw nothing();
        }
        return;
      }
      case 3 -> {
        require(steps, 0, "studies");
        if (last.equals("series")) {
          search.search(exchange, QueryLevel.SERIES, uid(steps, 1), none);
          return;
        }
        if (last.equals("instances")) {
          search.search(exchange, QueryLevel.INSTANCE, uid(steps, 1), none);
          return;
        }
      }
      case 5 -> {
        if (last.equals("instances")) {
          require(steps, 0, "studies");
          require(steps, 2, "series");
          search.search(exchange, QueryLevel.INSTANCE, uid(steps, 1), uid(steps, 3));
          return;
        }
      }
      default -> {}
    }
    retrieve(exchange, steps);
  }

  private void retrieve(Exchange exchange, List<String> steps) throws Exception {
    require(steps, 0, "studies");
    Optional<String> study = uid(steps, 1);
    if (study.isEmpty()) {
      throw nothing();
    }
    Optional<String> series = Optional.empty();
    Optional<String> instance = Optional.empty();
    int at = 2;
    if (steps.size() > at && steps.get(at).equals("series")) {
      series = uid(steps, at + 1);
      at += 2;
      if (steps.size() > at && steps.get(at).equals("instances")) {
        instance = uid(steps, at + 1);
        at += 2;
      }
    }
    List<String> rest = steps.subList(Math.min(at, steps.size()), steps.size());
    RetrieveTransactions.Target target =
        new RetrieveTransactions.Target(study.get(), series, instance);
    retrieve.retrieve(exchange, target, rest);
  }

  private static void require(List<String> steps, int at, String word) throws WebException {
    if (steps.size() <= at || !steps.get(at).equals(word)) {
      throw nothing();
    }
  }

  private static WebException nothing() {
    return new WebException(404, "There is no such address in DICOMweb.");
  }

  private static Optional<String> uid(List<String> steps, int at) throws WebException {
    if (steps.size() <= at) {
      return Optional.empty();
    }
    String uid = steps.get(at);
    if (uid.length() > LONGEST_UID || !UID.matcher(uid).matches()) {
      throw new WebException(400, "The address has something in the place of a UID that is none.");
    }
    return Optional.of(uid);
  }
}
