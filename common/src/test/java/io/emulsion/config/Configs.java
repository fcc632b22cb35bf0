package io.emulsion.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Short ways to a configuration. */
final class Configs {
  /** What a detection needs at the least. */
  static final String[] DETECTION = {"task=detection", "input.format=voc"};

  private Configs() {}

  /** The configuration that {@code --set} with each of {@code keysAndValues} makes. */
  static EmulsionConfig with(String... keysAndValues) {
    List<Setting> settings =
        new ArrayList<>(List.of(Setting.input(List.of("photos")), Setting.output("mixed")));
    Arrays.stream(keysAndValues).map(Setting::set).forEach(settings::add);
    return ConfigReader.read(null, settings);
  }
}
