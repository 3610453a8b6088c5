package org.tessera.runtime.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.FileBytes;
import org.tessera.runtime.encrypt.DamagedException;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.encrypt.FileCipher;

/** An encrypted data folder: what comes back, what lies on the disk, and what is refused. */
class SealedFolderTest {
  private static final int CHUNK = FileCipher.CHUNK;
  private static final int STORED = CHUNK + FileCipher.TAG;
  private static final EncryptionKey MASTER = key("ab");

  @TempDir private Path data = Path.of("");
  private Path sealed = Path.of("");

  private static EncryptionKey key(String digits) {
    try {
      return EncryptionKey.parse(digits.repeat(32));
    } catch (RejectedInputException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    sealed = SealedFolder.open(data, Optional.of(MASTER));
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  private static void assertDamaged(Path file) {
    assertThatThrownBy(() -> Files.readAllBytes(file))
        .isInstanceOf(DamagedException.class)
        .hasMessageEndingWith(".");
  }

  @Test
  void filesOfAnyLengthComeBackWholeAndAtAnyPosition() throws Exception {
    for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77}) {
      Path file = sealed.resolve("file");
      byte[] content = content(size);
      try (OutputStream out = Files.newOutputStream(file)) {
        int at = 0;
        for (int step = 1; at < size; step = step * 3 + 1) {
          int now = Math.min(step, size - at);
          out.write(content, at, now);
          at += now;
        }
      }
      assertThat(Files.size(file)).isEqualTo(size);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
      FileBytes bytes = FileBytes.of(file);
      assertThat(bytes.size()).isEqualTo(size);
      Random random = new Random(size);
      for (int i = 0; i < 50 && size > 8; i++) {
        int from = random.nextInt(size - 8);
        ByteBuffer expected = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.longAt(from)).isEqualTo(expected.getLong(from));
        assertThat(bytes.intAt(from)).isEqualTo(expected.getInt(from));
        assertThat(bytes.shortAt(from)).isEqualTo(expected.getShort(from));
        assertThat(bytes.byteAt(from)).isEqualTo(content[from]);
        byte[] part = new byte[random.nextInt(size - from)];
        bytes.copy(from, part, 0, part.length);
        assertThat(part).isEqualTo(Arrays.copyOfRange(content, from, from + part.length));
      }
    }
  }

  @Test
  void numbersOnTwoPagesAreRead() throws Exception {
    byte[] content = content(2 * CHUNK);
    Path file = Files.write(sealed.resolve("file"), content);
    ByteBuffer expected = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    FileBytes bytes = FileBytes.of(file);
    for (int at = CHUNK - 8; at <= CHUNK; at++) {
      assertThat(bytes.longAt(at)).isEqualTo(expected.getLong(at));
      assertThat(bytes.shortAt(at)).isEqualTo(expected.getShort(at));
    }
    assertThatThrownBy(() -> bytes.longAt(2 * CHUNK - 7))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatIsBeingWrittenCanBeRead() throws Exception {
    byte[] content = content(2 * CHUNK + 10);
    try (FileChannel channel =
        FileChannel.open(
            sealed.resolve("file"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      for (int from : new int[] {0, CHUNK - 1, CHUNK, 2 * CHUNK + 5}) {
        ByteBuffer part = ByteBuffer.allocate(5);
        assertThat(channel.read(part, from)).isEqualTo(5);
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(content, from, from + 5));
      }
      channel.write(ByteBuffer.wrap(content));
      channel.force(true);
      assertThat(channel.size()).isEqualTo(2L * content.length);
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 3))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyChangeOfAFileIsNoticed() throws Exception {
    Path file = Files.write(sealed.resolve("file"), content(2 * CHUNK + 100));
    Path raw = SealedFolder.raw(file);
    byte[] stored = Files.readAllBytes(raw);
    int start = SealedFile.START;
    for (int at :
        new int[] {0, 9, 20, 50, start, start + CHUNK, start + STORED + 5, stored.length - 1}) {
      byte[] changed = stored.clone();
      changed[at] ^= 1;
      Files.write(raw, changed);
      assertDamaged(file);
    }
    int last = stored.length - 1;
    for (int length :
        new int[] {0, 10, start, start + 10, start + STORED, start + 2 * STORED, last}) {
      Files.write(raw, Arrays.copyOf(stored, length));
      assertDamaged(file);
    }
    byte[] swapped = stored.clone();
    System.arraycopy(stored, start, swapped, start + STORED, STORED);
    System.arraycopy(stored, start + STORED, swapped, start, STORED);
    Files.write(raw, swapped);
    assertDamaged(file);
    Files.write(raw, Arrays.copyOf(stored, stored.length + 20));
    assertDamaged(file);
    Files.write(raw, "a file in the clear".getBytes(StandardCharsets.US_ASCII));
    assertDamaged(file);
    Files.write(raw, stored);
    assertThat(Files.readAllBytes(file)).isEqualTo(content(2 * CHUNK + 100));
  }

  @Test
  void aFileInThePlaceOfAnotherIsRefused() throws Exception {
    Path one = Files.writeString(sealed.resolve("one"), "of one patient");
    Path other = Files.writeString(sealed.resolve("other"), "of another");
    Files.copy(
        SealedFolder.raw(one), SealedFolder.raw(other), StandardCopyOption.REPLACE_EXISTING);
    assertDamaged(other);
    Files.move(other, sealed.resolve("third"));
    assertDamaged(sealed.resolve("third"));
    assertThat(Files.readString(one)).isEqualTo("of one patient");
  }

  @Test
  void filesAndDraftsAreMovedAndLinked() throws Exception {
    Path file = Files.createTempFile(sealed, "", ".part");
    Files.writeString(file, "content");
    Path blob = Files.createDirectories(sealed.resolve("blobs")).resolve("name");
    Files.move(file, blob, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(blob)).isEqualTo("content");
    Path draft = Files.createDirectories(sealed.resolve("cases").resolve("r1.part"));
    Files.createLink(draft.resolve("image"), blob);
    assertThat(Files.readString(draft.resolve("image"))).isEqualTo("content");
    Files.delete(draft.resolve("image"));
    Files.writeString(draft.resolve("result"), "result");
    Path kept = draft.resolveSibling("r1");
    Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Files.readString(kept.resolve("result"))).isEqualTo("result");
    try (Stream<Path> all = Files.walk(sealed)) {
      assertThat(all.filter(Files::isRegularFile).map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder(SealedFolder.KEY, "name", "result");
    }
    Files.copy(kept.resolve("result"), sealed.resolve("copy"));
    assertThat(Files.readString(sealed.resolve("copy"))).isEqualTo("result");
    Files.copy(sealed.resolve("copy"), data.resolve("plain"));
    assertThat(Files.readString(data.resolve("plain"))).isEqualTo("result");
  }

  @Test
  void onlyTheOwnerMayReadItsFiles() throws Exception {
    Path file = Files.writeString(sealed.resolve("file"), "content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(SealedFolder.raw(file))))
        .isEqualTo("rw-------");
  }

  private void assertRefused(Optional<EncryptionKey> key, String words) throws IOException {
    byte[] before = Files.readAllBytes(data.resolve(SealedFolder.KEY));
    assertThatThrownBy(() -> SealedFolder.open(data, key))
        .isInstanceOfSatisfying(
            RejectedInputException.class, e -> assertThat(e.sentence()).contains(words));
    assertThat(Files.readAllBytes(data.resolve(SealedFolder.KEY))).isEqualTo(before);
  }

  @Test
  void aWrongKeyAndNoneAreRefused() throws Exception {
    assertRefused(Optional.empty(), "name its key");
    assertRefused(Optional.of(key("cd")), "another key");
  }

  @Test
  void aFolderInTheClearIsNotMixed() throws Exception {
    Path plain = Files.createDirectory(data.resolve("plain"));
    Files.createDirectory(plain.resolve("blobs"));
    assertThat(SealedFolder.open(plain, Optional.empty())).isEqualTo(plain);
    assertThatThrownBy(() -> SealedFolder.open(plain, Optional.of(MASTER)))
        .isInstanceOfSatisfying(
            RejectedInputException.class, e -> assertThat(e.sentence()).contains("not encrypted"));
    assertThat(plain.resolve(SealedFolder.KEY)).doesNotExist();
  }

  @Test
  void theKeyOfTheAdministratorIsChangedAndFilesStay() throws Exception {
    Path file = Files.writeString(sealed.resolve("file"), "content");
    byte[] stored = Files.readAllBytes(SealedFolder.raw(file));
    SealedFolder.changeMaster(data, MASTER, key("cd"));
    assertRefused(Optional.of(MASTER), "another key");
    Path again = SealedFolder.open(data, Optional.of(key("cd")));
    assertThat(Files.readString(again.resolve("file"))).isEqualTo("content");
    assertThat(Files.readAllBytes(SealedFolder.raw(file))).isEqualTo(stored);
    assertThat(SealedFolder.databaseKey(again)).isEqualTo(SealedFolder.databaseKey(sealed));
    assertThat(SealedFolder.name(again, "aa")).isEqualTo(SealedFolder.name(sealed, "aa"));
  }

  @Test
  void theKeyFileIsForItsOwnerAndElsewhere() throws Exception {
    Path key = data.resolveSibling(data.getFileName() + ".key");
    try {
      Files.writeString(key, "ab".repeat(32) + "\n");
      for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> SealedFolder.masterKey(key, data))
            .isInstanceOfSatisfying(
                RejectedInputException.class, e -> assertThat(e.sentence()).contains("chmod"));
      }
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      assertThat(SealedFolder.masterKey(key, data).id()).isEqualTo(MASTER.id());
    } finally {
      Files.delete(key);
    }
    Path inside = Files.writeString(data.resolve("inside"), "ab".repeat(32));
    Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> SealedFolder.masterKey(inside, data))
        .isInstanceOfSatisfying(
            RejectedInputException.class, e -> assertThat(e.sentence()).contains("inside"));
  }
}
