package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.SlideEvidence;

/** A case as one token sequence, within a fixed budget; what does not fit is said in a notice. */
public final class SequenceBuilder {
  private static final Map<Modality, Integer> MOST =
      Map.of(
          Modality.IMAGE, 4,
          Modality.SLIDE, 4,
          Modality.CINE, 4,
          Modality.NOTE, 4,
          Modality.AUDIO, 4,
          Modality.RECORD, 1);

  /** Tiles of all slides together: each of a few slides gets its share. */
  private static final int SLIDE_TILES = 4;

  private static final int NAMED = 20;

  /** DICOM modalities whose images are slices of a volume. */
  private static final Set<String> VOLUMES = Set.of("CT", "MR", "PT", "NM");

  private SequenceBuilder() {}

  /** The sequence of a case; without segments if nothing in the case can be read. */
  public static TokenSequence build(PatientCase patientCase) {
    List<String> notices = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    CaseTime time = CaseTime.of(patientCase);
    List<Evidence> chosen = chosen(patientCase, notices::add);
    int slides = (int) chosen.stream().filter(SlideEvidence.class::isInstance).count();
    for (Evidence evidence : chosen) {
      try {
        if (evidence instanceof SlideEvidence slide) {
          segments.addAll(
              SlideTokenizer.segments(slide, time, SLIDE_TILES / slides, notices::add));
        } else {
          segment(evidence, time, notices::add).ifPresent(segments::add);
        }
      } catch (IOException e) {
        notices.add("%s is left out: it cannot be decoded.".formatted(evidence.id()));
      }
    }
    return new TokenSequence(segments, notices);
  }

  /**
   * The tokens of one evidence.
   *
   * @param evidence the evidence
   * @param time the case's time axis
   * @param notices told what was left out
   * @return empty if there is nothing in it that is read
   * @throws IOException if it cannot be decoded
   */
  public static Optional<Segment> segment(
      Evidence evidence, CaseTime time, Consumer<String> notices) throws IOException {
    return switch (evidence) {
      case ImageEvidence image -> Optional.of(ImageTokenizer.segment(image, time, notices));
      case SlideEvidence slide -> Optional.of(SlideTokenizer.segment(slide, time, notices));
      case AudioEvidence audio -> Optional.of(AudioTokenizer.segment(audio, notices));
      case NoteEvidence note -> NoteTokenizer.segment(note, notices).map(Segment.class::cast);
      case RecordEvidence health ->
          RecordTokenizer.segment(health, time, notices).map(Segment.class::cast);
      case CineEvidence cine -> Optional.of(CineTokenizer.segment(cine, notices));
    };
  }

  private static List<Evidence> chosen(PatientCase patientCase, Consumer<String> notices) {
    Map<Modality, List<Evidence>> kept = new EnumMap<>(Modality.class);
    List<Evidence> chosen = new ArrayList<>();
    for (Evidence evidence : withoutSlices(patientCase.evidence(), notices)) {
      List<Evidence> alike = kept.computeIfAbsent(evidence.modality(), key -> new ArrayList<>());
      alike.add(evidence);
      if (alike.size() <= most(evidence.modality())) {
        chosen.add(evidence);
      }
    }
    kept.forEach((modality, alike) -> tellLeftOut(modality, alike, notices));
    return chosen;
  }

  private static void tellLeftOut(
      Modality modality, List<Evidence> alike, Consumer<String> notices) {
    int most = most(modality);
    if (alike.size() > most) {
      List<String> left = alike.stream().skip(most).limit(NAMED).map(Evidence::id).toList();
      notices.accept(
          "Of the %d inputs of kind %s only the first %d are read; left out: %s%s."
              .formatted(
                  alike.size(),
                  modality.wireName(),
                  most,
                  String.join(", ", left),
                  alike.size() - most > NAMED ? ", ..." : ""));
    }
  }

  private static int most(Modality modality) {
    return MOST.getOrDefault(modality, 0);
  }

  /** Of the slices of one volume the middle one in space; as received where that is not known. */
  private static List<Evidence> withoutSlices(List<Evidence> all, Consumer<String> notices) {
    Map<String, List<Evidence>> volumes = new LinkedHashMap<>();
    for (Evidence evidence : all) {
      volumeOf(evidence)
          .ifPresent(
              group -> volumes.computeIfAbsent(group, key -> new ArrayList<>()).add(evidence));
    }
    Set<String> middles = new HashSet<>();
    for (List<Evidence> slices : volumes.values()) {
      Evidence middle = middle(slices);
      middles.add(middle.id());
      if (slices.size() > 1) {
        notices.accept(
            "Of the %d slices from %s to %s only the middle one (%s) is read."
                .formatted(
                    slices.size(), slices.getFirst().id(), slices.getLast().id(), middle.id()));
      }
    }
    return all.stream()
        .filter(each -> volumeOf(each).isEmpty() || middles.contains(each.id()))
        .toList();
  }

  private static Evidence middle(List<Evidence> slices) {
    int middle = (slices.size() - 1) / 2;
    return slices.stream().allMatch(each -> position(each).isPresent())
        ? slices.stream()
            .sorted(Comparator.comparingDouble(each -> position(each).orElseThrow()))
            .toList()
            .get(middle)
        : slices.get(middle);
  }

  private static OptionalDouble position(Evidence evidence) {
    return evidence instanceof ImageEvidence image
        ? image.slicePosition()
        : OptionalDouble.empty();
  }

  private static Optional<String> volumeOf(Evidence evidence) {
    return evidence instanceof ImageEvidence image
            && image.acquisition().filter(VOLUMES::contains).isPresent()
        ? image.origin().group()
        : Optional.empty();
  }
}
