package org.tessera.validation.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.tessera.casemodel.Content;

/** A file whose type is taken from its name: the files of a data set are named rightly. */
record TestFile(Path path) implements Content {
  @Override
  public String name() {
    return String.valueOf(path.getFileName());
  }

  @Override
  public String mediaType() {
    String name = name();
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jpg" -> "image/jpeg";
      case "png" -> "image/png";
      case "mp3" -> "audio/mpeg";
      case "flac" -> "audio/flac";
      case "wav" -> "audio/wav";
      case "txt" -> "text/plain";
      default -> "application/octet-stream";
    };
  }

  @Override
  public long size() {
    return path.toFile().length();
  }

  @Override
  public String sha256() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(path);
  }
}
