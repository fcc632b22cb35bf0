package io.emulsion.shard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of which every key and its order is known, and takes everything else for damage: the
 * caller asks for what has to come next. Streams, so it holds no more than one token.
 */
final class StrictJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private final String file;
  private final JsonParser parser;

  /**
   * @param in UTF-8
   * @param file named in errors
   */
  StrictJson(InputStream in, String file) throws IOException {
    this.file = file;
    this.parser = FACTORY.createParser(in);
  }

  StrictJson(String text, String file) throws IOException {
    this.file = file;
    this.parser = FACTORY.createParser(text);
  }

  void startObject() throws IOException {
    expect(JsonToken.START_OBJECT, next());
  }

  /** Whether one more object follows, which is then entered, or the file ends here. */
  boolean startObjectUnlessEnd() throws IOException {
    return startObjectUnless(null);
  }

  /** Whether an array has one more object, which is then entered, or ends here. */
  boolean nextObject() throws IOException {
    return startObjectUnless(JsonToken.END_ARRAY);
  }

  private boolean startObjectUnless(@Nullable JsonToken end) throws IOException {
    JsonToken token = next();
    if (token == end) {
      return false;
    }
    expect(JsonToken.START_OBJECT, token);
    return true;
  }

  void endObject() throws IOException {
    expect(JsonToken.END_OBJECT, next());
  }

  /** Makes sure that nothing follows. */
  void end() throws IOException {
    if (next() != null) {
      throw damaged("more follows after its end");
    }
  }

  void startObject(String key) throws IOException {
    key(key);
    startObject();
  }

  void startArray(String key) throws IOException {
    key(key);
    expect(JsonToken.START_ARRAY, next());
  }

  /** The next string of an array; null where it ends. */
  @Nullable String nextString() throws IOException {
    return textUnless(JsonToken.END_ARRAY, JsonToken.VALUE_STRING);
  }

  /** The next key of an object whose keys are not known; null where it ends. */
  @Nullable String nextKey() throws IOException {
    return textUnless(JsonToken.END_OBJECT, JsonToken.FIELD_NAME);
  }

  private @Nullable String textUnless(JsonToken end, JsonToken expected) throws IOException {
    JsonToken token = next();
    if (token == end) {
      return null;
    }
    expect(expected, token);
    return text();
  }

  String string(String key) throws IOException {
    key(key);
    return string();
  }

  /** A string that is the value of the key just read. */
  String string() throws IOException {
    expect(JsonToken.VALUE_STRING, next());
    return text();
  }

  long number(String key, long least, long most) throws IOException {
    key(key);
    expect(JsonToken.VALUE_NUMBER_INT, next());
    long value = parsed(parser::getLongValue);
    if (value < least || value > most) {
      throw damaged(key + " is " + value + ", not in [" + least + ", " + most + "]");
    }
    return value;
  }

  int integer(String key, int least) throws IOException {
    return (int) number(key, least, Integer.MAX_VALUE);
  }

  String sha256(String key) throws IOException {
    String value = string(key);
    if (!value.matches("[0-9a-f]{" + Sha256.HEX_DIGITS + "}")) {
      throw damaged(key + " is '" + value + "', not 64 hexadecimal digits");
    }
    return value;
  }

  private void key(String key) throws IOException {
    expect(JsonToken.FIELD_NAME, next());
    if (!key.equals(parser.currentName())) {
      throw damaged("has key '" + parser.currentName() + "' where '" + key + "' belongs");
    }
  }

  private void expect(JsonToken expected, @Nullable JsonToken actual) throws DamagedShardException {
    if (actual != expected) {
      throw damaged("has " + (actual == null ? "its end" : actual) + " instead of " + expected);
    }
  }

  private @Nullable JsonToken next() throws IOException {
    return parsed(parser::nextToken);
  }

  /** The string that the parser stands on; Jackson decodes it only now. */
  private String text() throws IOException {
    return parsed(parser::getText);
  }

  private interface Step<T extends @Nullable Object> {
    T take() throws IOException;
  }

  private <T extends @Nullable Object> T parsed(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (JsonProcessingException e) {
      throw damaged(e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  DamagedShardException damaged(String what) {
    return new DamagedShardException(where() + what);
  }

  private DamagedShardException damaged(String what, Exception cause) {
    return new DamagedShardException(where() + what, cause);
  }

  private String where() {
    return file + " is damaged at line " + parser.currentLocation().getLineNr() + ": ";
  }
}
