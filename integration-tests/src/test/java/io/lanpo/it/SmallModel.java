package io.lanpo.it;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A model folder as from Hugging Face, of a size that computes at once. */
final class SmallModel {
  private SmallModel() {}

  /**
   * Random weights of a very small decoder, with a token for each character and a template.
   *
   * @param model an empty folder
   * @return the folder
   */
  static Path in(Path model) throws IOException {
    Path weights = ProductOptions.home().resolveSibling("integration-tests/peers/fixtures/qwen2");
    try (Stream<Path> files = Files.list(weights)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    Path config = model.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"max_position_embeddings\": 128", "\"max_position_embeddings\": 4096"));
    StringBuilder vocabulary =
        new StringBuilder("\"<pad>\": 0, \"<bos>\": 1, \"<eos>\": 2, \"<unk>\": 3");
    vocabulary.append(", \"\\n\": 4");
    for (char c = ' '; c < 'z' + 1; c++) {
      String written = c == '"' || c == '\\' ? "\\" + c : String.valueOf(c);
      vocabulary.append(", \"%s\": %d".formatted(written, 5 + c - ' '));
    }
    Files.writeString(
        model.resolve("tokenizer.json"),
        """
        {"version": "1.0",
         "added_tokens": [{"id": 2, "content": "<eos>", "single_word": false, "lstrip": false,
                           "rstrip": false, "normalized": false, "special": true}],
         "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[\\\\s\\\\S]"},
                           "behavior": "Isolated", "invert": false},
         "decoder": {"type": "Fuse"},
         "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "<unk>"}}
        """
            .formatted(vocabulary));
    Files.writeString(
        model.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ");
    return model;
  }
}
