package org.tessera.server.dicomweb;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.tessera.runtime.dicomweb.MultipartException;
import org.tessera.runtime.dicomweb.MultipartReader;
import org.tessera.runtime.dicomweb.StowAnswer;
import org.tessera.runtime.dicomweb.StowReceiver;

/** STOW-RS (PS3.18 10.5). */
final class StowTransactions {
  private static final int TOGETHER = 64;
  private static final int LONGEST_SOURCE = 64;

  private final StowReceiver receiver;
  private final Semaphore places = new Semaphore(TOGETHER);

  StowTransactions(StowReceiver receiver) {
    this.receiver = receiver;
  }

  void store(Exchange exchange, Optional<String> study) throws IOException, WebException {
    MediaRange type = MediaRange.of(exchange.header(HttpHeader.CONTENT_TYPE));
    if (!type.isMultipart() || !type.takes("application/dicom")) {
      throw new WebException(
          415, "Objects are sent as multipart/related; type=\"application/dicom\".");
    }
    if (!exchange.header(HttpHeader.CONTENT_ENCODING).isEmpty()) {
      throw new WebException(415, "Objects are sent without a content coding.");
    }
    if (!places.tryAcquire()) {
      exchange.setHeader(HttpHeader.RETRY_AFTER, "5");
      throw new WebException(503, "Too many requests are being received; try again later.");
    }
    StowAnswer answer;
    try {
      MultipartReader parts =
          new MultipartReader(exchange.body(), type.parameters().getOrDefault("boundary", ""));
      answer = receiver.receive(parts, study, source(exchange));
    } catch (MultipartException e) {
      throw new WebException(400, String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
    int status = answer.status();
    if (status == 400) {
      throw new WebException(400, answer.complaint().orElse("There is no object in the body."));
    }
    if (status == 503) {
      exchange.setHeader(HttpHeader.RETRY_AFTER, "30");
    }
    answer.complaint().ifPresent(text -> exchange.setHeader(HttpHeader.WARNING, warning(text)));
    exchange.answer(status, Exchange.DICOM_JSON, answer.json(exchange.base()));
  }

  /** As a header has it (RFC 7234 5.5). */
  static String warning(String sentence) {
    return "299 tessera \"" + sentence.replace("\"", "'") + "\"";
  }

  private static String source(Exchange exchange) {
    String source = "web:" + exchange.remoteHost();
    return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
  }
}
