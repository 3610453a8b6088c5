package org.tessera.server.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Bounds what is read of a request into memory. Whoever takes a large body ({@code $analyze}) reads
 * it from the request that was wrapped, into a file.
 */
final class SmallBodies extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final int MOST_BYTES = 1 << 20;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new Bounded(request), response);
  }

  /** A request whose body ends with an error beyond the bound. */
  static final class Bounded extends HttpServletRequestWrapper {
    private final HttpServletRequest whole;

    Bounded(HttpServletRequest whole) {
      super(whole);
      this.whole = whole;
    }

    /** The request without the bound. */
    HttpServletRequest whole() {
      return whole;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new BoundedStream(whole.getInputStream());
    }
  }

  private static final class BoundedStream extends ServletInputStream {
    private final ServletInputStream in;
    private long left = MOST_BYTES;

    BoundedStream(ServletInputStream in) {
      this.in = in;
    }

    private int counted(int read, int bytes) {
      left -= read < 0 ? 0 : bytes;
      if (left < 0) {
        throw Outcomes.exception(
            413, "The body has more than %,d bytes, more than is read here.".formatted(MOST_BYTES));
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      return counted(in.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int read = in.read(bytes, from, count);
      return counted(read, read);
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
