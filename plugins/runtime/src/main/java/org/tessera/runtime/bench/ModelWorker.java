package org.tessera.runtime.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.omni.model.Architecture;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Pass;
import org.tessera.omni.model.Safetensors;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.ShippedCard;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Token;
import org.tessera.validation.bench.WorkerLoop;

/**
 * The process of our transformer: the argument is a folder with the weights and cases that {@link
 * ModelBench} wrote. Tasks are those of {@link ModelBench.Task}. See {@link
 * org.tessera.validation.bench.WorkerSide} for what it is asked.
 */
final class ModelWorker {
  private final Map<Architecture, EmbeddedModel> models = new EnumMap<>(Architecture.class);
  private final List<Pass> passes = new ArrayList<>();
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray left = manager.randomNormal(new Shape(ModelBench.SIDE, ModelBench.SIDE));
  private final NDArray right = manager.randomNormal(new Shape(ModelBench.SIDE, ModelBench.SIDE));

  private ModelWorker(Path folder) throws IOException {
    for (Architecture architecture : ModelBench.COMPARED) {
      models.put(
          architecture,
          new EmbeddedModel(
              ShippedCard.unmeasured(
                  "bench",
                  ModelConfig.shipped().with(architecture),
                  Safetensors.read(
                      Files.readAllBytes(folder.resolve(ModelBench.weights(architecture)))),
                  List.of())));
    }
    Map<String, Tensor> cases =
        Safetensors.read(Files.readAllBytes(folder.resolve(ModelBench.CASES)));
    for (int i = 0; i < ModelBench.BATCH; i++) {
      passes.add(Pass.whole(encoded(cases, i)));
    }
  }

  private static EncodedCase encoded(Map<String, Tensor> cases, int index) {
    List<Token> tokens = new ArrayList<>();
    int width = ModelConfig.shipped().width();
    float[] embeddings = new float[ModelBench.TOKENS * width];
    ModelBench.LAYOUT.forEach(
        (modality, count) -> {
          Tensor part = cases.get(ModelBench.part(index, modality));
          if (part == null) {
            throw new IllegalStateException("The benchmark's cases are not whole.");
          }
          System.arraycopy(
              part.values(), 0, embeddings, tokens.size() * width, part.values().length);
          tokens.addAll(Collections.nCopies(count, token(modality)));
        });
    return new EncodedCase(tokens, embeddings, width);
  }

  private static Token token(Modality modality) {
    return new Token(
        modality, modality.wireName(), new RecordEntry("bench", ""), Position.ORIGIN);
  }

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    WorkerLoop loop = new WorkerLoop();
    ModelWorker worker = new ModelWorker(Path.of(args[0]));
    loop.serve(
        "tessera on DJL, PyTorch " + Engine.getInstance().getVersion(),
        (request, number) -> {
          ModelBench.Task task = ModelBench.Task.values()[Integer.parseInt(number)];
          long before = System.nanoTime();
          String answer = worker.done(task);
          long took = System.nanoTime() - before;
          return request.equals("answer") ? answer : Long.toString(took);
        });
  }

  private String done(ModelBench.Task task) {
    if (task == ModelBench.Task.ROOF) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray product = left.matMul(right);
        product.attach(scope);
        return Arrays.toString(product.getShape().getShape());
      }
    }
    EmbeddedModel model = models.get(task.architecture());
    if (model == null) {
      return "";
    }
    StringJoiner numbers = new StringJoiner(" ");
    for (float[] logits : model.logits(passes.subList(0, task.batch()))) {
      for (float logit : logits) {
        numbers.add(Float.toString(logit));
      }
    }
    return numbers.toString();
  }
}
