package org.tessera.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves HTTP: each part of the server brings its context, for example /health. */
final class HttpListener {
  private static final int THREADS = 32;

  /** Bytes that are read at a time: studies come and go here, not only forms. */
  private static final int INPUT = 1 << 17;

  private static final long GRACE_MILLIS = 5_000;
  private static final long IDLE_MILLIS = 60_000;

  private final Server server;
  private final ServerConnector connector;

  private HttpListener(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /** Begins to listen; port 0 is any free one. */
  static HttpListener start(InetSocketAddress bind, List<ContextHandler> contexts)
      throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    HttpConnectionFactory connections = new HttpConnectionFactory(configuration);
    connections.setInputBufferSize(INPUT);
    ServerConnector connector = new ServerConnector(server, connections);
    connector.setHost(bind.getAddress().getHostAddress());
    connector.setPort(bind.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(
        new ContextHandlerCollection(contexts.toArray(ContextHandler[]::new)));
    server.setStopTimeout(GRACE_MILLIS);
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
    return new HttpListener(server, connector);
  }

  int port() {
    return connector.getLocalPort();
  }

  void stop() throws Exception {
    server.stop();
  }
}
