package io.lanpo.policy.djl.model;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a folder in which a file of a checkpoint is missing: often the same model in another
 * format, which can be converted.
 */
public final class OtherFormats {
  private static final String TRANSFORMERS =
      "Convert them with transformers, in Python: AutoModelForCausalLM.from_pretrained(FOLDER)"
          + ".save_pretrained(NEW), and the same with AutoTokenizer.";

  /** The formats, the one that is converted most easily first. */
  private static final List<Format> ALL =
      List.of(
          new Format("{pytorch_model,model}*.bin*", "weights of PyTorch", TRANSFORMERS),
          new Format(
              "*.gguf",
              "weights of llama.cpp, often quantised",
              "Name the file itself: model=FOLDER/NAME.gguf; or take the checkpoint that it was"
                  + " made from."),
          new Format(
              "consolidated*",
              "weights as their maker's own code names them",
              "Take the checkpoint in the format of transformers, which most models are published"
                  + " in too; transformers has scripts like convert_llama_weights_to_hf.py."),
          new Format("{tf_model,flax_model}*", "weights of TensorFlow or Flax", TRANSFORMERS),
          new Format(
              "adapter_model.*",
              "adapters of PEFT without the weights that they are for",
              "Merge them, in Python: PeftModel.from_pretrained(BASE_MODEL, FOLDER)"
                  + ".merge_and_unload().save_pretrained(NEW)."),
          new Format(
              "*.safetensors",
              "weights under another name",
              "Name the file model.safetensors, or bring the model.safetensors.index.json that"
                  + " lists the files."),
          new Format(
              "{tokenizer,spiece,tekken}.*",
              "a tokenizer without a model",
              "Fetch config.json and model.safetensors of the checkpoint, too."));

  private OtherFormats() {}

  /** Files of some names, and what to do with them. */
  private record Format(String names, String what, String convert) {}

  /** The error that a file is missing, with what lies in its place. */
  public static UserException missing(Path file, Throwable cause) {
    Path folder = file.toAbsolutePath().getParent();
    for (Format format : ALL) {
      TreeSet<String> found = found(folder, format.names());
      if (!found.isEmpty()) {
        String more = found.size() > 1 ? " and %d more".formatted(found.size() - 1) : "";
        return new UserException(
            "%s is missing; beside it lies %s%s: %s"
                .formatted(file, found.first(), more, format.what()),
            format.convert(),
            cause);
      }
    }
    return new UserException(file + " is missing", "Name a folder with a whole checkpoint.", cause);
  }

  private static TreeSet<String> found(@Nullable Path folder, String names) {
    TreeSet<String> found = new TreeSet<>();
    if (folder != null && Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
        files.forEach(file -> found.add(file.getFileName().toString()));
      } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
        return new TreeSet<>(); // then the missing file is all that can be said
      }
    }
    return found;
  }
}
