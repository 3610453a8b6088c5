package org.tessera.explain.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;

/**
 * A file of the shared data sets, decoded as the product does it.
 *
 * @param path the file
 * @param mediaType what it is
 */
record RealFile(Path path, String mediaType) implements Content {

  /** A file below {@code shared/data}; skips the test if the data are not there. */
  static Path at(String relative) {
    String given = System.getProperty("tessera.data", "");
    Path file = given.isEmpty() ? upwards().resolve(relative) : Path.of(given, relative);
    assumeTrue(Files.exists(file), "shared/data is not beside this checkout: " + relative);
    return file;
  }

  private static Path upwards() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("shared/data"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("shared/data") : folder.resolve("shared/data");
  }

  static Evidence decoded(
      ContentDecoder decoder, String relative, String mediaType, String id, Modality kind)
      throws IOException, RejectedInputException {
    DecodeContext context =
        new DecodeContext(() -> id, Optional.of(kind), Optional.empty(), Optional.empty());
    List<Evidence> evidence = decoder.decode(new RealFile(at(relative), mediaType), context);
    return evidence.getFirst();
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public long size() {
    return path.toFile().length();
  }

  @Override
  public String sha256() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
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
