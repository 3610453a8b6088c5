package org.tessera.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Modality;

/** What a user says that a file is: the option that named it, or its kind in a manifest. */
public enum InputKind {
  DICOM("a DICOM file", Set.of("application/dicom")),
  SLIDE(
      "a slide or tissue tile (DICOM, TIFF, JPEG or PNG)",
      Set.of("application/dicom", "image/tiff", "image/jpeg", "image/png")),
  IMAGE(
      "an image (JPEG, PNG, TIFF or DICOM)",
      Set.of("application/dicom", "image/tiff", "image/jpeg", "image/png")),
  NOTE("a note in plain text", Set.of("text/plain")),
  AUDIO(
      "a sound recording (WAV, FLAC, MP3, Ogg, M4A or WebM)",
      Set.of("audio/wav", "audio/flac", "audio/mpeg", "audio/ogg", "audio/mp4", "audio/webm")),
  FHIR(
      "a FHIR bundle (JSON or XML)",
      Set.of(
          "application/fhir+json", "application/fhir+xml", "application/json", "application/xml"));

  private final String words;
  private final Set<String> mediaTypes;

  InputKind(String words, Set<String> mediaTypes) {
    this.words = words;
    this.mediaTypes = mediaTypes;
  }

  /** What such a file is, for a sentence. */
  public String words() {
    return words;
  }

  /** True if content of that media type can be such an input. */
  public boolean accepts(String mediaType) {
    return mediaTypes.contains(mediaType);
  }

  /** The modality that the user asked for by naming the kind; empty where the content decides. */
  public Optional<Modality> requested() {
    return switch (this) {
      case DICOM -> Optional.empty();
      case SLIDE -> Optional.of(Modality.SLIDE);
      case IMAGE -> Optional.of(Modality.IMAGE);
      case NOTE -> Optional.of(Modality.NOTE);
      case AUDIO -> Optional.of(Modality.AUDIO);
      case FHIR -> Optional.of(Modality.RECORD);
    };
  }

  /**
   * The kind of a word in a manifest: the names of the options, and the modalities.
   *
   * @return empty if the word is none of them
   */
  public static Optional<InputKind> ofWord(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "dicom", "cine" -> Optional.of(DICOM);
      case "slide" -> Optional.of(SLIDE);
      case "image" -> Optional.of(IMAGE);
      case "note" -> Optional.of(NOTE);
      case "audio" -> Optional.of(AUDIO);
      case "fhir", "record" -> Optional.of(FHIR);
      default -> Optional.empty();
    };
  }
}
