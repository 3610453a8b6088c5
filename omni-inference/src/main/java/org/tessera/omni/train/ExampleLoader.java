package org.tessera.omni.train;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.model.TokenMarks;
import org.tessera.omni.signal.LogMel;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.Canvas;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;

/** Decodes labelled rows once, so that epochs only augment. */
final class ExampleLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ExampleLoader.class);
  private static final double HOP_SECONDS = 0.01;

  /** Rows that may wait for each thread. */
  private static final int AHEAD = 8;

  private final EvidenceReader reader;

  ExampleLoader(EvidenceReader reader) {
    this.reader = reader;
  }

  /** Takes what was decoded. */
  @FunctionalInterface
  interface Taker {
    void take(LabelledRow row, Example example) throws IOException;
  }

  /**
   * Decodes rows, several at a time and few of them ahead, and hands over those that can be used,
   * in their order and on the calling thread.
   *
   * @param what the work is called
   * @param listener told how far it is
   */
  void load(List<LabelledRow> rows, String what, TrainingListener listener, Taker taker)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    Queue<Future<Optional<Example>>> ahead = new ArrayDeque<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(processors)) {
      try {
        for (int submitted = 0, done = 0; done < rows.size(); done++) {
          while (submitted < Math.min(rows.size(), done + AHEAD * processors)) {
            LabelledRow row = rows.get(submitted++);
            ahead.add(workers.submit(() -> load(row)));
          }
          Optional<Example> example = ahead.remove().get();
          if (example.isPresent()) {
            taker.take(rows.get(done), example.get());
          }
          listener.progress(what, done + 1, rows.size());
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException unread) {
          throw unread;
        }
        throw new IllegalStateException("A row could not be decoded.", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Decoding was interrupted.");
      } finally {
        workers.shutdownNow();
      }
    }
  }

  /** Decodes a row; empty if a file of it cannot be used. */
  private Optional<Example> load(LabelledRow row) throws IOException {
    List<Evidence> evidence = new ArrayList<>();
    Map<Modality, byte[]> canvases = new EnumMap<>(Modality.class);
    Map<Modality, SignMask> signs = new EnumMap<>(Modality.class);
    float[] logMel = new float[0];
    try {
      Optional<PhantomTruth> truth = PhantomTruth.of(row);
      for (Map.Entry<Modality, Path> file : row.files().entrySet()) {
        for (Evidence each : reader.read(file.getValue(), file.getKey())) {
          if (each.modality() == file.getKey()) {
            evidence.add(each);
          }
        }
      }
      for (Evidence each : evidence) {
        switch (each) {
          case ImageEvidence image -> {
            Canvas canvas = Canvas.of(image.pixels(), image.orientation(), 1, Example.CANVAS);
            canvases.put(Modality.IMAGE, bytes(canvas));
            truth
                .map(known -> SignMask.of(canvas, known.opacities()))
                .ifPresent(mask -> signs.put(Modality.IMAGE, mask));
          }
          case SlideEvidence slide -> {
            Canvas canvas = Canvas.of(slide.pixels(), Orientation.UPRIGHT, 1, Example.CANVAS);
            canvases.put(Modality.SLIDE, bytes(canvas));
            truth
                .map(known -> SignMask.of(canvas, known.atypia()))
                .ifPresent(mask -> signs.put(Modality.SLIDE, mask));
          }
          case AudioEvidence audio -> {
            logMel = logMel(audio);
            int frames = logMel.length / AudioSegment.MELS;
            truth
                .map(known -> SignMask.of(frames, known.crackles()))
                .ifPresent(mask -> signs.put(Modality.AUDIO, mask));
          }
          default -> {}
        }
      }
      PatientCase patientCase =
          new PatientCase(row.id(), Optional.empty(), evidence, List.of(), false);
      TokenSequence sequence = SequenceBuilder.build(patientCase);
      List<TokenMarks> places =
          truth.map(known -> known.marks(sequence.segments())).orElse(List.of());
      return Optional.of(new Example(row, canvases, logMel, signs, places, sequence));
    } catch (RejectedInputException e) {
      LOG.warn("Row {} of {} is left out: {}", row.id(), row.set(), e.sentence());
      return Optional.empty();
    }
  }

  private static byte[] bytes(Canvas canvas) {
    float[] samples = canvas.samples();
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(Math.clamp(samples[i], 0f, 1f) * 255);
    }
    return bytes;
  }

  private static float[] logMel(AudioEvidence audio) throws IOException {
    double seconds =
        Math.min(audio.audio().duration(), Example.MAX_FRAMES * HOP_SECONDS);
    float[] mel = LogMel.of(audio.audio().read(new TimeInterval(0, seconds)));
    int frames = Math.min(Example.MAX_FRAMES, mel.length / AudioSegment.MELS);
    return Arrays.copyOf(mel, frames * AudioSegment.MELS);
  }
}
