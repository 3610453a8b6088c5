package org.tessera.runtime.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.runtime.dicomweb.MultipartReader;

/** A DICOMweb service that is measured. */
final class WebPeer implements AutoCloseable {
  static final String BOUNDARY = "tessera-bench";

  /** Failed SOP Sequence. */
  private static final String FAILED = "00081198";

  /** Failure Reason, in each item of that. */
  private static final String REASON = "00081197";

  private static final String ACCEPT =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  private final StorePeer process;
  private final String root;
  private final String base;
  private final PlainHttp plain;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WebPeer(StorePeer process, int port, String root) {
    this.process = process;
    this.root = root;
    this.base = "http://127.0.0.1:" + port + root;
    this.plain = new PlainHttp(port);
  }

  String name() {
    return process.name();
  }

  /** Sends a body of STOW-RS; milliseconds until everything was said to be stored. */
  double store(Path body) throws IOException {
    long start = System.nanoTime();
    PlainHttp.Answer answer =
        plain.post(
            root + "/studies",
            "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY,
            "application/dicom+json",
            body);
    double time = (System.nanoTime() - start) / 1e6;
    // An empty sequence of failures has no value.
    int failures = answer.text().indexOf(FAILED);
    if (answer.status() != 200
        || (failures >= 0 && answer.text().substring(failures).contains(REASON))) {
      throw new IOException(
          "%s did not store everything (%d).".formatted(name(), answer.status()));
    }
    return time;
  }

  /**
   * Fetches a study by WADO-RS; milliseconds until its last byte was there.
   *
   * @param least bytes that its pixels have
   */
  double retrieve(String study, long least) throws IOException {
    long start = System.nanoTime();
    PlainHttp.Answer answer = plain.get(root + "/studies/" + study, ACCEPT);
    double time = (System.nanoTime() - start) / 1e6;
    if (answer.status() != 200 || answer.bytes() < least) {
      throw new IOException(name() + " does not give the study.");
    }
    return time;
  }

  /** What is in a study, by UID and pixels. */
  Set<String> contents(String study) throws IOException, RejectedInputException {
    HttpResponse<InputStream> response = fetch(study);
    String type = response.headers().firstValue("Content-Type").orElse("");
    int at = type.toLowerCase(Locale.ROOT).indexOf("boundary=");
    String boundary = at < 0 ? "" : type.substring(at + "boundary=".length());
    int end = boundary.indexOf(';');
    String bare = (end < 0 ? boundary : boundary.substring(0, end)).replace("\"", "").strip();
    Set<String> contents = new TreeSet<>();
    try (InputStream in = new BufferedInputStream(response.body())) {
      MultipartReader reader = new MultipartReader(in, bare);
      for (Optional<MultipartReader.Part> part = reader.next();
          part.isPresent();
          part = reader.next()) {
        DicomFile file =
            DicomFile.read(part.get().body().readAllBytes(), ParseLimits.standard());
        byte[] pixels =
            file.dataset().bytes(Tag.PixelData).map(each -> each.toArray()).orElse(new byte[0]);
        contents.add(
            file.dataset().string(Tag.SOPInstanceUID).orElse("") + " " + Arrays.hashCode(pixels));
      }
    }
    return contents;
  }

  private HttpResponse<InputStream> fetch(String study) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/studies/" + study))
            .header("Accept", ACCEPT)
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        response.body().close();
        throw new IOException(name() + " does not give the study.");
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a service was measured.", e);
    }
  }

  @Override
  public void close() {
    process.close();
    client.close();
  }
}
