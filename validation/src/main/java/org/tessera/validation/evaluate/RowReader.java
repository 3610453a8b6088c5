package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.train.LabelledRow;

/** Reads a row of a data set the way that {@code analyze} reads a user's files. */
public final class RowReader {
  private final List<ContentDecoder> decoders;
  private final ContentOpener opener;

  /**
   * A reader.
   *
   * @param decoders asked in this order; the first that accepts the media type decodes
   * @param opener opens the files
   */
  public RowReader(List<ContentDecoder> decoders, ContentOpener opener) {
    this.decoders = List.copyOf(decoders);
    this.opener = opener;
  }

  /**
   * Reads all files of a row.
   *
   * @throws RejectedInputException if one of them cannot be used
   * @throws IOException if one of them cannot be read
   */
  public ReadCase read(LabelledRow row) throws IOException, RejectedInputException {
    List<Evidence> evidence = new ArrayList<>();
    Map<Modality, Content> contents = new EnumMap<>(Modality.class);
    for (Map.Entry<Modality, Path> file : new EnumMap<>(row.files()).entrySet()) {
      Content content = opener.open(file.getValue());
      contents.put(file.getKey(), content);
      evidence.add(decode(content, file.getKey(), "I" + (evidence.size() + 1)));
    }
    return new ReadCase(
        new PatientCase(
            row.set() + "/" + row.id(), Optional.empty(), evidence, List.of(), false),
        contents);
  }

  private Evidence decode(Content content, Modality wanted, String id)
      throws IOException, RejectedInputException {
    for (ContentDecoder decoder : decoders) {
      if (decoder.accepts(content.mediaType())) {
        DecodeContext context =
            new DecodeContext(
                () -> id, Optional.of(wanted), Optional.empty(), Optional.empty());
        return decoder.decode(content, context).stream()
            .filter(each -> each.modality() == wanted)
            .findFirst()
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "The file holds no %s.".formatted(wanted.wireName())));
      }
    }
    throw new RejectedInputException(
        "Nothing here reads files of type %s.".formatted(content.mediaType()));
  }
}
