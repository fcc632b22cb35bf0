package io.emulsion.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads nested and dotted keys from YAML or JSON. Depth is bounded by the known keys, and aliases
 * are refused, so that no text grows on reading.
 */
final class SettingsReader {
  private final JsonParser parser;
  private final IntFunction<String> places;
  private final Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);

  /**
   * @param places from a line number to what messages start with
   */
  private SettingsReader(JsonParser parser, IntFunction<String> places) {
    this.parser = parser;
    this.places = places;
  }

  /** The settings of a YAML document, or none if it is empty. */
  static List<Setting> readYaml(String yaml, String file) {
    return read(new YAMLFactory(), yaml, "", line -> file + ":" + line);
  }

  /** The settings of a JSON object. */
  static List<Setting> readJson(String json, String place) {
    return read(new JsonFactory(), json, "", line -> place);
  }

  /** The one setting that {@code key} and a YAML value make. */
  static Setting readValue(String key, String yaml, String place) {
    List<Setting> settings = read(new YAMLFactory(), yaml, key, line -> place);
    if (settings.size() != 1 || !settings.get(0).key().key().equals(key)) {
      throw EmulsionException.usage("%s: set one key, such as mix.views=4", place);
    }
    return settings.get(0);
  }

  private static List<Setting> read(
      JsonFactory syntax, String text, String path, IntFunction<String> places) {
    try (JsonParser parser = syntax.createParser(text)) {
      SettingsReader reader = new SettingsReader(parser, places);
      reader.readAll(path);
      return List.copyOf(reader.settings.values());
    } catch (JsonProcessingException e) {
      // Not kept as the cause: its text quotes the line, which may hold credentials.
      throw EmulsionException.usage(
          "%s: this is not well-formed: %s", places.apply(lineOf(e)), problemOf(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String has no I/O errors
    }
  }

  private static int lineOf(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      return yaml.getProblemMark().getLine() + 1;
    }
    JsonLocation location = e.getLocation();
    return location == null ? 1 : Math.max(1, location.getLineNr());
  }

  private static String problemOf(JsonProcessingException e) {
    String problem =
        e.getCause() instanceof MarkedYAMLException yaml
            ? yaml.getProblem()
            : e.getOriginalMessage().lines().findFirst().orElse("syntax error");
    return Credentials.hidden(problem);
  }

  private void readAll(String path) throws IOException {
    JsonToken token = parser.nextToken();
    if (path.isEmpty()) {
      if (token == null || token == JsonToken.VALUE_NULL) {
        return;
      }
      requirePlain();
      if (token != JsonToken.START_OBJECT) {
        throw error("expected keys with values, such as 'mix.views: 4'");
      }
      readSection("");
    } else {
      readKey(path, here());
    }
    if (parser.nextToken() != null) {
      throw error("only one document is read, but another one starts here");
    }
  }

  /** Reads up to the end of the object that the parser stands at. */
  private void readSection(String section) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      requirePlain();
      String name = parser.getText();
      String place = here();
      parser.nextToken();
      readKey(section.isEmpty() ? name : section + "." + name, place);
    }
  }

  /** Reads the value that the parser stands at. */
  private void readKey(String path, String place) throws IOException {
    ConfigKey key = ConfigKey.named(path).orElse(null);
    if (key == null && !ConfigKey.sections().contains(path)) {
      throw unknown(path, place);
    }
    requirePlain();
    if (key != null) {
      put(readSetting(key, place));
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      readSection(path);
    } else if (!isNull()) { // A section whose keys are all commented out is none.
      throw EmulsionException.usage(
          "%s: %s is a group of keys: set one of %s", place, path, keysBelow(path));
    }
  }

  private Setting readSetting(ConfigKey key, String place) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return new Setting(key, readList(key), true, place);
    }
    requireScalar(key, place);
    return new Setting(key, List.of(parser.getText()), false, place);
  }

  private List<String> readList(ConfigKey key) throws IOException {
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      requirePlain();
      requireScalar(key, here());
      texts.add(parser.getText());
    }
    return texts;
  }

  private void requireScalar(ConfigKey key, String place) {
    if (isNull()) {
      throw EmulsionException.usage(
          "%s: %s has no value: give one or leave the key out", place, key);
    }
    if (!parser.currentToken().isScalarValue()) {
      throw EmulsionException.usage(
          "%s: %s must be one value%s, but holds %s",
          place,
          key,
          key.takesList() ? " or a list of values" : "",
          parser.currentToken() == JsonToken.START_OBJECT ? "keys" : "a list of lists");
    }
  }

  /** A value that ends with the document ({@code --set key=}) is no token at all. */
  private boolean isNull() {
    return parser.currentToken() == null || parser.currentToken() == JsonToken.VALUE_NULL;
  }

  private void requirePlain() throws IOException {
    boolean alias = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    if (alias || parser.getObjectId() != null || parser.getTypeId() != null) {
      throw error(
          "YAML's anchors (&), aliases (*) and tags (!) are not used here: quote the value");
    }
  }

  private void put(Setting setting) {
    Setting earlier = settings.putIfAbsent(setting.key(), setting);
    if (earlier != null) {
      throw EmulsionException.usage(
          "%s: %s is set twice, first at %s", setting.place(), setting.key(), earlier.place());
    }
  }

  private static EmulsionException unknown(String path, String place) {
    Set<String> sections = ConfigKey.sections();
    List<String> known =
        Stream.concat(Arrays.stream(ConfigKey.values()).map(ConfigKey::key), sections.stream())
            .toList();
    String parent = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    String advice =
        Suggestion.of(path, known)
            .map(meant -> "Did you mean '" + meant + "'?")
            .orElseGet(
                () ->
                    sections.contains(parent)
                        ? "Known are " + keysBelow(parent)
                        : "Known are task and the groups " + String.join(", ", sections));
    return EmulsionException.usage(
        "%s: unknown key '%s'. %s", place, Credentials.hidden(path), advice);
  }

  private static String keysBelow(String section) {
    return Arrays.stream(ConfigKey.values())
        .map(ConfigKey::key)
        .filter(key -> key.startsWith(section + "."))
        .collect(Collectors.joining(", "));
  }

  private EmulsionException error(String problem) {
    return EmulsionException.usage("%s: %s", here(), problem);
  }

  private String here() {
    return places.apply(Math.max(1, parser.currentTokenLocation().getLineNr()));
  }
}
