package org.tessera.validation.phantom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tessera.casemodel.AudioSource;

/** RIFF WAVE with one chunk of 16-bit PCM (Microsoft, Multimedia Programming Interface 1.0, 3). */
final class Wave {
  private static final int HEADER = 44;
  private static final short PCM = 1;

  private Wave() {}

  /** Writes 16 kHz mono samples from -1 to 1. */
  static void write(Path file, float[] samples) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + 2 * samples.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * samples.length).put(ascii("WAVEfmt "));
    bytes.putInt(16).putShort(PCM).putShort((short) 1);
    bytes.putInt(AudioSource.SAMPLE_RATE).putInt(2 * AudioSource.SAMPLE_RATE);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put(ascii("data")).putInt(2 * samples.length);
    for (float sample : samples) {
      bytes.putShort((short) Math.clamp(Math.round(sample * 32768), -32768, 32767));
    }
    Files.write(file, bytes.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
