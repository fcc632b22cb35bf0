package io.emulsion.shard.files;

import io.emulsion.shard.ShardContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Ultralytics' {@code data.yaml}. Its paths start at the file's own folder. */
final class DataYaml {
  private DataYaml() {}

  static String ofView(ShardContext context) {
    return of(List.of(FileNames.IMAGES), context);
  }

  static String ofAllViews(int views, ShardContext context) {
    List<String> folders =
        IntStream.range(0, views)
            .mapToObj(v -> String.format(Locale.ROOT, "view-%03d/%s", v, FileNames.IMAGES))
            .toList();
    return of(folders, context);
  }

  private static String of(List<String> folders, ShardContext context) {
    StringBuilder yaml = new StringBuilder("train: " + folders + "\n");
    yaml.append(
        "# Ultralytics asks for one. These images are mixed: name a folder of others here.\n");
    yaml.append("val: ").append(folders.get(folders.size() - 1)).append("\nnames:\n");
    List<String> classes = context.classes();
    for (int label = 0; label < classes.size(); label++) {
      yaml.append("  ").append(label).append(": ").append(quoted(classes.get(label))).append('\n');
    }
    return yaml.toString();
  }

  /** In YAML's double quotes, with all that some reader might fold or refuse escaped. */
  private static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    name.codePoints().forEach(c -> text.append(escaped(c)));
    return text.append('"').toString();
  }

  private static String escaped(int c) {
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
      return Character.toString(c);
    }
    return String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
  }
}
