package org.tessera.dicom.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/** The marker segments of a JPEG stream (ITU-T T.81 B), as far as they have been read. */
final class JpegHeader {
  private final byte[] code;
  final int[][] quantization = new int[4][];
  final HuffmanTable[] dc = new HuffmanTable[4];
  final HuffmanTable[] ac = new HuffmanTable[4];
  List<JpegComponent> components = List.of();
  int process = -1;
  int precision;
  int width;
  int height;
  int restartInterval;

  JpegHeader(byte[] code) {
    this.code = code;
  }

  /** A stream whose tables were sent before, in a stream of their own (T.81 B.5). */
  JpegHeader(byte[] code, JpegHeader tables) {
    this.code = code;
    System.arraycopy(tables.quantization, 0, quantization, 0, quantization.length);
    System.arraycopy(tables.dc, 0, dc, 0, dc.length);
    System.arraycopy(tables.ac, 0, ac, 0, ac.length);
  }

  /** Zigzag order (T.81 figure A.6): place in the block by place in the stream. */
  static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** Parameters of a scan. */
  record Scan(List<JpegComponent> components, int start, int end, int low, int dataAt) {}

  /** Reads segments up to the next scan; empty at the end of the image. */
  Optional<Scan> nextScan(int from) throws RejectedInputException {
    int at = from;
    while (true) {
      while (at + 1 < code.length && code[at] == (byte) 0xFF && code[at + 1] == (byte) 0xFF) {
        at++;
      }
      if (at + 1 >= code.length) {
        return Optional.empty();
      }
      if (code[at] != (byte) 0xFF) {
        throw damaged();
      }
      int marker = code[at + 1] & 0xFF;
      at += 2;
      if (marker == 0xD9) {
        return Optional.empty();
      }
      if (marker == 0xD8 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
        continue;
      }
      int length = word(at);
      if (length < 2 || at + length > code.length) {
        throw damaged();
      }
      if (marker == 0xDA) {
        return Optional.of(scan(at + 2, at + length));
      }
      segment(marker, at + 2, at + length);
      at += length;
    }
  }

  private void segment(int marker, int at, int end) throws RejectedInputException {
    switch (marker) {
      case 0xDB -> quantizationTables(at, end);
      case 0xC4 -> huffmanTables(at, end);
      case 0xC0, 0xC1, 0xC3 -> frame(marker - 0xC0, at, end);
      case 0xC2, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF ->
          throw new RejectedInputException(
              "The JPEG stream uses process SOF%d, which is not decoded.".formatted(marker & 15));
      case 0xF7 ->
          throw new RejectedInputException(
              "The pixel data are JPEG-LS, not the JPEG that the file declares.");
      case 0xDD -> restartInterval = word(at);
      case 0xDC -> throw new RejectedInputException("The JPEG stream states its height too late.");
      default -> {
        // Application data and comments.
      }
    }
  }

  private int word(int at) throws RejectedInputException {
    if (at + 1 >= code.length) {
      throw damaged();
    }
    return (code[at] & 0xFF) << 8 | code[at + 1] & 0xFF;
  }

  private static RejectedInputException damaged() {
    return new RejectedInputException("The JPEG stream is damaged.");
  }

  private void quantizationTables(int from, int end) throws RejectedInputException {
    int at = from;
    while (at < end) {
      int id = code[at] & 15;
      int bytes = (code[at] & 0xFF) >> 4 == 0 ? 1 : 2;
      at++;
      if (id > 3 || at + 64 * bytes > end) {
        throw damaged();
      }
      int[] table = new int[64];
      for (int i = 0; i < 64; i++) {
        table[ZIGZAG[i]] = bytes == 1 ? code[at + i] & 0xFF : word(at + 2 * i);
      }
      quantization[id] = table;
      at += 64 * bytes;
    }
  }

  private void huffmanTables(int from, int end) throws RejectedInputException {
    int at = from;
    while (at + 17 <= end) {
      int kind = (code[at] & 0xFF) >> 4;
      int id = code[at] & 15;
      int[] counts = new int[16];
      int sum = 0;
      for (int i = 0; i < 16; i++) {
        counts[i] = code[at + 1 + i] & 0xFF;
        sum += counts[i];
      }
      at += 17;
      if (kind > 1 || id > 3 || sum > 256 || at + sum > end) {
        throw damaged();
      }
      byte[] symbols = new byte[sum];
      System.arraycopy(code, at, symbols, 0, sum);
      (kind == 0 ? dc : ac)[id] = new HuffmanTable(counts, symbols, kind == 1);
      at += sum;
    }
  }

  private void frame(int sof, int at, int end) throws RejectedInputException {
    if (process >= 0 || end - at < 6) {
      throw damaged();
    }
    process = sof;
    precision = code[at] & 0xFF;
    height = word(at + 1);
    width = word(at + 3);
    int count = code[at + 5] & 0xFF;
    if (width == 0 || height == 0 || count < 1 || count > 4 || end - at < 6 + 3 * count) {
      throw damaged();
    }
    boolean lossless = sof == 3;
    if (lossless ? precision < 2 || precision > 16 : precision != 8 && precision != 12) {
      throw new RejectedInputException(
          "The JPEG stream has %d bits per sample, which its process does not allow."
              .formatted(precision));
    }
    List<JpegComponent> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int p = at + 6 + 3 * i;
      int horizontal = (code[p + 1] & 0xFF) >> 4;
      int vertical = code[p + 1] & 15;
      if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4
          || (code[p + 2] & 0xFF) > 3) {
        throw damaged();
      }
      found.add(new JpegComponent(code[p] & 0xFF, horizontal, vertical, code[p + 2] & 0xFF));
    }
    components = List.copyOf(found);
  }

  /** The greatest horizontal sampling factor. */
  static int widest(List<JpegComponent> components) {
    return components.stream().mapToInt(component -> component.horizontal).max().orElse(1);
  }

  /** The greatest vertical sampling factor. */
  static int tallest(List<JpegComponent> components) {
    return components.stream().mapToInt(component -> component.vertical).max().orElse(1);
  }

  private Scan scan(int at, int end) throws RejectedInputException {
    int count = at < end ? code[at] & 0xFF : 0;
    if (process < 0 || count < 1 || count > 4 || end - at < 4 + 2 * count) {
      throw damaged();
    }
    List<JpegComponent> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = code[at + 1 + 2 * i] & 0xFF;
      JpegComponent component =
          components.stream().filter(c -> c.id == id).findFirst().orElseThrow(JpegHeader::damaged);
      int tables = code[at + 2 + 2 * i] & 0xFF;
      component.dcTable = tables >> 4;
      component.acTable = tables & 15;
      if (component.dcTable > 3 || component.acTable > 3 || chosen.contains(component)) {
        throw damaged();
      }
      chosen.add(component);
    }
    int p = at + 1 + 2 * count;
    return new Scan(
        List.copyOf(chosen), code[p] & 0xFF, code[p + 1] & 0xFF, code[p + 2] & 15, end);
  }

  /** The Huffman table of that number, which must have been defined. */
  static HuffmanTable required(HuffmanTable[] tables, int id) throws RejectedInputException {
    HuffmanTable table = tables[id];
    if (table == null) {
      throw new RejectedInputException("The JPEG stream uses a Huffman table that it lacks.");
    }
    return table;
  }
}
