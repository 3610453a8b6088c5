package org.tessera.omni.signal;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.RejectedInputException;

/** Any rate, channels and sample format to 16 kHz mono floating point, by FFmpeg's resampler. */
final class Resampler implements AutoCloseable {
  private @Nullable SwrContext context;
  private int rate;
  private int format;
  private int channels;

  /** Converts a decoded frame; a stream may change its rate on the way. */
  void convert(AVFrame frame, SampleSink sink) throws RejectedInputException {
    SwrContext ready = context;
    if (ready == null
        || rate != frame.sample_rate()
        || format != frame.format()
        || channels != frame.ch_layout().nb_channels()) {
      drain(sink);
      close();
      ready = open(frame);
    }
    pull(ready, frame.extended_data(), frame.nb_samples(), sink);
  }

  /** Gives out what the filter still holds. */
  void drain(SampleSink sink) throws RejectedInputException {
    SwrContext ready = context;
    if (ready != null) {
      pull(ready, null, 0, sink);
    }
  }

  private static void pull(
      SwrContext context, @Nullable PointerPointer<?> input, int samples, SampleSink sink)
      throws RejectedInputException {
    int most = swresample.swr_get_out_samples(context, samples);
    if (most <= 0) {
      return;
    }
    try (FloatPointer output = new FloatPointer(most);
        PointerPointer<FloatPointer> planes = new PointerPointer<>(1)) {
      planes.put(0, output);
      int count = swresample.swr_convert(context, planes, most, input, samples);
      if (count < 0) {
        throw new RejectedInputException("The sound is damaged: it cannot be resampled.");
      }
      sink.add(output, count);
    }
  }

  private SwrContext open(AVFrame frame) throws RejectedInputException {
    rate = frame.sample_rate();
    format = frame.format();
    channels = frame.ch_layout().nb_channels();
    SwrContext created = new SwrContext(null);
    try (AVChannelLayout mono = new AVChannelLayout();
        AVChannelLayout given = new AVChannelLayout()) {
      avutil.av_channel_layout_default(mono, 1);
      if (frame.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
        avutil.av_channel_layout_default(given, channels);
      } else {
        avutil.av_channel_layout_copy(given, frame.ch_layout());
      }
      int set =
          swresample.swr_alloc_set_opts2(
              created,
              mono,
              avutil.AV_SAMPLE_FMT_FLT,
              AudioSource.SAMPLE_RATE,
              given,
              format,
              rate,
              0,
              null);
      avutil.av_channel_layout_uninit(given);
      // Without it two loud channels would add up to more than full scale.
      if (set < 0
          || avutil.av_opt_set_double(created, "rematrix_maxval", 1, 0) < 0
          || swresample.swr_init(created) < 0) {
        swresample.swr_free(created);
        throw new RejectedInputException("The sound has channels or a rate that are not read.");
      }
    }
    context = created;
    return created;
  }

  @Override
  public void close() {
    SwrContext ready = context;
    if (ready != null) {
      swresample.swr_free(ready);
      context = null;
    }
  }
}
