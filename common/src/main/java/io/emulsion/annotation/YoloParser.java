package io.emulsion.annotation;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import io.emulsion.sample.Box;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads YOLO's label file of one image: in each line the class number and either centre, width and
 * height of a box, or the points of a polygon, which becomes the box around it; all as fractions of
 * the image's sides.
 */
public final class YoloParser {
  private static final int NUMBERS_OF_BOX = 5;
  private static final int LEAST_NUMBERS_OF_POLYGON = 7;

  private YoloParser() {}

  /**
   * The annotation of one image.
   *
   * @param file named in errors
   * @throws EmulsionException (bad inputs) if this is no such file, naming file and line
   */
  public static RawAnnotation parse(byte[] bytes, String file) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<RawBox> boxes = new ArrayList<>();
    int line = 0;
    Iterator<String> lines = text.lines().iterator();
    while (lines.hasNext()) {
      String content = lines.next().strip();
      line++;
      if (line == 1 && content.startsWith("\uFEFF")) {
        content = content.substring(1).strip();
      }
      if (!content.isEmpty()) {
        if (boxes.size() == RawAnnotation.MOST_BOXES) {
          throw damaged(file, line, "it has more than " + RawAnnotation.MOST_BOXES + " boxes");
        }
        boxes.add(box(numbers(content, file, line), file, line));
      }
    }
    return new RawAnnotation(boxes, true, 0, 0);
  }

  private static double[] numbers(String line, String file, int number) {
    String[] words = line.split("\\s+", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      numbers[i] =
          Numbers.parse(word)
              .orElseThrow(() -> damaged(file, number, "'" + shown(word) + "' is no number"));
    }
    return numbers;
  }

  private static String shown(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "...";
  }

  private static RawBox box(double[] numbers, String file, int line) {
    double category = numbers[0];
    boolean whole = category >= 0 && category <= Integer.MAX_VALUE && category == (int) category;
    if (!whole) {
      throw damaged(file, line, "the class is no whole number from 0");
    }
    boolean polygon = numbers.length >= LEAST_NUMBERS_OF_POLYGON && numbers.length % 2 == 1;
    if (numbers.length != NUMBERS_OF_BOX && !polygon) {
      throw damaged(
          file,
          line,
          "a line has a class and 4 numbers, or a class and the points of a polygon, but this has "
              + numbers.length
              + " numbers");
    }
    Box box = polygon ? around(numbers) : centred(numbers);
    return new RawBox("line " + line, Integer.toString((int) category), box, false);
  }

  private static Box centred(double[] numbers) {
    double halfWidth = numbers[3] / 2;
    double halfHeight = numbers[4] / 2;
    return box(
        numbers[1] - halfWidth,
        numbers[2] - halfHeight,
        numbers[1] + halfWidth,
        numbers[2] + halfHeight);
  }

  private static Box around(double[] numbers) {
    double left = numbers[1];
    double top = numbers[2];
    double right = left;
    double bottom = top;
    for (int i = 3; i < numbers.length; i += 2) {
      left = Math.min(left, numbers[i]);
      right = Math.max(right, numbers[i]);
      top = Math.min(top, numbers[i + 1]);
      bottom = Math.max(bottom, numbers[i + 1]);
    }
    return box(left, top, right, bottom);
  }

  private static Box box(double left, double top, double right, double bottom) {
    return new Box(left, top, right, bottom, 0, 1, false, false, Double.NaN, null);
  }

  private static EmulsionException damaged(String file, int line, String problem) {
    return EmulsionException.of(
        ExitCode.BAD_INPUTS, "%s is no YOLO label file: %s (line %d)", file, problem, line);
  }
}
