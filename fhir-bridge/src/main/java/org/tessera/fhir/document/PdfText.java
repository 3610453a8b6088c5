package org.tessera.fhir.document;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tessera.casemodel.RejectedInputException;

/**
 * The text layer of a PDF, read by {@link PdfReader} in a child JVM with bounds of memory and time:
 * a few bytes of a PDF can ask for any amount of both.
 */
final class PdfText {
  /** Of processor time: on a busy machine the same document may take many times that. */
  static final int MOST_SECONDS = 30;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long LOOK_MILLIS = 250;
  private static final int OUT_OF_MEMORY = 3;

  private PdfText() {}

  static DocumentText of(byte[] pdf) throws IOException, RejectedInputException {
    return of(pdf, MOST_SECONDS);
  }

  /**
   * Reads a document.
   *
   * @param seconds of processor time after which it is given up
   * @throws RejectedInputException with one sentence, if it is damaged, protected, without text or
   *     beyond a bound
   */
  static DocumentText of(byte[] pdf, int seconds) throws IOException, RejectedInputException {
    Process child = start();
    AtomicBoolean late = new AtomicBoolean();
    Thread.ofVirtual().name("pdf").start(() -> watch(child, Duration.ofSeconds(seconds), late));
    byte[] answer;
    int exit;
    try {
      answer = answer(child, pdf);
      exit = exit(child);
    } finally {
      child.destroyForcibly();
    }
    if (late.get()) {
      throw new RejectedInputException(
          "The PDF could not be read within %d seconds.".formatted(seconds));
    }
    return text(answer, exit);
  }

  private static void watch(Process child, Duration most, AtomicBoolean late) {
    Instant end = Instant.now().plus(PATIENCE);
    try {
      while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        Duration used = child.info().totalCpuDuration().orElse(Duration.ZERO);
        if (used.compareTo(most) > 0 || Instant.now().isAfter(end)) {
          late.set(true);
          child.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int exit(Process child) throws IOException {
    try {
      return child.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    }
  }

  private static byte[] answer(Process child, byte[] pdf) throws IOException {
    try (OutputStream out = child.getOutputStream()) {
      out.write(pdf);
    } catch (IOException e) {
      // It ended without reading all; what it said, or how it ended, tells more.
    }
    return child.getInputStream().readNBytes(PdfReader.MOST_TEXT * 4);
  }

  private static Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            PdfReader.class.getName());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    // Options meant for the parent could ask for a heap beyond the limit.
    builder
        .environment()
        .keySet()
        .removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
    return builder.start();
  }

  private static DocumentText text(byte[] answer, int exit)
      throws IOException, RejectedInputException {
    // A JVM that ends says so on standard output.
    if (answer.length == 0 || exit != 0) {
      throw new RejectedInputException(
          exit == OUT_OF_MEMORY
              ? "The PDF needs more memory than a document may."
              : "The PDF could not be read; it may be damaged.");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer));
    PdfReader.Outcome outcome = PdfReader.Outcome.values()[in.readByte()];
    switch (outcome) {
      case READ -> {}
      case DAMAGED ->
          throw new RejectedInputException("The PDF could not be read; it may be damaged.");
      case PROTECTED ->
          throw new RejectedInputException("The PDF is protected by a password.");
      case TOO_MANY_PAGES ->
          throw new RejectedInputException(
              "The PDF has more than %d pages.".formatted(PdfReader.MOST_PAGES));
      case TOO_MUCH_TEXT ->
          throw new RejectedInputException("The PDF has more text than a note may have.");
    }
    int pages = in.readInt();
    int empty = in.readInt();
    long letters = in.readLong();
    long unknown = in.readLong();
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    if (unknown * 10 > letters) {
      throw new RejectedInputException(
          "The fonts of the PDF do not say which letters they show; its text cannot be told.");
    }
    if (text.isEmpty()) {
      throw new RejectedInputException(
          "The PDF has no text, only pictures of it or nothing; it was not read (pages: %d)."
              .formatted(pages));
    }
    List<String> remarks = new ArrayList<>();
    if (empty > 0) {
      remarks.add(
          "%d of %d pages of the PDF have no text and were not read.".formatted(empty, pages));
    }
    if (unknown > 0) {
      remarks.add(
          "%,d of %,d letters of the PDF cannot be told from its fonts."
              .formatted(unknown, letters));
    }
    return new DocumentText(text, Optional.empty(), remarks);
  }
}
