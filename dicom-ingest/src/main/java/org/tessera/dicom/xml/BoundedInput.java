package org.tessera.dicom.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that ends with an error once it is longer than allowed, and remembers its failure. */
final class BoundedInput extends FilterInputStream {
  private long left;
  private @Nullable IOException failure;

  BoundedInput(InputStream source, long most) {
    super(source);
    left = most;
  }

  boolean isTooLong() {
    return left < 0;
  }

  /** Throws what the source threw: an error of the disk or the network, not of the document. */
  void rethrowFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    int read;
    try {
      read = in.read(target, from, count);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    left -= Math.max(0, read);
    if (isTooLong()) {
      throw new IOException("too long");
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
