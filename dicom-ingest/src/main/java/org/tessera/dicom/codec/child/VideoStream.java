package org.tessera.dicom.codec.child;

import java.lang.foreign.MemorySegment;
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
import org.tessera.casemodel.RejectedInputException;

/**
 * The pictures of a video one after the other, in the order in which they are shown: MPEG-2, H.264
 * or HEVC in a transport stream, program stream, MP4 file or bare (PS3.5 8.2.5 to 8.2.8), by
 * FFmpeg. Lives in a child only. For one thread.
 */
final class VideoStream implements AutoCloseable {
  private static final String CONTAINERS = "mpegts,mpeg,mpegvideo,h264,hevc,mov,mp4";
  private static final String CODECS = "mpeg1video,mpeg2video,h264,hevc";

  static {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final VideoInput input;
  private final AVFormatContext format;
  private final AVCodecContext codec;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final int stream;
  private boolean drained;
  private int shown;

  private VideoStream(VideoInput input, AVFormatContext format, int stream, AVCodecContext codec) {
    this.input = input;
    this.format = format;
    this.stream = stream;
    this.codec = codec;
  }

  /**
   * Opens a stream at its first picture.
   *
   * @throws RejectedInputException if it is not a video, or in another coding
   */
  static VideoStream open(MemorySegment bytes) throws RejectedInputException {
    VideoInput input = new VideoInput(bytes);
    try {
      AVFormatContext format = container(input);
      try {
        return opened(input, format);
      } catch (RejectedInputException e) {
        avformat.avformat_close_input(format);
        throw e;
      }
    } catch (RejectedInputException e) {
      input.close();
      throw e;
    }
  }

  private static AVFormatContext container(VideoInput input) throws RejectedInputException {
    AVFormatContext format = avformat.avformat_alloc_context();
    format.pb(input.context());
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    avutil.av_dict_set(options, "codec_whitelist", CODECS, 0);
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    int opened = avformat.avformat_open_input(format, "", null, options);
    avutil.av_dict_free(options);
    if (opened < 0) {
      // The context was freed by FFmpeg.
      throw noVideo();
    }
    return format;
  }

  private static RejectedInputException noVideo() {
    return new RejectedInputException("The pixel data hold no video that can be decoded.");
  }

  private static VideoStream opened(VideoInput input, AVFormatContext format)
      throws RejectedInputException {
    if (avformat.avformat_find_stream_info(format, (PointerPointer<?>) null) < 0) {
      throw noVideo();
    }
    try (PointerPointer<AVCodec> found = new PointerPointer<>(1)) {
      int stream =
          avformat.av_find_best_stream(format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, found, 0);
      if (stream < 0) {
        throw noVideo();
      }
      AVStream chosen = format.streams(stream);
      AVCodec decoder = found.get(AVCodec.class, 0);
      AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
      avcodec.avcodec_parameters_to_context(codec, chosen.codecpar());
      codec.thread_count(1);
      codec.pkt_timebase(chosen.time_base());
      AVDictionary options = new AVDictionary(null);
      avutil.av_dict_set(options, "codec_whitelist", CODECS, 0);
      int opened = avcodec.avcodec_open2(codec, decoder, options);
      avutil.av_dict_free(options);
      if (opened < 0) {
        avcodec.avcodec_free_context(codec);
        throw new RejectedInputException("The video is in a coding that is not decoded.");
      }
      return new VideoStream(input, format, stream, codec);
    }
  }

  /** How many pictures have been shown, and so the number, from 0, of the next one. */
  int position() {
    return shown;
  }

  /**
   * The next picture; valid until the next call.
   *
   * @throws RejectedInputException if the video ends, or is damaged here
   */
  AVFrame next() throws RejectedInputException {
    avutil.av_frame_unref(frame);
    while (true) {
      int received = avcodec.avcodec_receive_frame(codec, frame);
      if (received >= 0) {
        if ((frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0
            || frame.decode_error_flags() != 0) {
          throw damaged();
        }
        shown++;
        return frame;
      }
      if (received == avutil.AVERROR_EOF) {
        throw new RejectedInputException(
            "The video ends after %,d frames, the data set promises more.".formatted(shown));
      }
      if (received != avutil.AVERROR_EAGAIN()) {
        throw damaged();
      }
      feed();
    }
  }

  private void feed() throws RejectedInputException {
    while (!drained) {
      if (avformat.av_read_frame(format, packet) < 0) {
        drained = true;
        avcodec.avcodec_send_packet(codec, null);
        return;
      }
      boolean wanted = packet.stream_index() == stream;
      int sent = wanted ? avcodec.avcodec_send_packet(codec, packet) : 0;
      avcodec.av_packet_unref(packet);
      if (sent < 0) {
        throw damaged();
      }
      if (wanted) {
        return;
      }
    }
  }

  private RejectedInputException damaged() {
    return new RejectedInputException(
        "The video is damaged at frame %,d.".formatted(shown + 1));
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(codec);
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avformat.avformat_close_input(format);
    input.close();
  }
}
