package org.tessera.runtime.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.FileMetaInformation;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.runtime.store.Incoming;
import org.tessera.runtime.store.ObjectIdentity;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreException;
import org.tessera.runtime.store.StoredInstance;

/**
 * Stores the parts of a body (PS3.18 10.5), each as a stream. An object is said to be stored when
 * its file, the name of its file and its row are on the disk, as in the DIMSE path.
 */
public final class StowReceiver {
  /** Objects of one request that may wait for the disk together. */
  private static final int UNDER_WAY = 64;

  private static final int MOST_PARTS = 50_000;
  private static final long MOST_BYTES = 16L << 30;

  private final ObjectStore store;

  public StowReceiver(ObjectStore store) {
    this.store = store;
  }

  private record UnderWay(ObjectIdentity identity, CompletableFuture<StoredInstance> stored) {}

  /**
   * Stores.
   *
   * @param parts the body
   * @param study Study Instance UID that all objects have to have
   * @param source who sends: at most 64 printable characters
   */
  public StowAnswer receive(MultipartReader parts, Optional<String> study, String source)
      throws IOException {
    StowAnswer answer = new StowAnswer();
    Deque<UnderWay> underWay = new ArrayDeque<>();
    try {
      int count = 0;
      for (Optional<MultipartReader.Part> part = parts.next();
          part.isPresent() && !answer.isExhausted();
          part = parts.next()) {
        count++;
        if (count > MOST_PARTS) {
          throw new MultipartException(
              "The body has more than %,d parts.".formatted(MOST_PARTS));
        }
        receive(part.get(), study, source, answer).ifPresent(underWay::add);
        if (underWay.size() > UNDER_WAY) {
          finish(underWay.remove(), answer);
        }
      }
    } catch (MultipartException e) {
      answer.broken(String.valueOf(e.getMessage()));
    } finally {
      while (!underWay.isEmpty()) {
        finish(underWay.remove(), answer);
      }
    }
    return answer;
  }

  private Optional<UnderWay> receive(
      MultipartReader.Part part, Optional<String> study, String source, StowAnswer answer)
      throws IOException {
    String type = part.headers().getOrDefault("content-type", "application/dicom");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/dicom")
        || type.toLowerCase(Locale.ROOT).startsWith("application/dicom+")) {
      answer.failed(Optional.empty(), StowAnswer.NOT_DICOM, "A part is not application/dicom.");
      return Optional.empty();
    }
    ObjectIdentity identity;
    try {
      identity = identity(FileMetaInformation.read(part.body()));
    } catch (RejectedInputException e) {
      answer.failed(Optional.empty(), StowAnswer.NOT_DICOM, e.sentence());
      return Optional.empty();
    }
    try (Incoming incoming = store.begin(identity, source)) {
      study.ifPresent(incoming::requireStudy);
      part.body().transferTo(new Bounded(incoming));
      return Optional.of(new UnderWay(identity, store.finish(incoming)));
    } catch (StoreException e) {
      answer.failed(Optional.of(identity), e);
      return Optional.empty();
    }
  }

  private static ObjectIdentity identity(Attributes meta) throws RejectedInputException {
    String syntax = meta.string(Tag.TransferSyntaxUID).orElse("");
    if (syntax.isEmpty()) {
      throw new RejectedInputException("The file does not say its transfer syntax.");
    }
    return new ObjectIdentity(
        meta.string(Tag.MediaStorageSOPClassUID).orElse(""),
        meta.string(Tag.MediaStorageSOPInstanceUID).orElse(""),
        TransferSyntax.of(syntax));
  }

  /** Hands on so many bytes at most. */
  private static final class Bounded extends OutputStream {
    private final OutputStream out;
    private long size;

    Bounded(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      size += count;
      if (size > MOST_BYTES) {
        throw new MultipartException(
            "A part has more than %,d bytes.".formatted(MOST_BYTES));
      }
      out.write(bytes, from, count);
    }
  }

  private static void finish(UnderWay waiting, StowAnswer answer) {
    try {
      answer.stored(waiting.stored().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException known) {
        answer.failed(Optional.of(waiting.identity()), known);
      } else {
        answer.failed(
            Optional.of(waiting.identity()),
            StowAnswer.PROCESSING,
            "The object could not be stored.");
      }
    }
  }
}
