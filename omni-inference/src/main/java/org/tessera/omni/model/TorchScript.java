package org.tessera.omni.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A program in the engine's own language, loaded from its text: one call runs all of it inside the
 * engine, which has operations that DJL does not offer (attention without a stored matrix, a linear
 * layer with its activation). No gradient goes through it.
 *
 * <p>An archive is a zip of stored entries: {@code code/__torch__.py}, {@code data.pkl} (the one
 * module, without weights), {@code constants.pkl} (an empty tuple) and {@code version}.
 */
final class TorchScript {
  /** Pickle, protocol 2: an object of the class, its state {@code {training: false}}. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nTransformer\n)\u0081}X\b\0\0\0training\u0089sb.";

  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private TorchScript() {}

  /** Loads the transformer. */
  static Model transformer() {
    Model model = Model.newInstance("transformer", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(text())));
      return model;
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new IllegalStateException("The transformer's program cannot be loaded.", e);
    }
  }

  private static String text() {
    try (InputStream in = TorchScript.class.getResourceAsStream("transformer.torchscript")) {
      if (in == null) {
        throw new IllegalStateException("The transformer's program is missing.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("transformer/" + name);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
