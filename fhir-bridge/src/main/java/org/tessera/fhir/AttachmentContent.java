package org.tessera.fhir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.Content;

/**
 * A note or a recording out of a record.
 *
 * <p>The text of a document (HTML, RTF, PDF, CDA) is a content of its own: its type is {@code
 * text/plain}, its hash and size are those of the text in UTF-8, and places in it count the
 * characters of the text.
 */
final class AttachmentContent implements Content {
  private final String name;
  private final String mediaType;
  private final byte[] bytes;

  AttachmentContent(String name, String mediaType, byte[] bytes) {
    this.name = name;
    this.mediaType = mediaType;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public String sha256() {
    return Hashes.sha256(bytes);
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }
}
