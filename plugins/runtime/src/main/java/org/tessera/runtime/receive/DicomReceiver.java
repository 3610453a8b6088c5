package org.tessera.runtime.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.tessera.dicom.net.AddressRange;
import org.tessera.dicom.net.AssociationException;
import org.tessera.dicom.net.AssociationObserver;
import org.tessera.dicom.net.DicomListener;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.NetLimits;
import org.tessera.dicom.net.StoreHandler;
import org.tessera.runtime.commit.CommitmentService;
import org.tessera.runtime.commit.CommitmentSettings;
import org.tessera.runtime.store.Incoming;
import org.tessera.runtime.store.ObjectIdentity;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreException;
import org.tessera.runtime.store.StoredInstance;

/** The SCP of storage and its commitment in front of the store, with its figures. */
public final class DicomReceiver {

  /**
   * Who is served.
   *
   * @param bind where to listen; port 0 is any free one
   * @param aeTitle our own
   * @param callingAets who may send; empty is everybody
   * @param addresses from where, as addresses or ranges (10.1.0.0/16); empty is everywhere
   * @param maxAssociations at the same time
   * @param maxPduLength bytes
   * @param idleSeconds an association may be silent between two messages
   * @param associationsOfHost at the same time from one address
   * @param mostObjects of one association
   * @param mostBytes of one association
   */
  public record Settings(
      InetSocketAddress bind,
      String aeTitle,
      Set<String> callingAets,
      List<String> addresses,
      int maxAssociations,
      int maxPduLength,
      int idleSeconds,
      int associationsOfHost,
      long mostObjects,
      long mostBytes) {

    private DicomListener.Settings listener() {
      NetLimits standard = NetLimits.standard();
      NetLimits limits =
          new NetLimits(
              maxPduLength,
              maxAssociations,
              standard.maxOperations(),
              standard.maxObjectBytes(),
              standard.artim(),
              Duration.ofSeconds(idleSeconds),
              standard.pdu(),
              standard.slowest(),
              new NetLimits.Share(associationsOfHost, mostObjects, mostBytes));
      List<AddressRange> ranges = addresses.stream().map(AddressRange::parse).toList();
      return new DicomListener.Settings(bind, aeTitle, callingAets, ranges, limits);
    }
  }

  private final ObjectStore store;
  private final MeterRegistry meters;
  private final Timer timer;
  private final Counter bytes;
  private final CommitmentService commitment;
  private final DicomListener listener;

  private DicomReceiver(
      Settings settings, CommitmentSettings commitment, ObjectStore store, MeterRegistry meters)
      throws IOException {
    this.store = store;
    this.meters = meters;
    this.timer =
        Timer.builder("tessera.store.time")
            .description("From the command of an object to its answer")
            .register(meters);
    this.bytes = Counter.builder("tessera.store.received").baseUnit("bytes").register(meters);
    this.commitment = new CommitmentService(commitment, settings.aeTitle(), store);
    this.listener =
        DicomListener.start(
            settings.listener(), this::receive, this.commitment, this::ended);
    this.commitment.measure(meters);
    this.commitment.start(listener::report);
    Gauge.builder("tessera.dimse.open", listener, DicomListener::associations).register(meters);
  }

  /**
   * Begins to listen.
   *
   * @throws IllegalArgumentException with one sentence, if the settings cannot be used
   */
  public static DicomReceiver start(
      Settings settings, CommitmentSettings commitment, ObjectStore store, MeterRegistry meters)
      throws IOException {
    return new DicomReceiver(settings, commitment, store, meters);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** Ends as {@link DicomListener#drain} does. */
  public void drain(Duration grace) throws IOException {
    listener.drain(grace);
    commitment.close();
  }

  private void ended(AssociationObserver.Ending ending) {
    meters
        .counter("tessera.dimse.connections", "ending", ending.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  private CompletionStage<DimseStatus> receive(StoreHandler.Request request, InputStream dataset)
      throws IOException {
    Timer.Sample sample = Timer.start(meters);
    ObjectIdentity identity =
        new ObjectIdentity(request.sopClass(), request.sopInstance(), request.syntax());
    CompletableFuture<StoredInstance> stored;
    try (Incoming incoming = store.begin(identity, request.callingAet())) {
      bytes.increment(dataset.transferTo(incoming));
      stored = store.finish(incoming);
      // The file belongs to the store from here on.
      return stored.handle((instance, failure) -> answered(sample, instance, failure));
    } catch (AssociationException e) {
      throw e;
    } catch (StoreException e) {
      return CompletableFuture.completedFuture(refused(e));
    }
  }

  private DimseStatus answered(
      Timer.Sample sample, @Nullable StoredInstance instance, @Nullable Throwable failure) {
    sample.stop(timer);
    if (instance != null) {
      count(instance.differs() ? "different" : "stored");
      return DimseStatus.SUCCESS;
    }
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause instanceof StoreException known
        ? refused(known)
        : DimseStatus.outOfResources("The object could not be stored.");
  }

  private DimseStatus refused(StoreException e) {
    count(e.reason().name().toLowerCase(Locale.ROOT));
    String sentence = String.valueOf(e.getMessage());
    return switch (e.reason()) {
      case OUT_OF_RESOURCES -> DimseStatus.outOfResources(sentence);
      case MISMATCH -> DimseStatus.mismatch(sentence);
      case UNREADABLE -> DimseStatus.cannotUnderstand(sentence);
    };
  }

  private void count(String outcome) {
    meters.counter("tessera.store.instances", "outcome", outcome).increment();
  }
}
