package io.emulsion.config;

import static io.emulsion.error.Checks.option;

import java.util.List;

/**
 * One key with its value as text, before it is understood.
 *
 * @param texts the value; one, unless {@code list}
 * @param list whether it was written as a list
 * @param place where it was set, as messages show it: {@code conf/imagenet.yaml:14}
 */
public record Setting(ConfigKey key, List<String> texts, boolean list, String place) {
  public Setting {
    texts = List.copyOf(texts);
  }

  /**
   * What {@code --set key=value} says, cut at the first {@code =}; the value is a YAML scalar or
   * flow list: {@code image.size=[224, 224]}.
   *
   * @throws io.emulsion.error.EmulsionException (usage) if the key is unknown or the value is none
   */
  public static Setting set(String keyAndValue) {
    String place = "--set " + Credentials.hidden(keyAndValue);
    int equals = keyAndValue.indexOf('=');
    option(equals > 0, "%s: write --set key=value", place);
    return SettingsReader.readValue(
        keyAndValue.substring(0, equals).strip(), keyAndValue.substring(equals + 1), place);
  }

  /**
   * What an API that takes options as text says: the value is a YAML scalar or flow list.
   *
   * @param place what messages begin with
   * @throws io.emulsion.error.EmulsionException (usage) if the key is unknown or the value is none
   */
  public static Setting of(String key, String yaml, String place) {
    return SettingsReader.readValue(key, yaml, place);
  }

  /** What {@code --input} says, given once or several times. */
  public static Setting input(List<String> paths) {
    return new Setting(ConfigKey.INPUT_PATH, paths, true, "--input");
  }

  /** What {@code --output} says. */
  public static Setting output(String path) {
    return new Setting(ConfigKey.OUTPUT_PATH, List.of(path), false, "--output");
  }
}
