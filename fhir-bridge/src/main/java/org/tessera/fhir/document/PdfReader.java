package org.tessera.fhir.document;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTerminalField;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/**
 * The main class of the child of {@link PdfText}: a PDF comes on standard input, what was found
 * goes to standard output. First a byte, the ordinal of the {@link Outcome}; if it was read the
 * number of pages and of pages without text (32 bits each), of letters and of those that no font
 * explains (64 bits each), and the text in UTF-8: page by page in the order of the content, then
 * the filled fields of a form, a line each.
 */
final class PdfReader extends PDFTextStripper {
  static final int MOST_PAGES = 300;

  /** Characters. */
  static final int MOST_TEXT = 1 << 20;

  /** How reading ended. */
  enum Outcome {
    READ,
    DAMAGED,
    PROTECTED,
    TOO_MANY_PAGES,
    TOO_MUCH_TEXT
  }

  /** Bounds the text. */
  private static final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final StringWriter text =
      new StringWriter() {
        @Override
        public void write(String words) {
          super.write(words);
          if (getBuffer().length() > MOST_TEXT) {
            throw new UncheckedIOException(new TooMuchException());
          }
        }
      };

  private int pages;
  private int pagesWithText;
  private long letters;
  private long unknown;
  private int lengthBefore;

  private PdfReader() {
    setLineSeparator("\n");
    setPageEnd("\n");
  }

  /** Reads standard input. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty(
        "org.apache.commons.logging.Log", "org.apache.commons.logging.impl.NoOpLog");
    FontMappers.set(new ShippedFont());
    byte[] pdf = System.in.readAllBytes();
    PdfReader reader = new PdfReader();
    Outcome outcome = reader.read(pdf);
    try (DataOutputStream out = new DataOutputStream(System.out)) {
      out.writeByte(outcome.ordinal());
      if (outcome == Outcome.READ) {
        out.writeInt(reader.pages);
        out.writeInt(reader.pages - reader.pagesWithText);
        out.writeLong(reader.letters);
        out.writeLong(reader.unknown);
        out.write(reader.text.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private Outcome read(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (PDPage page : document.getPages()) {
        pages += page == null ? 0 : 1;
        if (pages > MOST_PAGES) {
          return Outcome.TOO_MANY_PAGES;
        }
      }
      writeText(document, text);
      writeFields(document, text);
      return Outcome.READ;
    } catch (InvalidPasswordException e) {
      return Outcome.PROTECTED;
    } catch (UncheckedIOException e) {
      return e.getCause() instanceof TooMuchException ? Outcome.TOO_MUCH_TEXT : Outcome.DAMAGED;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return Outcome.DAMAGED;
    }
  }

  private static void writeFields(PDDocument document, Writer out) throws IOException {
    PDAcroForm form = document.getDocumentCatalog().getAcroForm(null);
    if (form == null) {
      return;
    }
    for (PDField field : form.getFieldTree()) {
      String value = field.getValueAsString();
      if (field instanceof PDTerminalField && value != null && !value.isBlank()) {
        out.write("%s: %s\n".formatted(field.getPartialName(), value));
      }
    }
  }

  @Override
  protected void startPage(PDPage page) throws IOException {
    lengthBefore = text.getBuffer().length();
    super.startPage(page);
  }

  @Override
  protected void endPage(PDPage page) throws IOException {
    super.endPage(page);
    if (!text.getBuffer().substring(lengthBefore).isBlank()) {
      pagesWithText++;
    }
  }

  @Override
  protected void showGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    letters++;
    if (letters > MOST_TEXT) {
      // Those of a page are held until it ends.
      throw new UncheckedIOException(new TooMuchException());
    }
    if (font.toUnicode(code) == null) {
      unknown++;
    }
    super.showGlyph(matrix, font, code, displacement);
  }
}
