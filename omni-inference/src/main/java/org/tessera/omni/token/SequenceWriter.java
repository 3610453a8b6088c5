package org.tessera.omni.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * A sequence as JSON lines, one per token: {@code {"index", "modality", "input", "region"}}, the
 * region with its {@code type} and source coordinates, of a frame also its {@code seconds} after
 * the first one where they are known.
 */
public final class SequenceWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private SequenceWriter() {}

  /** Writes all tokens; the writer is flushed, not closed. */
  public static void write(TokenSequence sequence, Writer out) throws IOException {
    List<Token> tokens = sequence.tokens();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setRootValueSeparator(null);
      for (int index = 0; index < tokens.size(); index++) {
        Token token = tokens.get(index);
        json.writeStartObject();
        json.writeNumberField("index", index);
        json.writeStringField("modality", token.modality().wireName());
        json.writeStringField("input", token.evidence());
        json.writeObjectFieldStart("region");
        region(token.region(), json);
        if (token.modality() == Modality.CINE && Double.isFinite(token.position().t())) {
          json.writeNumberField("seconds", token.position().t());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private static void region(EvidenceRegion region, JsonGenerator json) throws IOException {
    switch (region) {
      case PixelRegion pixels -> {
        json.writeStringField("type", "pixels");
        json.writeNumberField("frame", pixels.frame());
        rectangle(pixels.x(), pixels.y(), pixels.width(), pixels.height(), json);
      }
      case SlideRegion slide -> {
        json.writeStringField("type", "slide");
        rectangle(slide.x(), slide.y(), slide.width(), slide.height(), json);
      }
      case TextSpan span -> {
        json.writeStringField("type", "text");
        json.writeNumberField("start", span.start());
        json.writeNumberField("end", span.end());
      }
      case TimeInterval time -> {
        json.writeStringField("type", "time");
        json.writeNumberField("start", time.start());
        json.writeNumberField("end", time.end());
      }
      case RecordEntry entry -> {
        json.writeStringField("type", "record");
        json.writeStringField("resource", entry.resource());
        json.writeStringField("path", entry.path());
      }
    }
  }

  private static void rectangle(double x, double y, double width, double height, JsonGenerator json)
      throws IOException {
    json.writeNumberField("x", x);
    json.writeNumberField("y", y);
    json.writeNumberField("width", width);
    json.writeNumberField("height", height);
  }
}
