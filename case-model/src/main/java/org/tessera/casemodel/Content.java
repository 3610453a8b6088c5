package org.tessera.casemodel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes with a media type: what a connector received, before anybody looked inside. */
public interface Content {

  /** File name or entry name, for messages; never trusted as a path. */
  String name();

  /** Media type by the content's own magic bytes, else by its name. */
  String mediaType();

  /** Length in bytes. */
  long size();

  /** SHA-256 of the bytes, lower-case hexadecimal. */
  String sha256();

  /** Opens the bytes from the start; the caller closes. */
  InputStream open() throws IOException;

  /** The file behind it, where there is one. */
  Optional<Path> file();

  /**
   * All bytes.
   *
   * @throws RejectedInputException if there are more than {@code limit}
   */
  default byte[] readAll(long limit) throws IOException, RejectedInputException {
    if (size() > limit) {
      throw new RejectedInputException(
          "The file has %,d bytes; at most %,d are read.".formatted(size(), limit));
    }
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }
}
