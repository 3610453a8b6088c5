package org.tessera.runtime.dicomweb;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.image.FrameRenderer;
import org.tessera.dicom.image.Window;

/**
 * How a frame is to be drawn (PS3.18 8.3.5).
 *
 * @param png PNG instead of JPEG
 * @param quality of JPEG, 1 to 100
 * @param window over grey values, instead of the image's own
 * @param viewport width and height that the picture is to fit into, in pixels
 */
public record RenderedPicture(
    boolean png, int quality, Optional<Window> window, Optional<List<Integer>> viewport) {
  private static final int USUAL_QUALITY = 90;
  private static final int LARGEST = 16_384;
  private static final String NUMBER = "-?[0-9]{1,7}(\\.[0-9]{1,9})?";

  /**
   * Reads the parameters of a request.
   *
   * @throws RejectedInputException with one sentence, if one cannot be understood
   */
  public static RenderedPicture of(boolean png, Map<String, List<String>> parameters)
      throws RejectedInputException {
    return new RenderedPicture(
        png,
        quality(first(parameters, "quality")),
        window(first(parameters, "window")),
        viewport(first(parameters, "viewport")));
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).getFirst();
  }

  private static int quality(String text) throws RejectedInputException {
    if (text.isEmpty()) {
      return USUAL_QUALITY;
    }
    if (!text.matches("[1-9][0-9]?|100")) {
      throw new RejectedInputException("The quality is a number from 1 to 100.");
    }
    return Integer.parseInt(text);
  }

  private static Optional<Window> window(String text) throws RejectedInputException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split(",");
    if (parts.length < 2 || !parts[0].matches(NUMBER) || !parts[1].matches(NUMBER)) {
      throw new RejectedInputException("A window is its center, its width and its function.");
    }
    Window.Shape shape =
        switch (parts.length > 2 ? parts[2] : "linear") {
          case "linear" -> Window.Shape.LINEAR;
          case "linear-exact" -> Window.Shape.LINEAR_EXACT;
          case "sigmoid" -> Window.Shape.SIGMOID;
          default ->
              throw new RejectedInputException(
                  "The function of a window is linear, linear-exact or sigmoid.");
        };
    double width = Double.parseDouble(parts[1]);
    if (width < 1 && shape == Window.Shape.LINEAR || width <= 0) {
      throw new RejectedInputException("The width of a window is at least 1.");
    }
    return Optional.of(new Window(Double.parseDouble(parts[0]), width, shape));
  }

  private static Optional<List<Integer>> viewport(String text) throws RejectedInputException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = text.split(",");
    if (parts.length != 2
        || !parts[0].matches("[1-9][0-9]{0,4}")
        || !parts[1].matches("[1-9][0-9]{0,4}")) {
      throw new RejectedInputException("A viewport is a width and a height in pixels here.");
    }
    List<Integer> size = List.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    if (size.get(0) > LARGEST || size.get(1) > LARGEST) {
      throw new RejectedInputException(
          "A viewport has at most %,d pixels a side.".formatted(LARGEST));
    }
    return Optional.of(size);
  }

  public String mediaType() {
    return png ? "image/png" : "image/jpeg";
  }

  /**
   * Draws a frame.
   *
   * @param number from 1
   * @throws RejectedInputException with one sentence, if it cannot be drawn
   */
  public byte[] draw(RetrievedInstance instance, int number)
      throws IOException, RejectedInputException {
    FrameRenderer renderer =
        FrameRenderer.of(DicomFile.read(instance.file()), ParseLimits.standard());
    if (number < 1 || number > renderer.frames()) {
      throw new RejectedInputException(
          "There is no frame %d of %d.".formatted(number, renderer.frames()));
    }
    FrameRenderer chosen = window.map(renderer::withWindow).orElse(renderer);
    return written(fitted(chosen.render(number).image()));
  }

  private BufferedImage fitted(BufferedImage image) {
    if (viewport.isEmpty()) {
      return image;
    }
    double scale =
        Math.min(
            viewport.get().get(0) / (double) image.getWidth(),
            viewport.get().get(1) / (double) image.getHeight());
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage scaled = new BufferedImage(width, height, image.getType());
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private byte[] written(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(png ? "png" : "jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!png) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality / 100f);
      }
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
