package io.emulsion.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README says of options and tests is so. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void listsEveryOptionAsTheReaderKnowsIt() throws IOException {
    List<String> rows =
        readme().lines().filter(line -> line.matches("\\| `[a-z]+(\\.[a-z-]+)*` \\| .*")).toList();
    List<String> expected =
        Stream.of(ConfigKey.values())
            .map(
                key ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            key.key(),
                            key.defaultText().map(text -> "`" + text + "`").orElse(""),
                            key.description()))
            .toList();
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void namesOnlyTestsThatExist() throws IOException {
    List<String> named =
        Pattern.compile("`(\\w+Test|[\\w.]+/\\w+\\.py|\\.ci/python/[\\w/]+\\.py)`")
            .matcher(readme())
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(named).isNotEmpty();
    for (String test : named) {
      assertThat(exists(test)).as(test).isTrue();
    }
  }

  private static boolean exists(String test) throws IOException {
    if (test.endsWith(".py")) {
      return Files.exists(ROOT.resolve(test));
    }
    for (String module : List.of("common", "spark-jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        if (files.anyMatch(file -> file.endsWith(test + ".java"))) {
          return true;
        }
      }
    }
    return false;
  }
}
