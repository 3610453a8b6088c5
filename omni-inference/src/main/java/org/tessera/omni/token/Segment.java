package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/** The tokens of one evidence with the numbers that the model's stem of that modality reads. */
public sealed interface Segment
    permits ImageSegment, SlideSegment, CineSegment, AudioSegment, NoteSegment, RecordSegment {

  /** The evidence's id. */
  String evidence();

  /** Its tokens, in the order of the stem's output. */
  List<Token> tokens();

  /** The stem's input, row by row; see the record for its shape. The array is not copied. */
  float[] values();

  /** Which of the six modalities it is. */
  Modality modality();

  /** The same tokens with nothing in them: what the {@code blank-input} check shows the model. */
  Segment blank();
}
