package org.tessera.dicom.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.tessera.dicom.net.AssociationObserver.Ending;

/**
 * Accepts associations on a port and serves C-ECHO, C-STORE and storage commitment, each on a
 * virtual thread of its own.
 */
public final class DicomListener implements Closeable {
  /** Connections that have not proposed anything yet, per association that is possible. */
  private static final int NEWCOMERS = 4;
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int BACKLOG = 128;

  /**
   * Who is served, and how.
   *
   * @param bind where to listen; port 0 is any free one
   * @param aeTitle our own; a proposal to another one is rejected
   * @param callingAets who may ask; empty is everybody
   * @param addresses from where; empty is everywhere
   * @param limits what they may take
   */
  public record Settings(
      InetSocketAddress bind,
      String aeTitle,
      Set<String> callingAets,
      List<AddressRange> addresses,
      NetLimits limits) {

    /**
     * Checks the title.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Settings {
      if (!Negotiation.isAeTitle(aeTitle)) {
        throw new IllegalArgumentException("An AE title has 1 to 16 plain characters.");
      }
    }
  }

  private final Settings settings;
  private final StoreHandler handler;
  private final Optional<CommitmentAction> commitment;
  private final AssociationObserver observer;
  private final Negotiation negotiation;
  private final ServerSocket server;
  private final Semaphore associations;
  private final Semaphore connections;
  private final HostPlaces associationsOfHost;
  private final HostPlaces connectionsOfHost;
  private final Set<StorageAssociation> active = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  private DicomListener(
      Settings settings,
      StoreHandler handler,
      Optional<CommitmentHandler> commitment,
      AssociationObserver observer,
      ServerSocket server) {
    this.settings = settings;
    this.handler = handler;
    this.commitment = commitment.map(CommitmentAction::new);
    this.observer = observer;
    this.server = server;
    NetLimits limits = settings.limits();
    this.negotiation =
        new Negotiation(
            settings.aeTitle(), settings.callingAets(), commitment.isPresent(), limits);
    this.associations = new Semaphore(limits.maxAssociations());
    this.connections = new Semaphore(limits.maxAssociations() * (1 + NEWCOMERS));
    long share = limits.share().associationsOfHost();
    this.associationsOfHost = new HostPlaces(share);
    this.connectionsOfHost = new HostPlaces(share * (1 + NEWCOMERS));
  }

  /** Begins to listen, without storage commitment. */
  public static DicomListener start(
      Settings settings, StoreHandler handler, AssociationObserver observer) throws IOException {
    return start(settings, handler, Optional.empty(), observer);
  }

  /** Begins to listen. */
  public static DicomListener start(
      Settings settings,
      StoreHandler handler,
      CommitmentHandler commitment,
      AssociationObserver observer)
      throws IOException {
    return start(settings, handler, Optional.of(commitment), observer);
  }

  private static DicomListener start(
      Settings settings,
      StoreHandler handler,
      Optional<CommitmentHandler> commitment,
      AssociationObserver observer)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(settings.bind(), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    DicomListener listener =
        new DicomListener(settings, handler, commitment, observer, server);
    Thread.ofPlatform().name("dimse-accept").start(listener::accept);
    return listener;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** Associations that are open. */
  public int associations() {
    return active.size();
  }

  /**
   * Tells what came of a request for storage commitment on an association that is open, and waits
   * for the answer.
   *
   * @param aeTitle who asked
   * @return empty if it has no association open on which it would listen
   * @throws IOException if there is no answer
   */
  public Optional<DimseStatus> report(String aeTitle, CommitmentReport report, Duration wait)
      throws IOException, InterruptedException {
    Optional<StorageAssociation> open =
        active.stream().filter(each -> each.awaitsReports(aeTitle)).findFirst();
    return open.isEmpty() ? Optional.empty() : Optional.of(open.get().report(report, wait));
  }

  private void accept() {
    while (!closing) {
      try {
        Socket socket = server.accept();
        if (isWelcome(socket) && tryConnect(socket.getInetAddress())) {
          sockets.add(socket);
          Thread.ofVirtual().name("dimse").start(() -> serve(socket));
        } else {
          socket.close();
          observer.ended(Ending.REFUSED);
        }
      } catch (IOException e) {
        // Closed by us, or out of file descriptors: then others have to end first.
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWelcome(Socket socket) {
    return settings.addresses().isEmpty()
        || settings.addresses().stream()
            .anyMatch(range -> range.contains(socket.getInetAddress()));
  }

  private boolean tryConnect(InetAddress host) {
    if (!connectionsOfHost.tryTake(host)) {
      return false;
    }
    if (!connections.tryAcquire()) {
      connectionsOfHost.giveBack(host);
      return false;
    }
    return true;
  }

  /** Takes a place for an association: no host gets all of them. */
  private boolean tryAssociate(InetAddress host) {
    if (!associationsOfHost.tryTake(host)) {
      return false;
    }
    if (!associations.tryAcquire()) {
      associationsOfHost.giveBack(host);
      return false;
    }
    return true;
  }

  private void serve(Socket socket) {
    InetAddress host = socket.getInetAddress();
    Ending ending = Ending.ABORTED;
    try (socket) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ending = negotiate(socket);
    } catch (IOException | InterruptedException e) {
      // The peer has been told what there was to tell; its next association is another one.
      ending = Ending.ABORTED;
    } finally {
      sockets.remove(socket);
      connections.release();
      connectionsOfHost.giveBack(host);
      observer.ended(ending);
    }
  }

  private Ending negotiate(Socket socket) throws IOException, InterruptedException {
    NetLimits limits = settings.limits();
    InetAddress host = socket.getInetAddress();
    PduWriter pdus = new PduWriter(socket, limits);
    PduReader reader = new PduReader(new PduInput(socket), limits);
    try {
      Optional<Pdu> first = reader.next(limits.artim());
      if (first.isEmpty() || first.get() instanceof AAbort) {
        return Ending.ABORTED;
      }
      if (!(first.get() instanceof AAssociateRQ request)) {
        throw new ProtocolException(
            AAbort.UNEXPECTED_PDU, "The peer sent a PDU that has no place here.");
      }
      Optional<AAssociateRJ> rejection = negotiation.rejection(request);
      if (rejection.isEmpty() && closing) {
        rejection = Optional.of(AAssociateRJ.CONGESTION);
      }
      if (rejection.isEmpty() && !tryAssociate(host)) {
        rejection = Optional.of(AAssociateRJ.LOCAL_LIMIT);
      }
      if (rejection.isPresent()) {
        pdus.write(rejection.get());
        linger(socket, reader);
        return Ending.REJECTED;
      }
      try {
        serve(socket, reader, pdus, request);
      } finally {
        associations.release();
        associationsOfHost.giveBack(host);
      }
      linger(socket, reader);
      return Ending.RELEASED;
    } catch (ProtocolException e) {
      pdus.write(e.abort());
      linger(socket, reader);
      return Ending.ABORTED;
    } catch (AssociationException e) {
      pdus.write(AAbort.NO_REASON);
      return Ending.ABORTED;
    }
  }

  private void serve(Socket socket, PduReader reader, PduWriter pdus, AAssociateRQ request)
      throws IOException, InterruptedException {
    NetLimits limits = settings.limits();
    AAssociateAC answer = negotiation.answer(request);
    Association association =
        new Association(
            socket, reader, pdus, request, answer, request.user().maxPduLength(), limits);
    StorageAssociation storage =
        new StorageAssociation(
            association, handler, commitment, limits, negotiation.operations(request));
    // Before the peer knows that it is accepted: from then on nobody cuts it off.
    active.add(storage);
    try {
      pdus.write(answer);
      storage.run();
    } finally {
      active.remove(storage);
    }
  }

  /** The last PDU would be lost if the connection were closed while the peer still sends. */
  private void linger(Socket socket, PduReader reader) {
    long end = System.nanoTime() + settings.limits().artim().toNanos();
    try {
      socket.shutdownOutput();
      boolean open = true;
      while (open) {
        open = reader.next(Duration.ofNanos(end - System.nanoTime())).isPresent();
      }
    } catch (IOException e) {
      // It is over either way.
    }
  }

  /**
   * Stops listening; associations may go on to their end for a while, then they are ended between
   * two messages, then cut.
   *
   * @param grace for each of the two
   */
  public void drain(Duration grace) throws IOException {
    closing = true;
    server.close();
    await(grace);
    active.forEach(StorageAssociation::endSoon);
    await(grace);
    close();
  }

  private void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (!active.isEmpty() && System.nanoTime() < end) {
      pause();
    }
  }

  /** Stops listening and cuts what is open. */
  @Override
  public void close() throws IOException {
    closing = true;
    server.close();
    for (Socket socket : new ArrayList<>(sockets)) {
      socket.close();
    }
  }
}
