package io.emulsion.spark.job;

import io.emulsion.config.ConfigReader;
import io.emulsion.config.EmulsionConfig;
import io.emulsion.config.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that {@code mix} and {@code plan} share. */
final class JobOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file of options; conf/ has examples.")
  private @Nullable Path config;

  @Option(
      names = "--input",
      paramLabel = "DIR",
      description = "Folder of class folders, or of a detection set (input.path); may be repeated.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--output", paramLabel = "DIR", description = "Data set to make (output.path).")
  private @Nullable String output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one option, such as mix.views=4; may be repeated.")
  private List<String> settings = new ArrayList<>();

  /** The checked configuration that file and command line make; the command line wins. */
  EmulsionConfig read() {
    List<Setting> overrides = new ArrayList<>();
    settings.forEach(setting -> overrides.add(Setting.set(setting)));
    if (!inputs.isEmpty()) {
      overrides.add(Setting.input(inputs));
    }
    if (output != null) {
      overrides.add(Setting.output(output));
    }
    return ConfigReader.read(config, overrides);
  }
}
