package org.tessera.cli;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * A record system: HAPI's server on Jetty, which takes transactions with conditional creates and
 * updates (R4 3.1.0.7.1, 3.1.0.4.3), keeps resources in memory and refuses what it cannot parse
 * strictly.
 */
public final class FhirReceiver implements AutoCloseable {
  private static final FhirContext FHIR = FhirContext.forR4();

  private final List<Resource> resources = new CopyOnWriteArrayList<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch released = new CountDownLatch(0);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** Starts it on a free port. */
  static FhirReceiver start() throws Exception {
    FhirReceiver receiver = new FhirReceiver();
    RestfulServer rest = new RestfulServer(FHIR);
    FHIR.setParserErrorHandler(new StrictErrorHandler());
    rest.registerProvider(receiver);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(rest), "/fhir/*");
    receiver.connector.setHost("127.0.0.1");
    receiver.server.addConnector(receiver.connector);
    receiver.server.setHandler(context);
    receiver.server.start();
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/fhir";
  }

  /** All bundles that were posted, the repeated ones among them. */
  List<String> posted() {
    return posted;
  }

  /** The resources of a type. */
  <T extends Resource> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** From now on, what is posted is done, and nobody is answered. */
  void hold() {
    released = new CountDownLatch(1);
  }

  /** Answers again. */
  void release() {
    released.countDown();
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All or nothing. */
  @Transaction
  public synchronized Bundle transaction(@TransactionParam Bundle bundle) {
    String text = FHIR.newJsonParser().encodeResourceToString(bundle);
    List<Resource> before = new ArrayList<>(resources);
    Bundle answer = new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE);
    try {
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        answer.addEntry().getResponse().setStatus(apply(entry));
      }
    } catch (RuntimeException e) {
      resources.clear();
      resources.addAll(before);
      throw e;
    }
    posted.add(text);
    awaitRelease();
    return answer;
  }

  private String apply(Bundle.BundleEntryComponent entry) {
    String url = entry.getRequest().getUrl();
    boolean update = entry.getRequest().getMethod() == Bundle.HTTPVerb.PUT;
    String search =
        update ? url.substring(url.indexOf('?') + 1) : entry.getRequest().getIfNoneExist();
    if (search == null || search.isEmpty()) {
      throw new InvalidRequestException("A create or update without a condition.");
    }
    List<Resource> found =
        resources.stream()
            .filter(each -> each.fhirType().equals(entry.getResource().fhirType()))
            .filter(each -> matches(each, search))
            .toList();
    if (found.size() > 1) {
      throw new PreconditionFailedException("Several resources match " + search);
    }
    if (found.isEmpty()) {
      resources.add(entry.getResource());
      return "201 Created";
    }
    if (update) {
      resources.set(resources.indexOf(found.getFirst()), entry.getResource());
    }
    return "200 OK";
  }

  private static boolean matches(Resource resource, String search) {
    String value = search.substring(search.indexOf('=') + 1);
    if (search.startsWith("_tag=")) {
      return resource.getMeta().getTag().stream().anyMatch(each -> token(each).equals(value));
    }
    return Optional.ofNullable(resource.getNamedProperty("identifier")).stream()
        .map(Property::getValues)
        .flatMap(List::stream)
        .anyMatch(each -> token(each).equals(value));
  }

  private static String token(Base base) {
    return switch (base) {
      case Coding coding -> coding.getSystem() + "|" + coding.getCode();
      case Identifier identifier -> identifier.getSystem() + "|" + identifier.getValue();
      default -> "";
    };
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
