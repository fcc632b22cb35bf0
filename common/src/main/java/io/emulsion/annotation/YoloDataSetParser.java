package io.emulsion.annotation;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the YAML file of a YOLO data set as a stream of events: aliases are never followed. */
public final class YoloDataSetParser {
  /** Larger files are refused unread. */
  public static final int MOST_BYTES = 1 << 20;

  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final JsonParser parser;
  private final String file;
  private List<String> names = List.of();
  private List<String> train = List.of();
  private String path = "";

  private YoloDataSetParser(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  /**
   * @param file named in errors
   * @throws EmulsionException (bad inputs) if this is no such file, naming file and line
   */
  public static YoloDataSet parse(byte[] yaml, String file) {
    String text = new String(yaml, StandardCharsets.UTF_8);
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new YoloDataSetParser(parser, file).parse();
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      String problem = e.getOriginalMessage().lines().findFirst().orElse("syntax error");
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS,
          e,
          "%s is no YAML of a YOLO data set: %s (line %d)",
          file,
          problem,
          location == null ? 1 : location.getLineNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a String has no I/O errors
    }
  }

  private YoloDataSet parse() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw damaged("it has no keys");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "names" -> names = value == JsonToken.START_OBJECT ? numbered() : texts(value);
        case "train" -> train = texts(value);
        case "path" -> path = texts(value).stream().findFirst().orElse("");
        default -> parser.skipChildren();
      }
    }
    return new YoloDataSet(names, path, train);
  }

  /** A list of texts, or one. */
  private List<String> texts(JsonToken value) throws IOException {
    List<String> texts = new ArrayList<>();
    if (value.isScalarValue()) {
      if (value != JsonToken.VALUE_NULL) {
        texts.add(parser.getText());
      }
      return texts;
    }
    if (value != JsonToken.START_ARRAY) {
      throw damaged("a list belongs here");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(scalar());
    }
    return texts;
  }

  /** The values of a map whose keys are the numbers from 0. */
  private List<String> numbered() throws IOException {
    SortedMap<Integer, String> byNumber = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (!key.matches("[0-9]{1,9}")) {
        throw damaged("the key of a name is no number: '" + key + "'");
      }
      parser.nextToken();
      if (byNumber.put(Integer.valueOf(key), scalar()) != null) {
        throw damaged("names has " + key + " twice");
      }
    }
    int number = 0;
    for (int key : byNumber.keySet()) {
      if (key != number) {
        throw damaged("names has no " + number + ", but " + key);
      }
      number++;
    }
    return new ArrayList<>(byNumber.values());
  }

  private String scalar() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      throw damaged("a text belongs here");
    }
    if (parser.getText().isEmpty()) {
      throw damaged("a text is empty");
    }
    return parser.getText();
  }

  private EmulsionException damaged(String problem) {
    return EmulsionException.of(
        ExitCode.BAD_INPUTS,
        "%s is no YAML of a YOLO data set: %s (line %d)",
        file,
        problem,
        parser.currentLocation().getLineNr());
  }
}
