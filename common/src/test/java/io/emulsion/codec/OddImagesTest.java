package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.emulsion.RealImages;
import io.emulsion.sample.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that other projects use to break decoders: each has a picture or a reason. */
class OddImagesTest {
  /** JPEGs and PNGs that are not decoded; every file of another format is unsupported. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("72d091e08c93c9e590360130fa35221b.jpg", "CORRUPT"),
          Map.entry("broken.png", "TRUNCATED"),
          Map.entry("broken_data_stream.png", "CORRUPT"),
          Map.entry("derived-bomb-30000x30000.png", "TOO_LARGE"),
          Map.entry("derived-truncated-half.jpg", "TRUNCATED"),
          Map.entry("derived-truncated-header.jpg", "TRUNCATED"),
          Map.entry("derived-zero-byte.jpg", "EMPTY"),
          Map.entry("jpeg_lossless_sel1.jpg", "UNSUPPORTED_FORMAT"),
          Map.entry("missing-sof.jpg", "TRUNCATED"),
          Map.entry("monkey12.jpg", "UNSUPPORTED_FORMAT"),
          Map.entry("null_height.jpg", "CORRUPT"),
          Map.entry("testimgari.jpg", "UNSUPPORTED_FORMAT"),
          Map.entry("truncated_end_chunk.png", "TRUNCATED"),
          Map.entry("truncated_image.png", "TRUNCATED"),
          Map.entry("truncated_jpeg.jpg", "TRUNCATED"),
          Map.entry("ultrahdr.jpg", "TRUNCATED"),
          Map.entry("unknown_compression_method.png", "CORRUPT"),
          Map.entry("xcrn0g04.png", "UNSUPPORTED_FORMAT"),
          Map.entry("xcsn0g01.png", "CORRUPT"),
          Map.entry("xdtn0g01.png", "CORRUPT"),
          Map.entry("xhdn0g08.png", "CORRUPT"));

  @Test
  void everyFileDecodesOrHasItsReason() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (Map.Entry<String, Map<String, String>> row : table().entrySet()) {
        boolean read = row.getValue().getOrDefault("format", "").matches("JPEG|MPO|PNG|");
        String name = row.getKey();
        boolean text = name.matches(".*(svg|README|gif|bmp|text-named.jpg|html-named.jpg)");
        expected.put(
            name, REASONS.getOrDefault(name, read && !text ? "decodes" : "UNSUPPORTED_FORMAT"));
        actual.put(name, outcome(codec, bytes(name)));
      }
    }
    assertThat(actual).hasSize(100).isEqualTo(expected);
  }

  private static String outcome(OpenCvCodec codec, byte[] bytes) {
    try {
      codec.decode(bytes, ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS), 1);
      return "decodes";
    } catch (BadImageException e) {
      return e.reason().name();
    }
  }

  /** The oracle's mean colours: Pillow's where OpenCV shows another frame of an animation. */
  @Test
  void picturesHaveTheColoursThatOtherDecodersGive() throws IOException, BadImageException {
    int compared = 0;
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (Map.Entry<String, Map<String, String>> row : table().entrySet()) {
        byte[] bytes = bytes(row.getKey());
        if (!outcome(codec, bytes).equals("decodes")) {
          continue;
        }
        boolean animated = row.getValue().getOrDefault("category", "").equals("png-animated");
        String oracle =
            row.getValue().getOrDefault(animated ? "pil_mean_rgb" : "opencv_mean_rgb", "");
        double[] means = Stream.of(oracle.split(" ")).mapToDouble(Double::parseDouble).toArray();
        ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
        boolean large = header.height() >= 100 && header.width() >= 100;
        boolean jpeg = header.format() == ImageFormat.JPEG;
        int[] denominators = jpeg && large ? new int[] {1, 2, 4, 8} : new int[] {1};
        for (int denominator : denominators) {
          // Shrunk pictures include the padding of the last blocks, and CMYK is not linear.
          double tolerance = denominator == 1 ? 0.06 : 14;
          Image image = codec.decode(bytes, header, denominator);
          for (int channel = 0; channel < 3; channel++) {
            assertThat(mean(image, channel))
                .as("%s, 1/%s, channel %s", row.getKey(), denominator, channel)
                .isCloseTo(means[channel], offset(tolerance));
          }
        }
        assertThat(header.width())
            .isEqualTo(Integer.parseInt(row.getValue().getOrDefault("width", "")));
        assertThat(header.height())
            .isEqualTo(Integer.parseInt(row.getValue().getOrDefault("height", "")));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(45);
  }

  /** Damaged ones included: OpenCV 4.10 left the previous picture's pixels in their gaps. */
  @Test
  void picturesDoNotDependOnThePreviousOne() throws IOException, BadImageException {
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (String name : table().keySet()) {
        byte[] bytes = bytes(name);
        if (outcome(codec, bytes).equals("decodes")) {
          ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
          byte[] first = codec.decode(bytes, header, 1).rgb();
          byte[] white = Image.allocate(header.height(), header.width());
          Arrays.fill(white, (byte) 0xFF);
          byte[] png =
              codec.encode(new Image(header.height(), header.width(), white), ImageFormat.PNG, 95);
          codec.decode(png, ImageHeader.check(png, ImageHeader.DEFAULT_MAX_PIXELS), 1);
          assertThat(codec.decode(bytes, header, 1).rgb()).as(name).isEqualTo(first);
        }
      }
    }
  }

  private static double mean(Image image, int channel) {
    long sum = 0;
    for (int i = channel; i < image.sizeBytes(); i += 3) {
      sum += image.rgb()[i] & 0xFF;
    }
    return (double) sum / image.height() / image.width();
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(RealImages.folder("odd-images").resolve("files").resolve(name));
  }

  /** {@code expected.csv} by file name. */
  private static Map<String, Map<String, String>> table() throws IOException {
    Path csv = RealImages.folder("odd-images").resolve("expected.csv");
    List<String> lines = Files.readAllLines(csv);
    List<String> columns = Arrays.asList(lines.get(0).split(",", -1));
    Map<String, Map<String, String>> table = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), cells.get(i));
      }
      table.put(cells.get(0), row);
    }
    return table;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:^|,)(\"[^\"]*\"|[^,]*)").matcher(line);
    while (matcher.find()) {
      cells.add(matcher.group(1));
    }
    return cells;
  }
}
