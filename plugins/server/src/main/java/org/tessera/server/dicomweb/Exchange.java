package org.tessera.server.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;
import org.tessera.runtime.dicomweb.RetrievedInstance.Writing;

/** A request and its answer. */
final class Exchange {
  static final String DICOM_JSON = "application/dicom+json";
  private static final int BUFFER = 1 << 17;
  private static final long MOST_DISCARDED = 8 << 20;

  private final Request request;
  private final Response response;
  private final String base;

  Exchange(Request request, Response response) {
    this.request = request;
    this.response = response;
    this.base =
        request.getHttpURI().getScheme()
            + "://"
            + request.getHttpURI().getAuthority()
            + request.getContext().getContextPath();
  }

  /** Address of the service, without a slash at the end. */
  String base() {
    return base;
  }

  String method() {
    return request.getMethod();
  }

  List<MediaRange> accepted() {
    return MediaRange.accepted(request.getHeaders().getValuesList(HttpHeader.ACCEPT));
  }

  String header(HttpHeader name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  String remoteHost() {
    return Request.getRemoteAddr(request);
  }

  InputStream body() {
    return Content.Source.asInputStream(request);
  }

  /**
   * Reads a little of what the client still sends: one that writes without reading would miss the
   * answer when the connection is closed.
   */
  void discard() throws IOException {
    InputStream rest = body();
    byte[] block = new byte[BUFFER];
    long left = MOST_DISCARDED;
    for (int read = rest.read(block); read >= 0 && left > 0; read = rest.read(block)) {
      left -= read;
    }
  }

  /** The parameters of the query, decoded. */
  Map<String, List<String>> parameters() throws WebException {
    try {
      Map<String, List<String>> parameters = new LinkedHashMap<>();
      for (Fields.Field each : Request.extractQueryParameters(request)) {
        parameters.put(each.getName(), each.getValues());
      }
      return parameters;
    } catch (RuntimeException e) {
      throw new WebException(400, "The query of the address cannot be decoded.");
    }
  }

  void setHeader(HttpHeader name, String value) {
    response.getHeaders().put(new HttpField(name, value));
  }

  /** Answers with a text. */
  void answer(int status, String mediaType, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    answer(status, mediaType, out -> out.write(bytes));
  }

  /** Answers with what is written while it is sent. */
  void answer(int status, String mediaType, Writing body) throws IOException {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (body.length() >= 0) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length());
    }
    if (method().equals("HEAD")) {
      return;
    }
    try (ResponseOutput out = new ResponseOutput(request, response)) {
      body.to(out);
      out.finish();
    }
  }

  /** True if the head of the answer is on its way: no other can be given. */
  boolean isAnswered() {
    return response.isCommitted();
  }
}
