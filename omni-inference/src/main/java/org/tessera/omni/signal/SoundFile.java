package org.tessera.omni.signal;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.RejectedInputException;

/** The sound of a file, demultiplexed and decoded by FFmpeg. */
final class SoundFile implements AutoCloseable {
  /** Containers that are tried; playlists, devices and images are not among them. */
  private static final String CONTAINERS =
      "wav,w64,aiff,flac,mp3,ogg,mov,mp4,m4a,3gp,matroska,webm,aac,amr,caf";

  /** JavaCPP has ten callbacks of a kind for the process. */
  private static final Semaphore TURNS = new Semaphore(4);

  /** Share of packets that may be damaged; real MP3 files often begin with one. */
  private static final double TOLERATED = 0.1;

  static {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final AVFormatContext format;
  private final AVCodecContext codec;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final Resampler resampler = new Resampler();
  private final SampleSink sink = new SampleSink();
  private final int stream;
  private int packets;
  private int damaged;

  /**
   * All samples of a file.
   *
   * @return 16 kHz mono, -1 to 1
   * @throws RejectedInputException if it is no sound, damaged or too long
   */
  static float[] samples(Content content) throws IOException, RejectedInputException {
    TURNS.acquireUninterruptibly();
    try (ContentReader reader = new ContentReader(content);
        SoundFile file = new SoundFile(reader)) {
      return file.decode();
    } finally {
      TURNS.release();
    }
  }

  private SoundFile(ContentReader reader) throws RejectedInputException {
    format = open(reader);
    AVCodecContext opened = null;
    try (PointerPointer<AVCodec> found = new PointerPointer<>(1)) {
      stream =
          avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_AUDIO, -1, -1, found, 0);
      if (stream < 0) {
        throw new RejectedInputException("The file holds no sound that can be decoded.");
      }
      AVStream chosen = format.streams(stream);
      AVCodec decoder = found.get(AVCodec.class, 0);
      opened = avcodec.avcodec_alloc_context3(decoder);
      avcodec.avcodec_parameters_to_context(opened, chosen.codecpar());
      opened.thread_count(1);
      // Needed to cut the silence that encoders put before and after the sound.
      opened.pkt_timebase(chosen.time_base());
      if (avcodec.avcodec_open2(opened, decoder, (AVDictionary) null) < 0) {
        throw new RejectedInputException("The sound is damaged: it cannot be decoded.");
      }
      codec = opened;
    } catch (RejectedInputException e) {
      if (opened != null) {
        avcodec.avcodec_free_context(opened);
      }
      free();
      throw e;
    }
  }

  private static AVFormatContext open(ContentReader reader) throws RejectedInputException {
    AVFormatContext format = avformat.avformat_alloc_context();
    format.pb(reader.context());
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    int opened = avformat.avformat_open_input(format, "", null, options);
    avutil.av_dict_free(options);
    if (opened < 0) {
      // The context was freed by FFmpeg.
      throw new RejectedInputException(
          "The file is not a recording of a known format, whatever its name says.");
    }
    if (avformat.avformat_find_stream_info(format, (PointerPointer<?>) null) < 0) {
      avformat.avformat_close_input(format);
      throw new RejectedInputException("The recording is damaged: it cannot be decoded.");
    }
    return format;
  }

  private float[] decode() throws RejectedInputException {
    if (format.duration() > (AudioDecoder.LONGEST + 1) * avutil.AV_TIME_BASE) {
      throw SampleSink.tooLong();
    }
    while (avformat.av_read_frame(format, packet) >= 0) {
      if (packet.stream_index() == stream) {
        packets++;
        feed(packet);
      }
      avcodec.av_packet_unref(packet);
    }
    feed(null);
    resampler.drain(sink);
    if (damaged > Math.max(1, TOLERATED * packets)) {
      throw new RejectedInputException(
          "The sound is damaged: %d of %d pieces cannot be decoded.".formatted(damaged, packets));
    }
    float[] samples = sink.samples();
    if (samples.length == 0 && damaged > 0) {
      throw new RejectedInputException("The sound is damaged: it cannot be decoded.");
    }
    return samples;
  }

  private void feed(@Nullable AVPacket data)
      throws RejectedInputException {
    if (avcodec.avcodec_send_packet(codec, data) < 0) {
      damaged++;
      return;
    }
    int received = avcodec.avcodec_receive_frame(codec, frame);
    while (received >= 0) {
      resampler.convert(frame, sink);
      avutil.av_frame_unref(frame);
      received = avcodec.avcodec_receive_frame(codec, frame);
    }
    if (received != avutil.AVERROR_EAGAIN() && received != avutil.AVERROR_EOF) {
      damaged++;
    }
  }

  private void free() {
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    resampler.close();
    avformat.avformat_close_input(format);
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(codec);
    free();
  }
}
