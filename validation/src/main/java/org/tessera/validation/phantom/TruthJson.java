package org.tessera.validation.phantom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * {@code case.json}: what is true of a case. Regions are written as in {@code result.json}: source
 * pixels, code points, seconds.
 */
final class TruthJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TruthJson() {}

  static String of(PhantomCase drawn) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("synthetic", true).put("id", drawn.id()).put("seed", drawn.seed());
    root.put("index", drawn.index()).put("split", drawn.world().split());
    ObjectNode findings = root.putObject("findings");
    for (PhantomFinding finding : PhantomFinding.values()) {
      findings.put(finding.key(), drawn.causes().has(finding));
    }
    regions(root.putArray("regions"), drawn.truth().opacities());
    ObjectNode words = root.putObject("words");
    words(words.putArray("fever"), drawn.truth().feverWords(), drawn.note());
    words(words.putArray("claim"), drawn.truth().claimWords(), drawn.note());
    seconds(root.putArray("seconds"), drawn.truth().crackles());
    root.put("noteClaim", drawn.causes().claim().wireName());
    root.put("noteDisagrees", drawn.causes().noteDisagrees());
    causes(root.putObject("causes"), drawn.causes());
    ObjectNode image = root.putObject("image");
    image.put("machine", drawn.radiograph().machine()).put("view", drawn.radiograph().view());
    image.put("rows", drawn.radiograph().rows()).put("columns", drawn.radiograph().columns());
    image.put("monochrome1", drawn.radiograph().monochrome1());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void causes(ObjectNode node, PhantomCauses causes) {
    node.put("lung", causes.lung().wireName()).put("airwayDisease", causes.airwayDisease());
    node.put("opacities", causes.opacities()).put("fever", causes.fever().wireName());
    node.put("age", causes.age()).put("sex", causes.sex().name().toLowerCase(Locale.ROOT));
  }

  private static void regions(ArrayNode array, List<PixelRegion> regions) {
    for (PixelRegion region : regions) {
      ObjectNode node = array.addObject().put("type", "pixels").put("frame", region.frame());
      node.put("x", region.x()).put("y", region.y());
      node.put("width", region.width()).put("height", region.height());
    }
  }

  private static void words(ArrayNode array, List<TextSpan> spans, String note) {
    for (TextSpan span : spans) {
      int start = note.offsetByCodePoints(0, span.start());
      int end = note.offsetByCodePoints(0, span.end());
      ObjectNode node = array.addObject().put("type", "text");
      node.put("start", span.start()).put("end", span.end());
      node.put("words", note.substring(start, end));
    }
  }

  private static void seconds(ArrayNode array, List<TimeInterval> intervals) {
    for (TimeInterval interval : intervals) {
      ObjectNode node = array.addObject().put("type", "time");
      node.put("start", interval.start()).put("end", interval.end());
    }
  }
}
