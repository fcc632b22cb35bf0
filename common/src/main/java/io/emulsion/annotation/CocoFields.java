package io.emulsion.annotation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.emulsion.error.EmulsionException;
import io.emulsion.sample.Box;
import io.emulsion.sample.RunLengths;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one object of a COCO file; a field that comes twice counts as it came last. */
final class CocoFields {
  private static final int MOST_CHARACTERS = 4096;

  private final JsonParser parser;
  private final Function<String, EmulsionException> damaged;

  private @Nullable String id;
  private @Nullable String image;
  private @Nullable String category;
  private @Nullable String fileName;
  private @Nullable String name;
  private int height;
  private int width;
  private final double[] corners = new double[4];
  private double area = Double.NaN;
  private double weight = 1;
  private boolean crowd;
  private boolean hasMask;
  private long[] maskSize = {};
  private @Nullable String compressed;
  private int @Nullable [] counts;

  /**
   * @param damaged makes an error of a problem
   */
  CocoFields(JsonParser parser, Function<String, EmulsionException> damaged) {
    this.parser = parser;
    this.damaged = damaged;
    Arrays.fill(corners, Double.NaN);
  }

  /** Reads the field whose name the parser stands at. */
  void read() throws IOException {
    String field = parser.currentName();
    JsonToken value = parser.nextToken();
    switch (field) {
      case "id" -> id = name(field, value);
      case "image_id" -> image = name(field, value);
      case "category_id" -> category = name(field, value);
      case "file_name" -> fileName = text(field, value);
      case "name" -> name = text(field, value);
      case "height" -> height = side(field, value);
      case "width" -> width = side(field, value);
      case "bbox" -> readCorners(value);
      case "area" -> area = number(value);
      case "weight" -> weight = number(value);
      case "iscrowd" -> crowd = value == JsonToken.VALUE_TRUE || number(value) == 1;
      case "segmentation" -> readMask(value);
      default -> parser.skipChildren();
    }
  }

  CocoItem image() {
    String path = fileName;
    if (id == null || path == null) {
      throw damaged.apply("an image has no " + (id == null ? "id" : "file_name"));
    }
    String below =
        FileNames.below(path)
            .orElseThrow(
                () ->
                    damaged.apply(
                        "file_name '" + path + "' does not lie below the folder of the images"));
    return new CocoItem.Image(id, below, height, width);
  }

  CocoItem category() {
    if (id == null || name == null) {
      throw damaged.apply("a category has no " + (id == null ? "id" : "name"));
    }
    try {
      return new CocoItem.Category(Long.parseLong(id), name);
    } catch (NumberFormatException e) {
      throw damaged.apply("the id of a category is no whole number: '" + id + "'");
    }
  }

  CocoItem annotated() {
    Optional<RunLengths> mask = crowd && hasMask ? mask() : Optional.empty();
    Box box =
        new Box(
            corners[0],
            corners[1],
            corners[0] + corners[2],
            corners[1] + corners[3],
            0,
            weight >= 0 && weight <= 1 ? weight : 1,
            crowd,
            false,
            area,
            mask.orElse(null));
    String where = id == null ? "an annotation" : "annotation " + id;
    boolean badMask = crowd && hasMask && mask.isEmpty();
    return new CocoItem.Annotated(
        id, image, new RawBox(where, category == null ? "" : category, box, badMask));
  }

  private Optional<RunLengths> mask() {
    if (maskSize.length != 2) {
      return Optional.empty();
    }
    if (compressed != null) {
      return RunLengthParser.of(maskSize[0], maskSize[1], compressed);
    }
    return counts == null ? Optional.empty() : RunLengthParser.of(maskSize[0], maskSize[1], counts);
  }

  /** A whole number or a string; null for null. */
  private @Nullable String name(String field, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_NUMBER_INT -> Long.toString(parser.getLongValue());
      case VALUE_STRING -> text(field, value);
      case VALUE_NULL -> null;
      default -> throw damaged.apply(field + " is neither a whole number nor a string");
    };
  }

  private @Nullable String text(String field, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw damaged.apply(field + " is no string");
    }
    String text = parser.getText();
    if (text.length() > MOST_CHARACTERS) {
      throw damaged.apply(field + " has " + text.length() + " characters");
    }
    return text;
  }

  /** Pixels; 0 for what is not stated. */
  private int side(String field, JsonToken value) throws IOException {
    double side = number(value);
    if (side > Integer.MAX_VALUE || (side != Math.rint(side) && !Double.isNaN(side))) {
      throw damaged.apply(field + " is no number of pixels: " + parser.getText());
    }
    return side > 0 ? (int) side : 0; // NaN too
  }

  /** NaN for what is no number; whatever it holds is passed over. */
  private double number(JsonToken value) throws IOException {
    parser.skipChildren();
    return value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
  }

  /** Four numbers; another count of them makes none. */
  private void readCorners(JsonToken value) throws IOException {
    Arrays.fill(corners, Double.NaN);
    if (value != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    int size = 0;
    for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; size++) {
      double number = number(ofList(next));
      if (size < corners.length) {
        corners[size] = number;
      }
      next = parser.nextToken();
    }
    if (size != corners.length) {
      Arrays.fill(corners, Double.NaN);
    }
  }

  private JsonToken ofList(@Nullable JsonToken token) {
    if (token == null) {
      throw damaged.apply("it ends early");
    }
    return token;
  }

  private void readMask(JsonToken value) throws IOException {
    maskSize = new long[0];
    compressed = null;
    counts = null;
    hasMask = value == JsonToken.START_OBJECT;
    if (!hasMask) {
      parser.skipChildren(); // polygons
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken content = parser.nextToken();
      if (field.equals("size") && content == JsonToken.START_ARRAY) {
        int[] size = wholeNumbers();
        maskSize = Arrays.stream(size).asLongStream().toArray();
      } else if (field.equals("counts") && content == JsonToken.START_ARRAY) {
        counts = wholeNumbers();
      } else if (field.equals("counts") && content == JsonToken.VALUE_STRING) {
        compressed = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
  }

  /** The whole numbers of a list; -1 stands for what is none. */
  private int[] wholeNumbers() throws IOException {
    int[] numbers = new int[16];
    int size = 0;
    for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; ) {
      double number = number(ofList(next));
      if (size == RunLengthParser.MOST_RUNS) {
        throw damaged.apply("a mask has more than " + size + " runs");
      }
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      boolean whole = number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
      numbers[size++] = whole ? (int) number : -1;
      next = parser.nextToken();
    }
    return Arrays.copyOf(numbers, size);
  }
}
