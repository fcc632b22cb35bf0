package io.emulsion.annotation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads COCO's JSON ({@code images}, {@code annotations} and {@code categories} in any order) as a
 * stream: it holds one thing at a time, whatever the size of the file. Other keys are passed over,
 * polygons among them. Not thread-safe.
 */
public final class CocoParser implements Closeable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // what Python's json writes of a NaN
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private enum Section {
    IMAGES,
    ANNOTATIONS,
    CATEGORIES;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Section of(String key) {
      for (Section section : values()) {
        if (section.key().equals(key)) {
          return section;
        }
      }
      return null;
    }
  }

  private final String file;
  private final JsonParser parser;
  private final Set<Section> seen = EnumSet.noneOf(Section.class);
  private @Nullable Section section;
  private boolean started;

  /**
   * @param in of UTF-8, 16 or 32; closed with the parser
   * @param file named in errors
   * @throws EmulsionException (bad inputs) if this is no text
   */
  public CocoParser(InputStream in, String file) throws IOException {
    this.file = file;
    try {
      this.parser = FACTORY.createParser(in); // reads the first bytes, to know the encoding
    } catch (CharConversionException e) {
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS, e, "%s is no COCO JSON: %s (line 1, byte 0)", file, e.getMessage());
    }
  }

  /**
   * The next thing that is listed; null at the end of the file.
   *
   * @throws EmulsionException (bad inputs) if this is no COCO file, naming file, line and byte
   * @throws IOException if the file cannot be read
   */
  public @Nullable CocoItem next() throws IOException {
    try {
      return read();
    } catch (JsonProcessingException e) {
      throw damaged(e, e.getOriginalMessage());
    } catch (CharConversionException e) {
      throw damaged(e, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable CocoItem read() throws IOException {
    if (!started) {
      started = true;
      require(parser.nextToken() == JsonToken.START_OBJECT, "it does not start with an object");
    }
    while (true) {
      if (section == null && !findSection()) {
        return null;
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.END_ARRAY) {
        section = null;
      } else {
        require(token == JsonToken.START_OBJECT, "what it lists must be objects");
        return item();
      }
    }
  }

  /** Goes to the first element of the next section; false where there is none. */
  private boolean findSection() throws IOException {
    JsonToken token = parser.nextToken();
    while (token == JsonToken.FIELD_NAME) {
      Section next = Section.of(parser.currentName());
      JsonToken value = parser.nextToken();
      if (next != null) {
        require(value == JsonToken.START_ARRAY, "'" + next.key() + "' is no list");
        require(seen.add(next), "it has '" + next.key() + "' twice");
        section = next;
        return true;
      }
      parser.skipChildren();
      token = parser.nextToken();
    }
    require(token == JsonToken.END_OBJECT, "it ends early");
    for (Section needed : Section.values()) {
      require(seen.contains(needed), "it has no '" + needed.key() + "'");
    }
    require(parser.nextToken() == null, "more follows after its end");
    return false;
  }

  private CocoItem item() throws IOException {
    CocoFields fields = new CocoFields(parser, this::damaged);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      fields.read();
    }
    require(parser.currentToken() == JsonToken.END_OBJECT, "it ends early");
    return switch (Objects.requireNonNull(section)) {
      case IMAGES -> fields.image();
      case ANNOTATIONS -> fields.annotated();
      case CATEGORIES -> fields.category();
    };
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw damaged(problem);
    }
  }

  private EmulsionException damaged(String problem) {
    return EmulsionException.of(ExitCode.BAD_INPUTS, "%s", message(problem));
  }

  private EmulsionException damaged(Exception cause, String problem) {
    return EmulsionException.of(ExitCode.BAD_INPUTS, cause, "%s", message(problem));
  }

  private String message(String problem) {
    return file
        + " is no COCO JSON: "
        + problem
        + " (line "
        + parser.currentLocation().getLineNr()
        + ", byte "
        + parser.currentLocation().getByteOffset()
        + ")";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
