package org.tessera.server.fhir;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoreException;

/** Bodies of requests, brought to files within bounds of size, number and free disk. */
final class PostedBodies {
  /** XML is held in memory to be read. */
  private static final long MOST_XML_BYTES = 16L << 20;

  private static final int TOGETHER = 16;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final long mostBytes;
  private final ObjectStore store;
  private final Semaphore places = new Semaphore(TOGETHER);

  PostedBodies(Path folder, long mostBytes, ObjectStore store) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.store = store;
  }

  /**
   * A body on the disk, deleted when closed, unless somebody moved it.
   *
   * @param file where
   * @param xml whether it is XML
   */
  record Posted(Path file, boolean xml) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Receives a body; what is too large is cut off as soon as that is known.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException if it is not taken
   */
  Posted receive(HttpServletRequest request) throws IOException {
    Optional<Boolean> said = isXml(request.getContentType());
    if (!places.tryAcquire()) {
      throw Outcomes.exception(503, "Too many records are being received; try again later.");
    }
    try {
      requireSpace();
      Path file = Files.createTempFile(folder, "", ".body");
      try {
        boolean xml = copy(request, said, file);
        return new Posted(file, xml);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } finally {
      places.release();
    }
  }

  private void requireSpace() {
    try {
      store.check();
    } catch (StoreException e) {
      throw Outcomes.exception(503, String.valueOf(e.getMessage()));
    }
  }

  /** Empty if the request does not say what its body is. */
  private static Optional<Boolean> isXml(String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "" -> Optional.empty();
      case "application/fhir+json", "application/json", "text/json" -> Optional.of(false);
      case "application/fhir+xml", "application/xml", "text/xml" -> Optional.of(true);
      default ->
          throw Outcomes.exception(
              415, "A record is posted as application/fhir+json or application/fhir+xml.");
    };
  }

  private boolean copy(HttpServletRequest request, Optional<Boolean> said, Path file)
      throws IOException {
    long most = said.orElse(true) ? Math.min(mostBytes, MOST_XML_BYTES) : mostBytes;
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    HttpServletRequest whole =
        request instanceof SmallBodies.Bounded bounded ? bounded.whole() : request;
    try (InputStream in = decoded(whole);
        OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      boolean xml = said.orElse(false);
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (size == 0 && said.isEmpty() && read > 0) {
          xml = buffer[0] == '<';
          most = xml ? most : mostBytes;
        }
        size += read;
        if (size > most) {
          throw tooLarge(most);
        }
        out.write(buffer, 0, read);
      }
      if (size == 0) {
        throw Outcomes.exception(400, "The body is empty; a record is needed.");
      }
      return xml;
    } catch (ZipException | EOFException e) {
      throw Outcomes.exception(
          400, "The body is not whole, or not gzip although the request says so.");
    }
  }

  private static InputStream decoded(HttpServletRequest request) throws IOException {
    String coding = request.getHeader("Content-Encoding");
    if (coding == null || coding.equalsIgnoreCase("identity")) {
      return request.getInputStream();
    }
    if (coding.equalsIgnoreCase("gzip")) {
      return new GZIPInputStream(request.getInputStream(), BUFFER);
    }
    throw Outcomes.exception(415, "A body is sent plain or with the content coding gzip.");
  }

  private static RuntimeException tooLarge(long most) {
    return Outcomes.exception(
        413, "The record has more than the %,d bytes that are read.".formatted(most));
  }
}
