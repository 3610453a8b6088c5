package org.tessera.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;

/**
 * Serves one association: C-ECHO, C-STORE and storage commitment, until it is released. Reports on
 * storage commitment may be sent from any thread meanwhile.
 */
final class StorageAssociation {
  private static final int CHUNK = 1 << 16;

  private final Association association;
  private final StoreHandler handler;
  private final Optional<CommitmentAction> commitment;
  private final Duration idle;
  private final NetLimits.Share share;
  private final int operations;
  private final Semaphore free;
  /** Held from a request for commitment to its answer: no report may come before that. */
  private final ReentrantLock acting = new ReentrantLock();

  /** The peer is asked one thing at a time. */
  private final ReentrantLock reporting = new ReentrantLock();

  private final AtomicReference<Reported> reported = new AtomicReference<>(Reported.nothing());
  private long objects;
  private volatile boolean begun;
  private volatile boolean ended;
  private volatile boolean busy;
  private volatile boolean last;

  /** A report that was sent, and what the peer answers. */
  private record Reported(int messageId, CompletableFuture<DimseStatus> answer) {
    static Reported nothing() {
      return new Reported(0, new CompletableFuture<>());
    }
  }

  StorageAssociation(
      Association association,
      StoreHandler handler,
      Optional<CommitmentAction> commitment,
      NetLimits limits,
      int operations) {
    this.association = association;
    this.handler = handler;
    this.commitment = commitment;
    this.idle = limits.idle();
    this.share = limits.share();
    this.operations = operations;
    this.free = new Semaphore(operations);
  }

  /** The peer knows that it is accepted. Returns when it has asked for release and is answered. */
  void run() throws IOException, InterruptedException {
    begun = true;
    try {
      serve();
    } finally {
      ended = true;
      reported.get().answer().completeExceptionally(over());
    }
  }

  private static AssociationException over() {
    return new AssociationException("The peer ended the association before it answered.");
  }

  private void serve() throws IOException, InterruptedException {
    Optional<Message> message = association.receive(idle);
    while (message.isPresent()) {
      busy = true;
      serve(message.get());
      drain(message.get().dataset());
      if (last) {
        awaitAnswers();
        throw new ProtocolException(AAbort.NO_REASON, "The server ends.");
      }
      busy = operations > free.availablePermits();
      message = association.receive(idle);
    }
    awaitAnswers();
    association.releaseAsAsked();
  }

  /** Ends the association between two messages: now, or when the one that is here is answered. */
  void endSoon() {
    last = true;
    if (!busy) {
      association.abort(AAbort.NO_REASON);
    }
  }

  /** True if somebody of that title waits for reports on storage commitment here. */
  boolean awaitsReports(String aeTitle) {
    return begun
        && !ended
        && !last
        && association.callingAet().equals(aeTitle)
        && association.requesterAwaitsReports();
  }

  /**
   * Tells the peer what came of a request for storage commitment.
   *
   * @throws AssociationException with one sentence, if it does not answer in time
   */
  DimseStatus report(CommitmentReport report, Duration wait)
      throws IOException, InterruptedException {
    reporting.lockInterruptibly();
    try {
      Reported sent = send(report);
      if (ended) {
        throw over();
      }
      return sent.answer().get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssociationException("The peer did not answer.", e);
    } finally {
      reporting.unlock();
    }
  }

  private Reported send(CommitmentReport report) throws IOException {
    acting.lock();
    try {
      Reported sent = new Reported(association.nextMessageId(), new CompletableFuture<>());
      reported.set(sent);
      association.sendReport(sent.messageId(), report);
      return sent;
    } finally {
      acting.unlock();
    }
  }

  private void awaitAnswers() throws InterruptedException {
    free.acquire(operations);
    free.release(operations);
  }

  private static void drain(InputStream rest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count = rest.read(chunk);
    while (count >= 0) {
      count = rest.read(chunk);
    }
  }

  private void serve(Message message) throws IOException, InterruptedException {
    String sopClass = message.command().string(Tag.AffectedSOPClassUID).orElse("");
    switch (Command.field(message.command())) {
      case Command.C_ECHO_RQ -> respond(message, DimseStatus.SUCCESS);
      case Command.C_STORE_RQ -> {
        String agreed = message.context().abstractSyntax();
        if (!StorageClasses.contains(agreed) || !agreed.equals(sopClass)) {
          respond(message, DimseStatus.SOP_CLASS_NOT_SUPPORTED);
        } else if (objects >= share.objects() || association.received() > share.bytes()) {
          respond(message, DimseStatus.outOfResources("Open another association for more."));
        } else {
          objects++;
          store(message, sopClass);
        }
      }
      case Command.N_ACTION_RQ -> act(message);
      case Command.N_EVENT_REPORT_RQ | Command.RESPONSE -> hear(message.command());
      // Storage cannot be cancelled, and there is no answer to that (PS3.7 9.3.2.3).
      case Command.C_CANCEL_RQ -> {}
      default -> respond(message, DimseStatus.UNRECOGNIZED_OPERATION);
    }
  }

  private void act(Message message) throws IOException {
    if (commitment.isEmpty()) {
      respond(message, DimseStatus.UNRECOGNIZED_OPERATION);
      return;
    }
    acting.lock();
    try {
      respond(message, commitment.get().answer(message, association.callingAet()));
    } finally {
      acting.unlock();
    }
  }

  private void hear(Attributes answer) {
    Reported sent = reported.get();
    if (answer.integer(Tag.MessageIDBeingRespondedTo, -1) == sent.messageId()) {
      sent.answer().complete(DimseStatus.of(answer));
    }
  }

  private void respond(Message message, DimseStatus status) throws IOException {
    drain(message.dataset());
    association.respond(message, status);
  }

  private void store(Message message, String sopClass) throws IOException, InterruptedException {
    StoreHandler.Request request =
        new StoreHandler.Request(
            sopClass,
            message.command().string(Tag.AffectedSOPInstanceUID).orElse(""),
            TransferSyntax.of(message.context().transferSyntaxes().getFirst()),
            association.callingAet());
    free.acquire();
    CompletionStage<DimseStatus> status;
    try {
      status = handler.store(request, message.dataset());
      drain(message.dataset());
    } catch (IOException e) {
      free.release();
      throw e;
    }
    if (operations == 1) {
      answer(message, status);
    } else {
      Thread.ofVirtual().name("dimse-answer").start(() -> answerLater(message, status));
    }
  }

  private void answer(Message message, CompletionStage<DimseStatus> status) throws IOException {
    try {
      association.respond(message, status.toCompletableFuture().join());
    } finally {
      free.release();
    }
  }

  private void answerLater(Message message, CompletionStage<DimseStatus> status) {
    try {
      answer(message, status);
    } catch (IOException e) {
      // The connection is gone; whoever reads from it finds out, and ends the association.
      association.close();
    }
  }
}
