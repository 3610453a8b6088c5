package org.tessera.runtime.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Failed SOP Sequence. */
  private static final String FAILED = "00081198";

  private static final String ACCEPT =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  private final StorePeer process;
  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WebPeer(StorePeer process, String base) {
    this.process = process;
    this.base = base;
  }

  String name() {
    return process.name();
  }

  /** Sends a body of STOW-RS; milliseconds until everything was said to be stored. */
  double store(Path body) throws IOException {
    long start = System.nanoTime();
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(base + "/studies"))
                .header(
                    "Content-Type",
                    "multipart/related; type=\"application/dicom\"; boundary=" + BOUNDARY)
                .header("Accept", "application/dicom+json")
                .POST(BodyPublishers.ofFile(body)),
            BodyHandlers.ofString());
    double time = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() != 200
        || !MAPPER.readTree(response.body()).path(FAILED).path("Value").isEmpty()) {
      throw new IOException(
          "%s did not store everything (%d).".formatted(name(), response.statusCode()));
    }
    return time;
  }

  /** Fetches a study by WADO-RS; milliseconds until its last byte was there. */
  double retrieve(String study) throws IOException {
    long start = System.nanoTime();
    HttpResponse<InputStream> response = fetch(study);
    try (InputStream in = response.body()) {
      in.skipNBytes(1);
      in.transferTo(OutputStream.nullOutputStream());
    }
    return (System.nanoTime() - start) / 1e6;
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
    HttpResponse<InputStream> response =
        send(
            HttpRequest.newBuilder(URI.create(base + "/studies/" + study))
                .header("Accept", ACCEPT),
            BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException(name() + " does not give the study.");
    }
    return response;
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) throws IOException {
    try {
      return client.send(request.build(), handler);
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
