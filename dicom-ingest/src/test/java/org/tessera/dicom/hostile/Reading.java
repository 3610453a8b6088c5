package org.tessera.dicom.hostile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.TestData;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.dicom.evidence.SlideDecoder;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.PixelData;
import org.tessera.dicom.image.StoredFrame;
import org.tessera.dicom.json.DicomJson;

/**
 * Reads a file in every way that a user may ask for: parse, JSON, write again, decode and display
 * the first and the last frame, make it evidence. A refusal must be one sentence; anything else
 * that is thrown is a finding.
 */
final class Reading {
  private static final int OVERVIEW = 512;
  private static final TransferSyntax PLAIN = TransferSyntax.EXPLICIT_LITTLE;

  private Reading() {}

  /** How far it came. */
  enum Outcome {
    REFUSED,
    PARSED,
    DECODED
  }

  static Outcome of(byte[] bytes) {
    Outcome outcome = isTiff(bytes) ? Outcome.PARSED : dicom(bytes, ParseLimits.standard());
    boolean evidence = evidence(bytes, isTiff(bytes) ? new SlideDecoder() : new DicomDecoder());
    return isTiff(bytes) && evidence ? Outcome.DECODED : outcome;
  }

  private static boolean isTiff(byte[] bytes) {
    return bytes.length > 4
        && (bytes[0] == 'I' && bytes[1] == 'I' || bytes[0] == 'M' && bytes[1] == 'M');
  }

  private static Outcome dicom(byte[] bytes, ParseLimits limits) {
    Outcome reached = Outcome.REFUSED;
    try {
      DicomFile file = DicomFile.read(bytes, limits);
      reached = Outcome.PARSED;
      DicomJson.write(file.dataset(), new Counted(), limits);
      try (DicomOutputStream out = new DicomOutputStream(OutputStream.nullOutputStream())) {
        out.writeFile(file.dataset(), PLAIN);
      }
      PixelData pixels = PixelData.of(file, limits);
      show(file, pixels, 1);
      if (pixels.frames() > 1) {
        show(file, pixels, pixels.frames());
      }
      return Outcome.DECODED;
    } catch (RejectedInputException e) {
      requireSentence(e.sentence());
    } catch (IOException e) {
      requireSentence(String.valueOf(e.getMessage()));
    }
    return reached;
  }

  private static void show(DicomFile file, PixelData pixels, int number)
      throws RejectedInputException {
    StoredFrame frame = pixels.frame(number);
    DisplayFrame display = DisplayFrame.of(frame, file.dataset(), pixels.format(), number);
    float[] row = new float[pixels.columns() * 3];
    for (int y = 0; y < pixels.rows(); y++) {
      display.row(y, 0, pixels.columns(), row);
    }
  }

  private static boolean evidence(byte[] bytes, ContentDecoder decoder) {
    try {
      for (Evidence evidence : decoder.decode(content(bytes), TestData.context())) {
        Optional<PixelSource> pixels =
            switch (evidence) {
              case ImageEvidence image -> Optional.of(image.pixels());
              case CineEvidence cine -> Optional.of(cine.pixels());
              case SlideEvidence slide -> Optional.of(slide.pixels());
              default -> Optional.empty();
            };
        if (pixels.isPresent()) {
          overview(pixels.get());
        }
      }
      return true;
    } catch (RejectedInputException e) {
      requireSentence(e.sentence());
    } catch (IOException e) {
      requireSentence(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private static void overview(PixelSource pixels) throws IOException {
    double longest = Math.max(pixels.width(), pixels.height());
    PixelRegion whole = new PixelRegion(1, 0, 0, pixels.width(), pixels.height());
    pixels.read(whole, Math.max(1, longest / OVERVIEW));
  }

  static void requireSentence(String text) {
    if (!TestData.isOneSentence(text)) {
      throw new AssertionError("Not one sentence: " + text);
    }
  }

  /** Content that somebody sent, without a file. */
  static Content content(byte[] bytes) {
    return new Content() {
      @Override
      public String name() {
        return "sent";
      }

      @Override
      public String mediaType() {
        return isTiff(bytes) ? "image/tiff" : DicomDecoder.MEDIA_TYPE;
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public String sha256() {
        return "0".repeat(64);
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }

      @Override
      public Optional<Path> file() {
        return Optional.empty();
      }
    };
  }

  /** Takes text and forgets it. */
  private static final class Counted implements Appendable {
    @Override
    public Appendable append(CharSequence text) {
      return this;
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) {
      return this;
    }

    @Override
    public Appendable append(char c) {
      return this;
    }
  }
}
