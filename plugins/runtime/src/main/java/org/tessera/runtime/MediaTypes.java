package org.tessera.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Media types by the content's own first bytes. A file name is never asked: a ZIP archive named
 * {@code cough.mp3} is a ZIP archive.
 */
final class MediaTypes {
  static final String EMPTY = "application/x-empty";
  static final String UNKNOWN = "application/octet-stream";

  /** How many of the first bytes are looked at. */
  static final int HEAD = 64 * 1024;

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry(EMPTY, "an empty file"),
          Map.entry(UNKNOWN, "a file of an unknown type"),
          Map.entry("application/dicom", "a DICOM file"),
          Map.entry("image/jpeg", "a JPEG image"),
          Map.entry("image/png", "a PNG image"),
          Map.entry("image/tiff", "a TIFF image"),
          Map.entry("image/gif", "a GIF image"),
          Map.entry("image/bmp", "a BMP image"),
          Map.entry("image/webp", "a WebP image"),
          Map.entry("image/jp2", "a JPEG 2000 image"),
          Map.entry("audio/wav", "a WAV recording"),
          Map.entry("audio/flac", "a FLAC recording"),
          Map.entry("audio/mpeg", "an MP3 recording"),
          Map.entry("audio/ogg", "an Ogg recording"),
          Map.entry("audio/mp4", "an MP4 or M4A recording"),
          Map.entry("audio/webm", "a WebM or Matroska recording"),
          Map.entry("audio/aac", "a raw AAC stream"),
          Map.entry("audio/amr", "an AMR recording"),
          Map.entry("audio/aiff", "an AIFF recording"),
          Map.entry("application/fhir+json", "a FHIR resource in JSON"),
          Map.entry("application/fhir+xml", "a FHIR resource in XML"),
          Map.entry("application/json", "a JSON file"),
          Map.entry("application/xml", "an XML file"),
          Map.entry("text/html", "an HTML page"),
          Map.entry("text/plain", "plain text"),
          Map.entry("application/zip", "a ZIP archive"),
          Map.entry("application/gzip", "a gzip archive"),
          Map.entry("application/x-7z-compressed", "a 7-Zip archive"),
          Map.entry("application/vnd.rar", "a RAR archive"),
          Map.entry("application/pdf", "a PDF document"),
          Map.entry("application/x-executable", "a program"));

  /** Value representations of PS3.5 table 6.2-1 that a first element can have. */
  private static final Set<String> FIRST_VRS =
      Set.of("UL", "OB", "UI", "SH", "CS", "DA", "TM", "LO", "DT", "AE", "UN", "ST", "UC");

  private MediaTypes() {}

  /** What content of a media type is, with its article, for a sentence. */
  static String words(String mediaType) {
    return WORDS.getOrDefault(mediaType, "a file of an unknown type");
  }

  /**
   * The media type of content.
   *
   * @param head its first bytes, at most {@link #HEAD} of them, all of them if it has fewer
   */
  static String of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    String type = ofSignature(head);
    if (type.equals(UNKNOWN) && isBareDicom(head)) {
      return "application/dicom";
    }
    if (type.equals(UNKNOWN) && isMpegAudio(head)) {
      return "audio/mpeg";
    }
    return type.equals(UNKNOWN) && isText(head) ? ofText(head) : type;
  }

  private static String ofSignature(byte[] head) {
    // The preamble of a DICOM file may hold another format's header (PS3.10 7.1): ask it first.
    if (has(head, 128, "DICM")) {
      return "application/dicom";
    }
    String image = ofImage(head);
    if (!image.equals(UNKNOWN)) {
      return image;
    }
    String sound = ofSound(head);
    return sound.equals(UNKNOWN) ? ofContainer(head) : sound;
  }

  private static String ofImage(byte[] head) {
    if (has(head, 0, "\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (has(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (has(head, 0, "II*\0")
        || has(head, 0, "MM\0*")
        || has(head, 0, "II+\0")
        || has(head, 0, "MM\0+")) {
      return "image/tiff";
    }
    if (has(head, 0, "GIF8")) {
      return "image/gif";
    }
    if (has(head, 0, "BM") && has(head, 6, "\0\0\0\0")) {
      return "image/bmp";
    }
    if (has(head, 0, "RIFF") && has(head, 8, "WEBP")) {
      return "image/webp";
    }
    return has(head, 4, "jP  ") || has(head, 0, "\u00ff\u004f\u00ff\u0051") ? "image/jp2" : UNKNOWN;
  }

  private static String ofSound(byte[] head) {
    if ((has(head, 0, "RIFF") || has(head, 0, "RF64")) && has(head, 8, "WAVE")) {
      return "audio/wav";
    }
    if (has(head, 0, "fLaC")) {
      return "audio/flac";
    }
    if (has(head, 0, "ID3")) {
      return "audio/mpeg";
    }
    if (has(head, 0, "OggS")) {
      return "audio/ogg";
    }
    if (has(head, 4, "ftyp")) {
      return "audio/mp4";
    }
    if (has(head, 0, "\u001aE\u00df\u00a3")) {
      return "audio/webm";
    }
    if (has(head, 0, "#!AMR")) {
      return "audio/amr";
    }
    return has(head, 0, "FORM") && has(head, 8, "AIF") ? "audio/aiff" : UNKNOWN;
  }

  private static String ofContainer(byte[] head) {
    if (has(head, 0, "PK\u0003\u0004") || has(head, 0, "PK\u0005\u0006")) {
      return "application/zip";
    }
    if (has(head, 0, "\u001f\u008b")) {
      return "application/gzip";
    }
    if (has(head, 0, "7z\u00bc\u00af")) {
      return "application/x-7z-compressed";
    }
    if (has(head, 0, "Rar!")) {
      return "application/vnd.rar";
    }
    if (has(head, 0, "%PDF")) {
      return "application/pdf";
    }
    boolean program = has(head, 0, "\u007fELF") || (has(head, 0, "MZ") && !isText(head));
    return program ? "application/x-executable" : UNKNOWN;
  }

  /** Old files start with the dataset, or with the meta header, at once (no preamble). */
  private static boolean isBareDicom(byte[] head) {
    if (head.length < 8) {
      return false;
    }
    int group = little(head, 0, 2);
    if (group != 0x0002 && group != 0x0008) {
      boolean bigEndian = head[0] == 0 && (head[1] == 2 || head[1] == 8);
      return bigEndian && FIRST_VRS.contains(new String(head, 4, 2, US_ASCII));
    }
    int element = little(head, 2, 2);
    if (FIRST_VRS.contains(new String(head, 4, 2, US_ASCII))) {
      return element <= 0x0100;
    }
    // Implicit VR: a length of 32 bits; the first elements of group 8 are short and even.
    int length = little(head, 4, 4);
    return element <= 0x0020 && length >= 0 && length <= 64 && length % 2 == 0;
  }

  /** A frame header (ISO/IEC 11172-3 2.4.2.3) and, if the head reaches that far, the next one. */
  private static boolean isMpegAudio(byte[] head) {
    int length = mpegFrameLength(head, 0);
    if (length <= 0) {
      return false;
    }
    return length + 4 > head.length || mpegFrameLength(head, length) > 0;
  }

  private static int mpegFrameLength(byte[] head, int at) {
    if (head.length < at + 4 || (head[at] & 0xff) != 0xff || (head[at + 1] & 0xe0) != 0xe0) {
      return -1;
    }
    int version = head[at + 1] >> 3 & 3;
    int layer = head[at + 1] >> 1 & 3;
    int bitRate = head[at + 2] >> 4 & 15;
    int sampleRate = head[at + 2] >> 2 & 3;
    if (version == 1 || layer != 1 || bitRate == 0 || bitRate == 15 || sampleRate == 3) {
      return -1;
    }
    int[] kilobits =
        version == 3
            ? new int[] {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
            : new int[] {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    int hertz = new int[] {44_100, 48_000, 32_000}[sampleRate];
    if (version != 3) {
      hertz /= version == 2 ? 2 : 4;
    }
    int samples = version == 3 ? 144 : 72;
    return samples * kilobits[bitRate - 1] * 1000 / hertz + (head[at + 2] >> 1 & 1);
  }

  /** Text in any encoding: hardly a control character; UTF-16 has its zeros on one side. */
  private static boolean isText(byte[] head) {
    boolean wide =
        has(head, 0, "\u00ff\u00fe") || has(head, 0, "\u00fe\u00ff") || zerosOnOneSide(head);
    int controls = 0;
    for (byte each : head) {
      int value = each & 0xff;
      boolean layout = value == '\t' || value == '\n' || value == '\r' || value == '\f';
      // Escape starts a Japanese or Korean ISO 2022 sequence.
      boolean escape = value == 0x1b;
      if ((value < 0x20 && !layout && !escape && !(wide && value == 0)) || value == 0x7f) {
        controls++;
      }
    }
    return wide ? controls < head.length / 4 : controls == 0;
  }

  private static boolean zerosOnOneSide(byte[] head) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        if (i % 2 == 0) {
          even++;
        } else {
          odd++;
        }
      }
    }
    int most = Math.max(even, odd);
    return Math.min(even, odd) == 0 && most > head.length / 4;
  }

  private static String ofText(byte[] head) {
    String text = new String(head, ISO_8859_1).strip();
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      text = text.substring(3).strip();
    }
    if (text.startsWith("{") && (text.contains("\"") || text.replaceAll("\\s", "").equals("{}"))) {
      return text.contains("\"resourceType\"") ? "application/fhir+json" : "application/json";
    }
    String start = text.substring(0, Math.min(text.length(), 20)).toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return "text/html";
    }
    if (text.startsWith("<") && text.contains("http://hl7.org/fhir")) {
      return "application/fhir+xml";
    }
    return start.startsWith("<?xml") ? "application/xml" : "text/plain";
  }

  private static boolean has(byte[] head, int at, String signature) {
    byte[] wanted = signature.getBytes(ISO_8859_1);
    return head.length >= at + wanted.length
        && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static int little(byte[] head, int at, int bytes) {
    int value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | head[at + i] & 0xff;
    }
    return value;
  }
}
