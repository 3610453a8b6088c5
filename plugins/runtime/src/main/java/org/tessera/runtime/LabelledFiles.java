package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.train.EvidenceReader;

/** Reads the files of labelled data with the decoders that read a user's files. Thread-safe. */
public final class LabelledFiles implements EvidenceReader {
  private final List<ContentDecoder> decoders = Decoders.all();

  @Override
  public List<Evidence> read(Path file, Modality modality)
      throws IOException, RejectedInputException {
    FileContent content = FileContent.of(file);
    ContentDecoder decoder =
        decoders.stream()
            .filter(each -> each.accepts(content.mediaType()))
            .findFirst()
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "This is %s, which is not read."
                            .formatted(MediaTypes.words(content.mediaType()))));
    AtomicInteger last = new AtomicInteger();
    DecodeContext context =
        new DecodeContext(
            () -> "I" + last.incrementAndGet(),
            Optional.of(modality),
            Optional.empty(),
            Optional.empty());
    List<Evidence> found =
        decoder.decode(content, context).stream()
            .filter(each -> each.modality() == modality)
            .toList();
    if (found.isEmpty()) {
      throw new RejectedInputException("The file holds nothing of the kind " + modality + ".");
    }
    return found;
  }
}
