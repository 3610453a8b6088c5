package org.tessera.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.seal.SealedFolder;

/** Writes a database of H2 anew, encrypted. Nothing of it is in a file in the clear meanwhile. */
public final class EncryptedIndex {
  private static final String CODED = " compression deflate cipher aes password ?";

  private EncryptedIndex() {}

  /**
   * Does it.
   *
   * @param data folder in the clear, whose database nobody uses
   * @param sealed an encrypted folder without a database
   * @throws RejectedInputException with one sentence, if the database cannot be read or written
   */
  public static void copy(Path data, Path sealed) throws IOException, RejectedInputException {
    Path to = SealedFolder.raw(sealed);
    Path script = to.resolve("index.script.part");
    Optional<String> key = SealedFolder.databaseKey(sealed);
    String password = key.orElseThrow(() -> new IllegalStateException("It is not encrypted."));
    try {
      run(
          Database.url(data.resolve("index"), false) + ";IFEXISTS=TRUE",
          "",
          "script to ?" + CODED,
          script,
          password);
      run(
          Database.url(to.resolve("index"), true),
          password + " ",
          "runscript from ?" + CODED,
          script,
          password);
    } catch (SQLException e) {
      throw new RejectedInputException(
          "The database of the data folder cannot be read, or its copy not written: nothing was"
              + " made.",
          e);
    } finally {
      Files.deleteIfExists(script);
    }
  }

  private static void run(
      String url, String login, String statement, Path script, String password)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "", login);
        PreparedStatement prepared = connection.prepareStatement(statement)) {
      prepared.setString(1, script.toAbsolutePath().toString());
      prepared.setString(2, password);
      prepared.execute();
    }
  }
}
