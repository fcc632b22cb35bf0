package io.emulsion.shard.files;

import io.emulsion.shard.FolderFormat.Indexes;
import io.emulsion.shard.JsonText;
import io.emulsion.shard.ShardContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Strings the indexes of a view together into COCO's one JSON file, an object a line. */
final class CocoJson {
  private final OutputStream out;
  private String separator = "\n";

  private CocoJson(OutputStream out) {
    this.out = out;
  }

  static void write(int view, Indexes indexes, ShardContext context, OutputStream out)
      throws IOException {
    CocoJson json = new CocoJson(out);
    json.put("{\"info\":{\"description\":\"View " + view + " of a mixup training set\"},\n");
    json.put("\"categories\":[");
    json.categories(context);
    json.put("],\n\"images\":[");
    json.lines(indexes, true);
    json.put("],\n\"annotations\":[");
    json.lines(indexes, false);
    json.put("]}\n");
  }

  private void categories(ShardContext context) throws IOException {
    List<String> classes = context.classes();
    for (int label = 0; label < classes.size(); label++) {
      String name = JsonText.quoted(classes.get(label));
      element("{\"id\":" + (label + context.labelOffset()) + ",\"name\":" + name + "}");
    }
    separator = "\n";
  }

  /** All lines of images, or all others: COCO has two lists, so the indexes are read twice. */
  private void lines(Indexes indexes, boolean images) throws IOException {
    for (int shard = 0; shard < indexes.count(); shard++) {
      try (InputStream in = indexes.open(shard)) {
        IndexLines lines = new IndexLines(in);
        for (String line = lines.next(); line != null; line = lines.next()) {
          if (IndexLines.isImage(line) == images) {
            element(images ? CocoText.withoutHash(line) : line);
          }
        }
      }
    }
    separator = "\n";
  }

  private void element(String line) throws IOException {
    put(separator);
    put(line);
    separator = ",\n";
  }

  private void put(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
