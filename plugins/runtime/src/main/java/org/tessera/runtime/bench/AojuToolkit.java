package org.tessera.runtime.bench;

import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * The code line of dcm4che as Maven Central has it. Called by reflection, because it is never on
 * the class path of what ships.
 */
final class AojuToolkit implements Toolkit {
  private static final String ROOT = "org.aoju.bus.image.";

  private final Constructor<?> open;
  private final Method readDataset;
  private final Method visit;
  private final Class<?> visitor;
  private final ImageReaderSpi reader;

  AojuToolkit() throws ReflectiveOperationException {
    Class<?> stream = Class.forName(ROOT + "galaxy.io.ImageInputStream");
    Class<?> attributes = Class.forName(ROOT + "galaxy.data.Attributes");
    visitor = Class.forName(ROOT + "galaxy.data.Attributes$Visitor");
    open = stream.getConstructor(File.class);
    readDataset = stream.getMethod("readDataset", int.class, int.class);
    visit = attributes.getMethod("accept", visitor, boolean.class);
    reader =
        (ImageReaderSpi)
            Class.forName(ROOT + "nimble.reader.NativeDCMImageReaderSpi")
                .getConstructor()
                .newInstance();
  }

  @Override
  public String version() {
    return "org.aoju:bus-image 8.0.0 on Java " + Runtime.version();
  }

  @Override
  public int parse(Path file) throws Exception {
    try (InputStream in = (InputStream) open.newInstance(file.toFile())) {
      Object dataset = readDataset.invoke(in, -1, -1);
      int[] elements = new int[1];
      Object counter =
          java.lang.reflect.Proxy.newProxyInstance(
              visitor.getClassLoader(),
              new Class<?>[] {visitor},
              (proxy, method, arguments) -> {
                elements[0] += ((int) arguments[1] & 0xFFFF) == 0 ? 0 : 1;
                return true;
              });
      visit.invoke(dataset, counter, true);
      return elements[0];
    }
  }

  @Override
  public void decode(Path file, OutputStream pixels) throws Exception {
    ImageReader image = reader.createReaderInstance();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      image.setInput(in);
      int frames = image.getNumImages(true);
      for (int frame = 0; frame < frames; frame++) {
        write(image.readRaster(frame, image.getDefaultReadParam()), pixels);
      }
    } finally {
      image.dispose();
    }
  }

  private static void write(Raster raster, OutputStream pixels) throws Exception {
    DataBuffer buffer = raster.getDataBuffer();
    switch (buffer) {
      case DataBufferByte bytes -> pixels.write(bytes.getData());
      case DataBufferShort shorts -> pixels.write(littleEndian(shorts.getData()));
      case DataBufferUShort shorts -> pixels.write(littleEndian(shorts.getData()));
      default -> throw new UnsupportedOperationException();
    }
  }

  private static byte[] littleEndian(short[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(values);
    return bytes.array();
  }
}
