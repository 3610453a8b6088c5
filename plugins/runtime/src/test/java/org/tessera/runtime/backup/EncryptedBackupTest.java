package org.tessera.runtime.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;

/** The same with a key; and what can be told without it. */
class EncryptedBackupTest extends BackupTest {
  private static final EncryptionKey KEY = key("ab");
  private static final EncryptionKey OTHER = key("cd");

  private static EncryptionKey key(String digits) {
    try {
      return EncryptionKey.parse(digits.repeat(32));
    } catch (RejectedInputException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  Optional<EncryptionKey> key() {
    return Optional.of(KEY);
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> walk = Files.walk(out())) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void withoutTheKeyNothingOfAnObjectCanBeTold() throws Exception {
    backUp();
    String sha256 = String.valueOf(aBlobIn(data()).getFileName());
    for (Path each : written()) {
      String bytes = new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("DICM", "2.25.7", sha256, "result.json", "H:2,");
      assertThat(each.toString()).doesNotContain(sha256);
    }
    assertThat(BackupFolder.object(out(), KEY.name(sha256))).exists();
  }

  private void assertRefused(Optional<EncryptionKey> key, String sentence) {
    Path made = folder().resolve("made");
    assertThatThrownBy(
            () ->
                Restore.run(
                    new Restore.Settings(out(), Optional.empty(), made, true, key),
                    (done, all) -> {}))
        .isInstanceOfSatisfying(
            RejectedInputException.class, e -> assertThat(e.sentence()).contains(sentence));
    assertThat(made).doesNotExist();
    assertThatThrownBy(
            () -> Backup.ofFolder(data(), new Backup.Settings(out(), true, 1, key), seen -> {}))
        .isInstanceOfSatisfying(
            RejectedInputException.class, e -> assertThat(e.sentence()).contains(sentence));
  }

  @Test
  void aWrongKeyAndNoneAreRefusedAndNothingIsPruned() throws Exception {
    backUp();
    int files = written().size();
    assertRefused(Optional.of(OTHER), "with another key");
    assertRefused(Optional.empty(), "give the key");
    assertThat(written()).hasSize(files);
  }

  @Test
  void aFolderIsEncryptedFromItsBeginningOrNever() throws Exception {
    Backup.ofFolder(data(), new Backup.Settings(out(), true, 1, Optional.empty()), seen -> {});
    assertRefused(Optional.of(KEY), "not encrypted");
  }
}
