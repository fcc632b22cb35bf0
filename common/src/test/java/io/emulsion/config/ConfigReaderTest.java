package io.emulsion.config;

import static io.emulsion.config.Configs.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String PATHS = "input.path: photos\noutput.path: mixed\n";

  private static final String OF_LAMBDA =
      "mix.lambda.distribution, mix.lambda.alpha, mix.lambda.beta, mix.lambda.low, mix.lambda.high,"
          + " mix.lambda.value, mix.lambda.fold";

  @TempDir private Path folder;

  private EmulsionConfig read(String yaml, Setting... overrides) {
    return read(yaml.getBytes(StandardCharsets.UTF_8), overrides);
  }

  private EmulsionConfig read(byte[] yaml, Setting... overrides) {
    try {
      Files.write(file(), yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ConfigReader.read(file(), List.of(overrides));
  }

  private Path file() {
    return folder.resolve("my.yaml");
  }

  /** Checks that {@code yaml} is refused with {@code message}, of which the file is left out. */
  private void assertRefused(String yaml, String message) {
    assertRefused(yaml.getBytes(StandardCharsets.UTF_8), message);
  }

  private void assertRefused(byte[] yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("%s", file() + message)
        .extracting(e -> ((EmulsionException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  private static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf"))) {
      return files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void readsTheConfigurationsThatComeWithEmulsion(Path file) {
    EmulsionConfig config =
        ConfigReader.read(file, List.of(Setting.input(List.of("a")), Setting.output("b")));
    assertThat(config.canonical()).isNotEqualTo(with().canonical());
  }

  @Test
  void comesWithTheseConfigurations() throws IOException {
    assertThat(configurations())
        .extracting(path -> path.getFileName().toString())
        .contains("quick.yaml", "imagenet.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "mix:\n", "mix: {}\nimage:\n  # size: 3\n"})
  void anEmptyFileMeansTheDefaults(String yaml) {
    assertThat(read(yaml, Setting.input(List.of("photos")), Setting.output("mixed")))
        .isEqualTo(with());
  }

  @Test
  void readsNestedAndDottedKeysAlike() {
    EmulsionConfig expected = with("mix.lambda.alpha=0.2", "mix.views=3", "image.size=[8, 9]");
    assertThat(
            read(
                PATHS
                    + "mix:\n  lambda:\n    alpha: 0.2\n  views: 3\n"
                    + "image:\n  size:\n    - 8\n    - 9\n"))
        .isEqualTo(expected);
    assertThat(read(PATHS + "mix.lambda: {alpha: 0.2}\nmix.views: '3'\nimage.size: [8, 9]\n"))
        .isEqualTo(expected);
    assertThat(read(PATHS + "mix: {lambda.alpha: 0.2, views: 3}\r\nimage.size: [8, 9]\r\n"))
        .isEqualTo(expected);
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() {
    assertThat(read("\uFEFF" + PATHS)).isEqualTo(with());
  }

  @Test
  void theLastSettingWins() {
    EmulsionConfig config =
        read(
            PATHS + "mix.views: 2\n",
            Setting.set("mix.views=3"),
            Setting.set("mix.views=4"),
            Setting.set("input.path=a"),
            Setting.input(List.of("b", "c")),
            Setting.output("d"),
            Setting.set("output.path=e=f"));
    assertThat(config.pairing().views()).isEqualTo(4);
    assertThat(config.input().paths()).containsExactly("b", "c");
    assertThat(config.output().path()).isEqualTo("e=f");
  }

  @Test
  void namesTheLineOfAnUnknownKey() {
    assertRefused(
        "\nmix:\n  lambda:\n    # comment\n    aplha: 2\n",
        ":5: unknown key 'mix.lambda.aplha'. Did you mean 'mix.lambda.alpha'?");
    assertRefused("mxi: {views: 2}\n", ":1: unknown key 'mxi'. Did you mean 'mix'?");
    assertRefused(
        "augment.flip: a\n",
        ":1: unknown key 'augment.flip'. "
            + "Known are task and the groups input, label, image, mix, mix.lambda, output, read");
    assertRefused(
        "mix.lambda.standard-deviation: 0\n",
        ":1: unknown key 'mix.lambda.standard-deviation'. Known are " + OF_LAMBDA);
  }

  @Test
  void namesTheLineOfARefusedValue() {
    assertRefused(
        PATHS + "mix:\n  views:\n    two\n", ":4: mix.views must be a whole number, but is 'two'");
    assertRefused(PATHS + "mix:\n  views: 0\n", ":4: mix.views must be from 1 to 999, but is 0");
    assertRefused(
        PATHS + "image:\n  size: [0,\n   1]\n",
        ":4: image.size must be from 1 to 8192 a side, but is [0, 1]");
    assertRefused("mix:\n  views:\n", ":2: mix.views has no value: give one or leave the key out");
    assertRefused(
        "mix:\n  lambda: 0.2\n", ":2: mix.lambda is a group of keys: set one of " + OF_LAMBDA);
  }

  @Test
  void namesTheLineOfTheKeyAndNotOfOneThatItsNameBeginsWith() {
    assertRefused(
        PATHS + "mix.views: 2\nmix.views-per-pass: 0\n",
        ":4: mix.views-per-pass must be from 1 to 64, but is 0");
  }

  @Test
  void refusesAKeyThatIsSetTwice() {
    assertRefused(
        "mix:\n  views: 2\nmix.views: 3\n",
        ":3: mix.views is set twice, first at " + file() + ":2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'mix:\n\tviews: 2'|:2: this is not well-formed: found character '\\t(TAB)' that cannot"
            + " start any token. (Do not use \\t(TAB) for indentation)",
        "'mix:\n  views: 2\n seed: 3'|:3: this is not well-formed: expected <block end>, but found"
            + " '<block mapping start>'",
        "'\n\nmix: {views: 2'|:3: this is not well-formed: expected ',' or '}', but got <stream"
            + " end>",
        "'mix.seed: \u0001'|:1: this is not well-formed: special characters are not allowed"
      })
  void namesTheLineOfASyntaxError(String yaml, String message) {
    assertRefused(yaml, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "- mix.views: 2", "[[[[", "3"})
  void refusesADocumentWithoutKeys(String yaml) {
    assertRefused(yaml, ":1: expected keys with values, such as 'mix.views: 4'");
  }

  @Test
  void refusesASecondDocument() {
    assertRefused(
        PATHS + "---\nmix.views: 2\n",
        ":4: only one document is read, but another one starts here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mix.seed: *a", "mix: &a {views: 2}", "mix.seed: !!int 3", "mix.seed: !!java.net.URL [x]",
        "input.path: [&a b, *a]", "input.path: &a [b]", "&a mix.seed: 3", "!!map\nmix.seed: 3"
      })
  void refusesAliasesAndTags(String yaml) {
    assertRefused(
        yaml,
        ":1: YAML's anchors (&), aliases (*) and tags (!) are not used here: quote the value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mix.seed: [", "[", "{", "? ", "- ", "mix: {"})
  void refusesDeepNestingAtOnce(String opening) {
    assertThatThrownBy(() -> read(opening.repeat((1 << 20) / opening.length())))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith(file() + ":1: ");
  }

  @Test
  void cutsALongValueInItsMessage() {
    assertThatThrownBy(() -> read(PATHS + "mix.seed: " + "9".repeat(1_000_000)))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith(file() + ":3: mix.seed must fit 64 bits, but is 999")
        .hasMessageEndingWith("999...");
    assertThatThrownBy(() -> read("? *" + "a".repeat(1_000_000) + "\n: 1"))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith(file() + ":1: this is not well-formed: ")
        .hasMessageEndingWith("aaa...");
  }

  @Test
  void refusesFilesThatAreNone() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> ConfigReader.read(missing, List.of()))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("%s: there is no such file", missing);
    assertThatThrownBy(() -> ConfigReader.read(folder, List.of()))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("%s: this is a folder: name a YAML file", folder);
    assertRefused(new byte[] {'#', (byte) 0xE9}, ": this is not UTF-8: save it so");
    assertRefused("#".repeat((1 << 20) + 1), ": this is larger than 1 MiB: name a YAML file");
    assertThat(read(PATHS + "#".repeat((1 << 20) - PATHS.length()))).isEqualTo(with());
  }

  @Test
  void asksForMissingPaths() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("input.path is missing: give --input DIR or set it in the configuration");
    assertThatThrownBy(() -> read("", Setting.input(List.of("photos"))))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("output.path is missing: give --output DIR or set it in the configuration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mix.viws=2|--set mix.viws=2: unknown key 'mix.viws'. Did you mean 'mix.views'?",
        "mix.views|--set mix.views: write --set key=value",
        "=2|--set =2: write --set key=value",
        "mix={views: 2}|--set mix={views: 2}: set one key, such as mix.views=4",
        "mix.views=2=3|--set mix.views=2=3: mix.views must be a whole number, but is '2=3'",
        "mix.views=[2|--set mix.views=[2: this is not well-formed: expected ',' or ']', but got"
            + " <stream end>"
      })
  void refusesTheOverride(String set, String message) {
    assertThatThrownBy(() -> with(set))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("%s", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.path=s3a://key:SECRET@bucket/a",
        "input.path=[a, 's3a://key:SECRET@bucket/a']",
        "output.path=s3a://key:SECRET@bucket/a",
        "inputt.path=s3a://key:SECRET@bucket/a",
        "mix.views=s3a://key:SECRET@bucket/a",
        "output.split=s3a://key:SECRET@bucket/a",
        "output.path=\"s3a://key:SECRET@bucket/a",
        "s3a://key:SECRET@bucket/a=2",
        "s3a://key:SECRET@bucket/a"
      })
  void neverRepeatsCredentials(String set) {
    assertThatThrownBy(() -> with(set))
        .isInstanceOf(EmulsionException.class)
        .hasMessageStartingWith("--set ")
        .hasMessageContaining("://***@")
        .hasMessageNotContaining("SECRET")
        .hasNoCause();
  }

  @Test
  void refusesCredentialsInAFileAndInShorthands() {
    String advice = " holds a user name or key before the '@': give credentials to Spark instead";
    assertRefused("input.path: s3a://k:s@b\noutput.path: mixed\n", ":1: input.path" + advice);
    assertThatThrownBy(() -> read(PATHS, Setting.output("s3a://k:s@b")))
        .isInstanceOf(EmulsionException.class)
        .hasMessage("%s", "--output: output.path" + advice);
  }
}
