package org.tessera.dicom.codec.child;

import java.io.IOException;
import java.io.OutputStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.tessera.casemodel.RejectedInputException;

/**
 * Turns a picture of a video into the values of a frame: RGB by the matrix and the range that the
 * stream names (ITU-T H.273), or else by BT.601 in studio range; interleaved, little endian.
 */
final class VideoPicture {
  private static final int FLAGS =
      swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_FULL_CHR_H_INT;

  private VideoPicture() {}

  /** Where to write, once the picture is known to fit. */
  interface Sink {
    OutputStream begin() throws IOException;
  }

  static void write(AVFrame picture, FrameShape shape, Sink sink)
      throws IOException, RejectedInputException {
    int columns = shape.columns();
    int rows = shape.rows();
    if (picture.width() != columns || picture.height() != rows) {
      throw new RejectedInputException(
          "The video has %d x %d pixels, the data set promises %d x %d."
              .formatted(picture.width(), picture.height(), columns, rows));
    }
    AVPixFmtDescriptor pixels = avutil.av_pix_fmt_desc_get(picture.format());
    int depth = pixels == null ? 0 : pixels.comp(0).depth();
    int target = target(depth, shape);
    AVFrame converted = avutil.av_frame_alloc();
    converted.width(columns);
    converted.height(rows);
    converted.format(target);
    SwsContext context =
        swscale.sws_getContext(
            columns,
            rows,
            picture.format(),
            columns,
            rows,
            target,
            FLAGS,
            (SwsFilter) null,
            (SwsFilter) null,
            (DoublePointer) null);
    try {
      if (context == null || avutil.av_frame_get_buffer(converted, 0) < 0) {
        throw new RejectedInputException("The video is in a colour format that is not decoded.");
      }
      IntPointer matrix = swscale.sws_getCoefficients(picture.colorspace());
      boolean full = picture.color_range() == avutil.AVCOL_RANGE_JPEG;
      swscale.sws_setColorspaceDetails(
          context,
          matrix,
          full ? 1 : 0,
          swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
          1,
          0,
          1 << 16,
          1 << 16);
      int done =
          swscale.sws_scale(
              context,
              picture.data(),
              picture.linesize(),
              0,
              rows,
              converted.data(),
              converted.linesize());
      if (done != rows) {
        throw new RejectedInputException("The video is in a colour format that is not decoded.");
      }
      copy(converted, shape, sink.begin());
    } finally {
      swscale.sws_freeContext(context);
      avutil.av_frame_free(converted);
    }
  }

  private static int target(int depth, FrameShape shape) throws RejectedInputException {
    boolean colour = shape.samples() == 3;
    if (depth == 8 && shape.valueBytes() == 1) {
      return colour ? avutil.AV_PIX_FMT_RGB24 : avutil.AV_PIX_FMT_GRAY8;
    }
    if (depth == 10 && shape.valueBytes() == 2) {
      return colour ? avutil.AV_PIX_FMT_GBRP10LE : avutil.AV_PIX_FMT_GRAY10LE;
    }
    throw new RejectedInputException(
        "The video has %d bits per sample, the data set promises %d."
            .formatted(depth, shape.bitsStored()));
  }

  private static void copy(AVFrame picture, FrameShape shape, OutputStream out)
      throws IOException {
    boolean planes = picture.format() == avutil.AV_PIX_FMT_GBRP10LE;
    int samples = shape.samples();
    byte[] row = new byte[shape.columns() * samples * shape.valueBytes()];
    byte[] plane = new byte[shape.columns() * 2];
    for (int y = 0; y < shape.rows(); y++) {
      if (planes) {
        for (int sample = 0; sample < samples; sample++) {
          // Planes are green, blue, red.
          int from = (sample + 2) % 3;
          at(picture, from, y).get(plane);
          for (int x = 0; x < shape.columns(); x++) {
            row[2 * (x * samples + sample)] = plane[2 * x];
            row[2 * (x * samples + sample) + 1] = plane[2 * x + 1];
          }
        }
      } else {
        at(picture, 0, y).get(row);
      }
      out.write(row);
    }
  }

  private static BytePointer at(AVFrame picture, int plane, int y) {
    return new BytePointer(picture.data(plane))
        .position((long) y * picture.linesize(plane));
  }
}
