package org.tessera.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;

/** Serves one association: C-ECHO and C-STORE, until it is released. */
final class StorageAssociation {
  private static final int CHUNK = 1 << 16;

  private final Association association;
  private final StoreHandler handler;
  private final Duration idle;
  private final int operations;
  private final Semaphore free;
  private volatile boolean busy;
  private volatile boolean last;

  StorageAssociation(
      Association association, StoreHandler handler, Duration idle, int operations) {
    this.association = association;
    this.handler = handler;
    this.idle = idle;
    this.operations = operations;
    this.free = new Semaphore(operations);
  }

  /** Returns when the peer has asked for release and every answer is sent. */
  void run() throws IOException, InterruptedException {
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
        if (agreed.equals(UID.Verification) || !agreed.equals(sopClass)) {
          respond(message, DimseStatus.SOP_CLASS_NOT_SUPPORTED);
        } else {
          store(message, sopClass);
        }
      }
      // Storage cannot be cancelled, and there is no answer to that (PS3.7 9.3.2.3).
      case Command.C_CANCEL_RQ -> {}
      default -> respond(message, DimseStatus.UNRECOGNIZED_OPERATION);
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
