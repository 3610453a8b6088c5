package org.tessera.validation.phantom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordFact;
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
    regions(root.putArray("regions"), "pixels", drawn.truth().opacities());
    regions(root.putArray("tissue"), "slide", drawn.truth().atypia());
    ObjectNode words = root.putObject("words");
    words(words.putArray("fever"), drawn.truth().feverWords(), drawn.note());
    words(words.putArray("claim"), drawn.truth().claimWords(), drawn.note());
    words(words.putArray("crackles"), drawn.truth().crackleWords(), drawn.note());
    seconds(root.putArray("seconds"), drawn.truth().crackles());
    entries(root.putArray("entries"), drawn.facts());
    shows(root.putObject("shows"), drawn);
    ObjectNode wordings = root.putObject("wordings");
    new TreeMap<>(drawn.truth().wordings()).forEach(wordings::put);
    root.put("noteClaim", drawn.causes().claim().wireName());
    root.put("noteDisagrees", drawn.causes().noteDisagrees());
    causes(root.putObject("causes"), drawn.causes());
    conditions(root.putObject("conditions"), drawn.conditions());
    ObjectNode image = root.putObject("image");
    image.put("machine", drawn.radiograph().machine()).put("view", drawn.radiograph().view());
    image.put("rows", drawn.radiograph().rows()).put("columns", drawn.radiograph().columns());
    image.put("monochrome1", drawn.radiograph().monochrome1());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  private static void shows(ObjectNode node, PhantomCase drawn) {
    for (Modality modality : PhantomWriter.MODALITIES) {
      Map<String, String> facts = drawn.truth().shows().get(modality);
      if (facts != null) {
        ObjectNode each = node.putObject(modality.wireName());
        new TreeMap<>(facts).forEach(each::put);
      }
    }
  }

  private static void causes(ObjectNode node, PhantomCauses causes) {
    node.put("lung", causes.lung().wireName()).put("airwayDisease", causes.airwayDisease());
    node.put("opacities", causes.opacities()).put("fever", causes.fever().wireName());
    node.put("atypia", causes.atypia()).put("auscultation", causes.auscultation());
    node.put("listing", causes.listing().wireName()).put("pacemaker", causes.pacemaker());
    node.put("coughs", causes.coughs());
    node.put("age", causes.age()).put("sex", causes.sex().name().toLowerCase(Locale.ROOT));
  }

  private static void conditions(ObjectNode node, PhantomConditions conditions) {
    ArrayNode missing = node.putArray("missing");
    for (Modality modality : PhantomWriter.MODALITIES) {
      if (conditions.missing().contains(modality)) {
        missing.add(modality.wireName());
      }
    }
    node.put("noisy", conditions.noisy()).put("staleDays", conditions.staleDays());
    node.put("confounded", conditions.confounded());
    node.put("language", conditions.korean() ? "ko" : "en");
  }

  private static void regions(ArrayNode array, String type, List<PixelRegion> regions) {
    for (PixelRegion region : regions) {
      ObjectNode node = array.addObject().put("type", type);
      if (type.equals("pixels")) {
        node.put("frame", region.frame());
      }
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

  /** Statements of the record about an opacity, whether they assert or refute it. */
  private static void entries(ArrayNode array, List<RecordFact> facts) {
    for (RecordFact fact : facts) {
      if (fact.code().filter(RecordComposer.OPACITY::equals).isPresent()) {
        ObjectNode node = array.addObject().put("type", "record");
        node.put("resource", fact.entry().resource()).put("path", fact.entry().path());
      }
    }
  }

  private static void seconds(ArrayNode array, List<TimeInterval> intervals) {
    for (TimeInterval interval : intervals) {
      ObjectNode node = array.addObject().put("type", "time");
      node.put("start", interval.start()).put("end", interval.end());
    }
  }
}
