package org.tessera.runtime.dicomweb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies as they should be, and as they should not. */
class MultipartReaderTest {
  private static final String BODY =
      "preamble\r\n--b\r\nContent-Type: text/x\r\nA: 1\r\n\r\none\r\n-\r\n--c\r\n--b\r\n\r\n\r\n"
          + "--b  \r\n\r\n\r\r\n--\r\n--b--\r\nepilogue";

  private static MultipartReader reader(String body, String boundary) throws MultipartException {
    return new MultipartReader(new ByteArrayInputStream(body.getBytes(ISO_8859_1)), boundary);
  }

  @Test
  void partsAreWhatStandsBetweenTheBoundaries() throws Exception {
    MultipartReader reader = reader(BODY, "b");
    MultipartReader.Part first = reader.next().orElseThrow();
    assertThat(first.headers()).containsEntry("content-type", "text/x").containsEntry("a", "1");
    assertThat(new String(first.body().readAllBytes(), ISO_8859_1)).isEqualTo("one\r\n-\r\n--c");
    assertThat(reader.next().orElseThrow().body().readAllBytes()).isEmpty();
    assertThat(new String(reader.next().orElseThrow().body().readAllBytes(), ISO_8859_1))
        .isEqualTo("\r\r\n--");
    assertThat(reader.next()).isEmpty();
    assertThat(first.body().read()).isEqualTo(-1);
  }

  @Test
  void aPartThatIsNotReadIsSkipped() throws Exception {
    String large = "x".repeat(1 << 20);
    MultipartReader reader = reader("--b\r\n\r\n" + large + "\r\n--b\r\n\r\ny\r\n--b--", "b");
    assertThat(reader.next()).isPresent();
    assertThat(reader.next().orElseThrow().body().readAllBytes()).containsExactly('y');
  }

  @Test
  void bodiesThatBreakTheRulesAreRefused() {
    List<String> bodies =
        List.of("", "--b", "--b\r\n", "--b\r\nx\r\n\r\n", "--bx\r\n", "--b\r\n\r\nx");
    for (String body : bodies) {
      assertThat(assertRefused(body)).endsWith(".");
    }
    for (String boundary : List.of("", "x".repeat(201), "a\r\nb", "a ")) {
      assertThatThrownBy(() -> reader("", boundary)).isInstanceOf(MultipartException.class);
    }
  }

  private static String assertRefused(String body) {
    try {
      MultipartReader reader = reader(body, "b");
      while (reader.next().isPresent()) {
        // On to what is wrong.
        continue;
      }
    } catch (Exception e) {
      assertThat(e).isInstanceOf(MultipartException.class);
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("It was read: " + body);
  }

  /** Mutated bodies, with a seed, through the target of the fuzzer. */
  @Test
  void howTheNetworkCutsABodyUpMakesNoDifference() throws Exception {
    Random random = new Random(3);
    byte[] seed = BODY.getBytes(ISO_8859_1);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
      for (int j = random.nextInt(4); j > 0; j--) {
        body[random.nextInt(body.length)] = (byte) "\r\n-b: x".charAt(random.nextInt(7));
      }
      MultipartFuzz.fuzzerTestOneInput(body);
    }
  }
}
