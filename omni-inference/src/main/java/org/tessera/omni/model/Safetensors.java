package org.tessera.omni.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format, F32 and F16 only: eight bytes of header length (little endian), a JSON
 * header with type, shape and offsets of each tensor, then the numbers. See the format section of
 * the safetensors project's README. Reading is bounded by the bytes given; a header that lies is
 * refused.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_HEADER = 4 << 20;

  private Safetensors() {}

  /**
   * Numbers with a shape.
   *
   * @param shape lengths of the axes
   * @param values row by row
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Tensor(long[] shape, float[] values) {
    public Tensor {
      long size = 1;
      for (long length : shape) {
        size *= length;
      }
      if (size != values.length) {
        throw new IllegalArgumentException("The shape does not fit the numbers.");
      }
    }

    private boolean isMatrix() {
      return shape.length > 1;
    }

    private Tensor rounded() {
      float[] rounded = new float[values.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        if (Float.isInfinite(rounded[i]) && Float.isFinite(values[i])) {
          return this;
        }
      }
      return new Tensor(shape, rounded);
    }
  }

  /**
   * What {@link #write} with {@code half} keeps of tensors; the vectors are the same objects. A
   * matrix with a number too large for it (65,520 and more) stays as it is.
   */
  public static Map<String, Tensor> rounded(Map<String, Tensor> tensors) {
    Map<String, Tensor> rounded = new LinkedHashMap<>(tensors);
    rounded.replaceAll((name, tensor) -> tensor.isMatrix() ? tensor.rounded() : tensor);
    return rounded;
  }

  /** Whether writing with {@code half} loses nothing. */
  static boolean isRounded(Map<String, Tensor> tensors) {
    return tensors.values().stream()
        .filter(Tensor::isMatrix)
        .map(Tensor::values)
        .allMatch(Safetensors::isRounded);
  }

  private static boolean isRounded(float[] values) {
    for (float value : values) {
      if (Float.compare(Float.float16ToFloat(Float.floatToFloat16(value)), value) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes tensors in the order of the map.
   *
   * @param half true for F16, which rounds to about three digits, where a tensor has two axes or
   *     more; vectors stay F32
   */
  public static byte[] write(Map<String, Tensor> tensors, boolean half) {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
      ObjectNode entry = header.putObject(each.getKey());
      boolean rounded = half && each.getValue().isMatrix();
      int bytes = rounded ? 2 : 4;
      entry.put("dtype", rounded ? "F16" : "F32");
      var shape = entry.putArray("shape");
      for (long length : each.getValue().shape()) {
        shape.add(length);
      }
      long end = offset + (long) each.getValue().values().length * bytes;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] head = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (head.length + 7) / 8 * 8;
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(head);
    while (out.position() < 8 + padded) {
      out.put((byte) ' ');
    }
    for (Tensor tensor : tensors.values()) {
      boolean rounded = half && tensor.isMatrix();
      for (float value : tensor.values()) {
        if (rounded) {
          out.putShort(Float.floatToFloat16(value));
        } else {
          out.putFloat(value);
        }
      }
    }
    return out.array();
  }

  /**
   * Reads all tensors.
   *
   * @throws IOException if the bytes are not a safetensors file, or lie about a length
   */
  public static Map<String, Tensor> read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < 8 ? -1 : in.getLong();
    if (length < 2 || length > MAX_HEADER || length > bytes.length - 8) {
      throw new IOException("Not a safetensors file.");
    }
    JsonNode header = JSON.readTree(bytes, 8, (int) length);
    int start = 8 + (int) length;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : header.properties()) {
      if (!each.getKey().equals("__metadata__")) {
        tensors.put(each.getKey(), tensor(each.getKey(), each.getValue(), in, start));
      }
    }
    return tensors;
  }

  private static Tensor tensor(String name, JsonNode entry, ByteBuffer in, int start)
      throws IOException {
    boolean half = entry.path("dtype").asText().equals("F16");
    if (!half && !entry.path("dtype").asText().equals("F32")) {
      throw new IOException("Tensor " + name + " has a type that is not read.");
    }
    JsonNode lengths = entry.path("shape");
    long[] shape = new long[lengths.size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = lengths.get(i).asLong(-1);
      if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
        throw new IOException("Tensor " + name + " lies about its shape.");
      }
      size = Math.min(size * shape[i], 1L << 40);
    }
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    if (from < 0 || to - from != size * (half ? 2 : 4) || to > in.capacity() - start) {
      throw new IOException("Tensor " + name + " lies about its length.");
    }
    float[] values = new float[(int) size];
    int at = start + (int) from;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          half ? Float.float16ToFloat(in.getShort(at + 2 * i)) : in.getFloat(at + 4 * i);
    }
    return new Tensor(shape, values);
  }
}
