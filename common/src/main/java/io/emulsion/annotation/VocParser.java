package io.emulsion.annotation;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads Pascal VOC's XML of one image: its size and, of each object, name, difficult flag and box.
 * A document type is refused, and with it entities of every kind: nothing but the given bytes is
 * read. The name of the image's file within is not used, since tools leave old ones there. Not
 * thread-safe.
 */
public final class VocParser {
  private static final XMLInputFactory FACTORY = factory();
  private static final int MOST_DEPTH = 100;
  private static final int MOST_CHARACTERS = 1000;

  private static final Pattern ENCODING =
      Pattern.compile(
          "(?:\u00EF\u00BB\u00BF)?<\\?xml[^>]*encoding\\s*=\\s*[\"']([\\w.-]{1,40})[\"']");

  private final String file;
  private final XMLStreamReader reader;
  private final Deque<String> path = new ArrayDeque<>();

  /** Text by the path of its element below the one it is of: {@code bndbox/xmin}. */
  private final Map<String, String> ofImage = new HashMap<>();

  private final Map<String, String> ofObject = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final List<RawBox> boxes = new ArrayList<>();
  private int line = 1;

  private VocParser(byte[] xml, String file) throws XMLStreamException {
    this.file = file;
    this.reader = FACTORY.createXMLStreamReader(new StringReader(text(xml, file)));
  }

  /** The JDK's own, whatever else the class path holds. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("it refers to another file");
        });
    return factory;
  }

  /**
   * The annotation of one image.
   *
   * @param file named in errors
   * @throws EmulsionException (bad inputs) if this is no VOC file, naming file and line
   */
  public static RawAnnotation parse(byte[] xml, String file) {
    try {
      return new VocParser(xml, file).parse();
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      // Not kept as the cause: its location cannot cross the wire from a Spark task.
      throw EmulsionException.of(ExitCode.BAD_INPUTS, "%s", message(file, line, problemOf(e)));
    }
  }

  /** Decoded here, and strictly: the JDK's reader prints what is no text to standard error. */
  private static String text(byte[] xml, String file) {
    ByteBuffer bytes = ByteBuffer.wrap(xml);
    String encoding = encoding(xml);
    try {
      String text = Charset.forName(encoding).newDecoder().decode(bytes).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IllegalArgumentException e) { // no charset that Java knows
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS, e, "%s", message(file, 1, "unknown encoding '" + encoding + "'"));
    } catch (CharacterCodingException e) {
      String before = new String(xml, 0, bytes.position(), StandardCharsets.ISO_8859_1);
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      throw EmulsionException.of(
          ExitCode.BAD_INPUTS, e, "%s", message(file, line, "it is not " + encoding));
    }
  }

  private static String encoding(byte[] xml) {
    boolean utf16 = xml.length > 1 && (xml[0] & 0xff) + (xml[1] & 0xff) == 0xfe + 0xff;
    String start = new String(xml, 0, Math.min(xml.length, 200), StandardCharsets.ISO_8859_1);
    Matcher declaration = ENCODING.matcher(start);
    return utf16 ? "UTF-16" : declaration.lookingAt() ? declaration.group(1) : "UTF-8";
  }

  /** Without the JDK's prefix, which repeats the line. */
  private static String problemOf(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.indexOf("Message: ");
    return at < 0 ? message : message.substring(at + "Message: ".length());
  }

  private RawAnnotation parse() throws XMLStreamException {
    while (reader.hasNext()) {
      int event = reader.next();
      line = Math.max(line, reader.getLocation().getLineNumber()); // -1 at the end
      switch (event) {
        case XMLStreamConstants.DTD ->
            throw damaged("it has a document type (DOCTYPE), which is not read");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw damaged("it has the entity '" + reader.getLocalName() + "', which is not read");
        case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> addText();
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {
          // Comments, white space and processing instructions say nothing.
        }
      }
    }
    return new RawAnnotation(boxes, false, side("size/height"), side("size/width"));
  }

  private void start(String name) {
    if (path.isEmpty() && !name.equals("annotation")) {
      throw damaged("its root is '" + name + "', not 'annotation'");
    }
    if (path.size() == MOST_DEPTH) {
      throw damaged("it is nested more than " + MOST_DEPTH + " deep");
    }
    path.addLast(name);
    text.setLength(0);
    if (isObject()) {
      ofObject.clear();
    }
  }

  private boolean isObject() {
    return path.size() == 2 && path.getLast().equals("object");
  }

  private void addText() {
    int left = MOST_CHARACTERS - text.length();
    if (reader.getTextLength() > left && !reader.isWhiteSpace() && !path.isEmpty()) {
      throw damaged("a text has more than " + MOST_CHARACTERS + " characters");
    }
    text.append(
        reader.getTextCharacters(), reader.getTextStart(), Math.min(left, reader.getTextLength()));
  }

  private void end() {
    List<String> names = List.copyOf(path);
    if (isObject()) {
      addBox();
    } else if (names.size() > 2 && names.get(1).equals("object")) {
      ofObject.putIfAbsent(String.join("/", names.subList(2, names.size())), text.toString());
    } else if (names.size() > 1) {
      ofImage.putIfAbsent(String.join("/", names.subList(1, names.size())), text.toString());
    }
    path.removeLast();
    text.setLength(0);
  }

  private void addBox() {
    if (boxes.size() == RawAnnotation.MOST_BOXES) {
      throw damaged("it has more than " + RawAnnotation.MOST_BOXES + " objects");
    }
    double difficult = Numbers.parse(ofObject.getOrDefault("difficult", "0")).orElse(0);
    Box box =
        new Box(
            corner("xmin"),
            corner("ymin"),
            corner("xmax"),
            corner("ymax"),
            0,
            1,
            false,
            difficult == 1,
            Double.NaN,
            null);
    String name = "object " + (boxes.size() + 1);
    boxes.add(new RawBox(name, ofObject.getOrDefault("name", "").strip(), box, false));
  }

  private double corner(String name) {
    return Numbers.parse(ofObject.getOrDefault("bndbox/" + name, "")).orElse(Double.NaN);
  }

  private int side(String name) {
    double side = Numbers.parse(ofImage.getOrDefault(name, "0")).orElse(Double.NaN);
    if (side > Integer.MAX_VALUE || (side != Math.rint(side) && !Double.isNaN(side))) {
      throw damaged(name + " is no number of pixels: " + ofImage.get(name));
    }
    return side > 0 ? (int) side : 0; // NaN too
  }

  private EmulsionException damaged(String problem) {
    return EmulsionException.of(ExitCode.BAD_INPUTS, "%s", message(file, line, problem));
  }

  private static String message(String file, int line, String problem) {
    return file + " is no Pascal VOC XML: " + problem + " (line " + line + ")";
  }
}
