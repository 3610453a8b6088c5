package org.tessera.server.dicomweb;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.dicomweb.RenderedPicture;
import org.tessera.runtime.dicomweb.RetrievedInstance;
import org.tessera.runtime.dicomweb.RetrievedInstance.Frames;
import org.tessera.runtime.dicomweb.RetrievedInstance.Writing;
import org.tessera.runtime.dicomweb.StoredStudies;

/** WADO-RS (PS3.18 10.4). */
final class RetrieveTransactions {
  private static final String DICOM = "application/dicom";
  private static final String OCTETS = "application/octet-stream";

  /** Frames decoded at a time, whoever asks for them: memory is bounded by it. */
  private static final int DECODING = 4;

  private static final int PATIENCE_SECONDS = 30;
  private static final int MOST_FRAMES = 10_000;

  /** What an address names. */
  record Target(String study, Optional<String> series, Optional<String> instance) {}

  private final StoredStudies studies;
  private final Semaphore decoding = new Semaphore(DECODING, true);

  RetrieveTransactions(StoredStudies studies) {
    this.studies = studies;
  }

  /**
   * Answers.
   *
   * @param rest the steps of the address behind the target
   */
  void retrieve(Exchange exchange, Target target, List<String> rest) throws Exception {
    List<RetrievedInstance> found =
        studies.find(target.study(), target.series(), target.instance());
    if (found.isEmpty()) {
      throw new WebException(404, "There is no such study, series or instance here.");
    }
    String what = rest.isEmpty() ? "" : rest.getFirst();
    if (rest.isEmpty()) {
      objects(exchange, found);
    } else if (what.equals("metadata") && rest.size() == 1) {
      metadata(exchange, found);
    } else if (target.instance().isPresent()) {
      ofOne(exchange, found.getFirst(), rest);
    } else {
      throw new WebException(404, "There is no such address in DICOMweb.");
    }
  }

  private void ofOne(Exchange exchange, RetrievedInstance instance, List<String> rest)
      throws Exception {
    int steps = rest.size();
    switch (rest.getFirst()) {
      case "rendered", "thumbnail" -> {
        if (steps == 1) {
          rendered(exchange, instance, 1);
          return;
        }
      }
      case "frames" -> {
        if (steps == 2) {
          frames(exchange, instance, numbers(rest.get(1)));
          return;
        }
        if (steps == 3 && rest.get(2).equals("rendered")) {
          rendered(exchange, instance, numbers(rest.get(1)).getFirst());
          return;
        }
      }
      case "bulkdata" -> {
        if (steps > 1) {
          bulk(exchange, instance, String.join("/", rest.subList(1, steps)));
          return;
        }
      }
      default -> {}
    }
    throw new WebException(404, "There is no such address in DICOMweb.");
  }

  private void objects(Exchange exchange, List<RetrievedInstance> found) throws Exception {
    List<MediaRange> ranges =
        exchange.accepted().stream().filter(each -> each.takes(DICOM)).toList();
    if (ranges.isEmpty()) {
      throw new WebException(406, "Objects are given as application/dicom only.");
    }
    List<String> syntaxes = new ArrayList<>();
    for (RetrievedInstance each : found) {
      syntaxes.add(ObjectSyntax.chosen(ranges, each.syntax()));
    }
    boolean bare = found.size() == 1 && ranges.getFirst().type().equals(DICOM);
    List<MultipartWriter.Part> parts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      RetrievedInstance each = found.get(i);
      String syntax = syntaxes.get(i);
      // What cannot be given is said at once where there is one object only.
      Writing content =
          found.size() == 1 || syntax.equals(each.syntax())
              ? content(each, syntax)
              : out -> late(each, syntax).to(out);
      parts.add(
          new MultipartWriter.Part(type(syntax), exchange.base() + each.address(), content));
    }
    if (bare) {
      exchange.answer(200, parts.getFirst().mediaType(), parts.getFirst().content());
      return;
    }
    MultipartWriter writer = new MultipartWriter();
    exchange.answer(200, writer.mediaType(DICOM), writer.whole(parts));
  }

  private static String type(String syntax) {
    return DICOM + "; transfer-syntax=" + syntax;
  }

  private Writing content(RetrievedInstance instance, String syntax) throws Exception {
    if (syntax.equals(instance.syntax())) {
      return instance.partTen(syntax);
    }
    try {
      return inTurn(() -> instance.partTen(syntax));
    } catch (RejectedInputException e) {
      throw new WebException(
          406, "The object cannot be given in a transfer syntax that is accepted: " + e.sentence());
    }
  }

  /** One of many: what cannot be given any more cuts the answer off. */
  private Writing late(RetrievedInstance instance, String syntax) throws IOException {
    try {
      return content(instance, syntax);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("An object cannot be given in that transfer syntax.", e);
    }
  }

  /** Something that decodes. */
  private interface Work<T> {
    T done() throws IOException, RejectedInputException;
  }

  private <T> T inTurn(Work<T> work) throws Exception {
    if (!decoding.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new WebException(503, "Too many pictures are being decoded; try again later.");
    }
    try {
      return work.done();
    } finally {
      decoding.release();
    }
  }

  private static void metadata(Exchange exchange, List<RetrievedInstance> found)
      throws IOException, WebException {
    SearchTransactions.requireJson(exchange);
    exchange.answer(
        200,
        Exchange.DICOM_JSON,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          String separator = "[";
          for (RetrievedInstance each : found) {
            text.append(separator);
            separator = ",\n";
            try {
              each.writeMetadata(text, exchange.base());
            } catch (RejectedInputException e) {
              throw new IOException("An object cannot be read again.", e);
            }
          }
          text.append("]");
          text.flush();
        });
  }

  private static List<Integer> numbers(String list) throws WebException {
    List<Integer> numbers = new ArrayList<>();
    for (String each : list.split(",")) {
      if (!each.matches("[1-9][0-9]{0,8}") || numbers.size() >= MOST_FRAMES) {
        throw new WebException(
            400, "Frames are numbers from 1, separated by commas, at most 10,000 of them.");
      }
      numbers.add(Integer.parseInt(each));
    }
    return numbers;
  }

  private void frames(Exchange exchange, RetrievedInstance instance, List<Integer> numbers)
      throws Exception {
    FrameForm form = FrameForm.chosen(exchange.accepted(), instance);
    Frames frames;
    try {
      frames = form.decoded() ? instance.decodedFrames() : instance.storedFrames();
    } catch (RejectedInputException e) {
      throw new WebException(404, e.sentence());
    }
    for (int number : numbers) {
      if (number > frames.count()) {
        throw new WebException(
            404, "There is no frame %d of %d.".formatted(number, frames.count()));
      }
    }
    byte[] first;
    try {
      first = inTurn(() -> frames.frame(numbers.getFirst()));
    } catch (RejectedInputException e) {
      throw new WebException(406, "The frame cannot be given: " + e.sentence());
    }
    if (!form.multipart() && numbers.size() == 1) {
      exchange.answer(200, form.mediaType(), out -> out.write(first));
      return;
    }
    MultipartWriter parts = new MultipartWriter();
    exchange.answer(
        200,
        parts.mediaType(form.type()),
        out -> {
          for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            byte[] bytes = i == 0 ? first : frame(frames, number);
            parts.part(
                out,
                new MultipartWriter.Part(
                    form.mediaType(),
                    exchange.base() + instance.address() + "/frames/" + number,
                    to -> to.write(bytes)));
          }
          parts.end(out);
        });
  }

  private byte[] frame(Frames frames, int number) throws IOException {
    try {
      return inTurn(() -> frames.frame(number));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("A frame cannot be given.", e);
    }
  }

  private void rendered(Exchange exchange, RetrievedInstance instance, int number)
      throws Exception {
    Optional<MediaRange> range =
        exchange.accepted().stream()
            .filter(each -> each.takes("image/jpeg") || each.takes("image/png"))
            .findFirst();
    if (range.isEmpty()) {
      throw new WebException(406, "Pictures are given as image/jpeg or image/png.");
    }
    boolean png = !range.get().takes("image/jpeg");
    RenderedPicture picture = RenderedPicture.of(png, exchange.parameters());
    byte[] drawn;
    try {
      drawn = inTurn(() -> picture.draw(instance, number));
    } catch (RejectedInputException e) {
      throw new WebException(404, "There is nothing that can be drawn: " + e.sentence());
    }
    exchange.setHeader(HttpHeader.CONTENT_LENGTH, Integer.toString(drawn.length));
    exchange.answer(200, picture.mediaType(), out -> out.write(drawn));
  }

  private static void bulk(Exchange exchange, RetrievedInstance instance, String path)
      throws IOException, WebException {
    Optional<MediaRange> range =
        exchange.accepted().stream().filter(each -> each.takes(OCTETS)).findFirst();
    if (range.isEmpty()) {
      throw new WebException(406, "Values are given as application/octet-stream only.");
    }
    Writing value;
    try {
      value = instance.bulk(path);
    } catch (RejectedInputException e) {
      throw new WebException(404, e.sentence());
    }
    if (!range.get().isMultipart() && !range.get().type().equals("*/*")) {
      exchange.answer(200, OCTETS, value);
      return;
    }
    MultipartWriter parts = new MultipartWriter();
    String location = exchange.base() + instance.address() + "/bulkdata/" + path;
    exchange.answer(
        200,
        parts.mediaType(OCTETS),
        parts.whole(List.of(new MultipartWriter.Part(OCTETS, location, value))));
  }
}
