package org.tessera.runtime.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;

/** Encrypted files: what comes back, and what is noticed. */
class EncryptionTest {
  private static final int CHUNK = FileCipher.CHUNK;
  private static final int STORED = CHUNK + FileCipher.TAG;

  private final EncryptionKey key = key("0123456789abcdef".repeat(4));

  private static EncryptionKey key(String text) {
    try {
      return EncryptionKey.parse(text);
    } catch (RejectedInputException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return content;
  }

  private byte[] encrypted(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EncryptingStream stream = new EncryptingStream(out, key)) {
      int at = 0;
      for (int step = 1; at < content.length; step = step * 3 + 1) {
        int now = Math.min(step, content.length - at);
        stream.write(content, at, now);
        at += now;
      }
    }
    return out.toByteArray();
  }

  private static byte[] decrypted(byte[] stored, EncryptionKey key) throws IOException {
    try (DecryptingStream in = new DecryptingStream(new ByteArrayInputStream(stored), key)) {
      return in.readAllBytes();
    }
  }

  private void assertDamaged(byte[] stored) {
    assertThatThrownBy(() -> decrypted(stored, key)).isInstanceOf(DamagedException.class);
  }

  @Test
  void contentsOfEverySizeComeBack() throws IOException {
    for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7}) {
      byte[] content = content(size);
      byte[] stored = encrypted(content);
      assertThat(decrypted(stored, key)).as("%d bytes", size).isEqualTo(content);
      assertThat(stored).hasSize((int) EncryptingStream.size(size));
    }
  }

  @Test
  void everyChangedBitIsNoticed() throws IOException {
    byte[] stored = encrypted(content(300));
    for (int bit = 0; bit < 8 * stored.length; bit++) {
      byte[] changed = stored.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(changed);
    }
    for (int length = 0; length < stored.length; length++) {
      assertDamaged(Arrays.copyOf(stored, length));
    }
    assertDamaged(Arrays.copyOf(stored, stored.length + 1));
  }

  @Test
  void chunksAreNeitherLeftOutNorMovedNorTakenFromAnotherFile() throws IOException {
    byte[] stored = encrypted(content(3 * CHUNK));
    int head = FileCipher.HEAD;
    assertDamaged(Arrays.copyOf(stored, head + 2 * STORED));
    byte[] swapped = stored.clone();
    System.arraycopy(stored, head, swapped, head + STORED, STORED);
    System.arraycopy(stored, head + STORED, swapped, head, STORED);
    assertDamaged(swapped);
    byte[] other = encrypted(content(3 * CHUNK));
    byte[] mixed = stored.clone();
    System.arraycopy(other, head + STORED, mixed, head + STORED, STORED);
    assertDamaged(mixed);
  }

  @Test
  void theSameContentNeverLooksTheSameAndOtherKeysDoNotFit() throws IOException {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      byte[] chunks = encrypted(content(200));
      String tail = HexFormat.of().formatHex(chunks, FileCipher.HEAD, chunks.length);
      assertThat(seen.add(tail)).isTrue();
    }
    EncryptionKey other = key("f".repeat(64));
    byte[] stored = encrypted(content(10));
    assertThatThrownBy(() -> decrypted(stored, other)).hasMessageContaining("not encrypted with");
    assertThat(other.id()).isNotEqualTo(key.id()).hasSize(16);
    assertThat(key.name("aa")).isNotEqualTo(other.name("aa")).isNotEqualTo(key.name("ab"));
  }

  @Test
  void keysAreReadAndNeverPrinted(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key");
    String text = EncryptionKey.draw();
    Files.writeString(file, "  " + text + "\r\n");
    EncryptionKey read = EncryptionKey.read(file);
    assertThat(read.id()).isEqualTo(key(text).id());
    assertThat(read.toString()).doesNotContain(text);
    assertThat(text).doesNotContain(read.id());
    for (String bad : List.of("", "x", "0".repeat(63), "0".repeat(65), "g".repeat(64))) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> EncryptionKey.read(file))
          .hasMessage("A key has 64 hexadecimal digits.");
    }
    Files.write(file, new byte[5000]);
    assertThatThrownBy(() -> EncryptionKey.read(file)).hasMessage("There is no such key file.");
  }
}
