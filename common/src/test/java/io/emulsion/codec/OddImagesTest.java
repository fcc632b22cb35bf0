package io.emulsion.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.emulsion.RealImages;
import io.emulsion.natives.TestPixels;
import io.emulsion.sample.Background;
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
          Map.entry("png_decompression_dos.png", "TOO_COMPLEX"),
          Map.entry("truncated_end_chunk.png", "TRUNCATED"),
          Map.entry("truncated_image.png", "TRUNCATED"),
          Map.entry("truncated_jpeg.jpg", "TRUNCATED"),
          Map.entry("ultrahdr.jpg", "TRUNCATED"),
          Map.entry("unknown_compression_method.png", "CORRUPT"),
          Map.entry("xcrn0g04.png", "UNSUPPORTED_FORMAT"),
          Map.entry("xcsn0g01.png", "CORRUPT"),
          Map.entry("xdtn0g01.png", "CORRUPT"),
          Map.entry("xhdn0g08.png", "CORRUPT"));

  /**
   * Pillow 13's mean red, green and blue; the second triple is over white where that differs. Of 16
   * bits, the means of the upper 8.
   */
  private static final String MEANS =
      """
          pil_sample_cmyk.jpg | 30.2 5.4 7.4
          jpg-cmyk-1.jpg | 127.5 127.5 43.8
          rgb.jpg | 68.0 31.5 32.6
          cat.jpg | 137.5 143.2 128.0
          hopper_gray.jpg | 84.7 84.7 84.7
          grayscale_16x24_sampling2x2.jpg | 117.5 117.5 117.5
          testimgari.jpg | 146.4 90.5 81.5
          testorig.jpg | 146.4 90.5 81.5
          restarts.jpg | 127.5 127.6 44.1
          jpg-size-1x1.jpg | 127.0 127.0 39.0
          jpeg_ff00_header.jpg | 116.4 78.9 77.2
          junk_jpeg_header.jpg | 117.1 115.8 116.8
          sugarshack.mpo | 120.5 108.9 99.1
          invalid-exif.jpg | 92.1 92.1 92.1
          dc-predictor-overflow.jpg | 143.9 143.9 143.9
          Portrait_0.jpg | 144.5 155.8 163.1
          Portrait_1.jpg | 144.4 155.7 163.0
          Portrait_2.jpg | 144.5 155.7 163.1
          Portrait_3.jpg | 144.5 155.7 163.0
          Portrait_4.jpg | 144.5 155.7 163.0
          Portrait_5.jpg | 144.5 155.8 163.1
          Portrait_6.jpg | 144.5 155.8 163.1
          Portrait_7.jpg | 144.4 155.7 163.0
          Portrait_8.jpg | 144.5 155.8 163.1
          exif2c08.png | 214.1 236.1 119.0
          xmp_tags_orientation_exiftool.png | 32.5 32.5 32.5 | 193.8 193.8 193.8
          basn0g08.png | 127.0 127.0 127.0
          basn0g16.png | 144.2 144.2 144.2
          basn2c08.png | 191.2 191.2 191.2
          basn2c16.png | 127.5 127.5 43.8
          basn3p08.png | 135.3 135.3 111.4
          basn4a08.png | 63.3 63.3 63.3 | 191.2 191.2 191.2
          basn6a08.png | 50.1 95.3 47.2 | 178.1 223.2 175.2
          basn6a16.png | 39.8 39.8 19.9 | 215.2 215.2 195.2
          basi2c08.png | 191.2 191.2 191.2
          basi6a16.png | 39.8 39.8 19.9 | 215.2 215.2 195.2
          tbbn3p08.png | 54.1 61.3 56.3 | 167.1 174.4 169.3
          tbrn2c08.png | 54.4 61.6 56.5 | 167.2 174.4 169.3
          s01n3p01.png | 0.0 0.0 255.0
          g25n2c08.png | 35.3 59.4 60.3
          mode_16bit.png | 255.0 0.0 0.0
          n02692877_airship.JPEG | 184.8 184.8 184.8
          n02951585_can_opener.JPEG | 139.5 128.8 93.5
          n01871265_tusker.JPEG | 120.8 122.5 103.5
          derived-png-named.JPEG | 89.7 80.1 95.4
          derived-jpeg-named.png | 89.7 80.1 95.4
          derived-no-extension | 119.3 132.0 94.1
          derived name with spaces é 図.jpg | 89.7 80.1 95.3
          derived-trailing-garbage.jpg | 115.6 125.2 58.8
          derived-bitflips.jpg | 68.5 90.9 77.7
      """;

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

  @Test
  void picturesHaveTheColoursThatPillowGives() throws IOException, BadImageException {
    Map<String, String> means = new LinkedHashMap<>();
    MEANS.lines().map(line -> line.strip().split(" \\| ", 2)).forEach(l -> means.put(l[0], l[1]));
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (Map.Entry<String, String> row : means.entrySet()) {
        String[] ofBackground = row.getValue().split(" \\| ", -1);
        assertColours(codec, row.getKey(), Background.BLACK, ofBackground[0]);
        assertColours(codec, row.getKey(), Background.WHITE, ofBackground[ofBackground.length - 1]);
      }
      for (String name : table().keySet()) {
        assertThat(means.containsKey(name))
            .as(name)
            .isEqualTo(outcome(codec, bytes(name)).equals("decodes"));
      }
    }
  }

  private static void assertColours(
      OpenCvCodec codec, String name, Background background, String wanted)
      throws IOException, BadImageException {
    byte[] bytes = bytes(name);
    ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
    String[] means = wanted.split(" ", -1);
    boolean large = header.height() >= 100 && header.width() >= 100;
    boolean shrinks = header.format() == ImageFormat.JPEG && large;
    for (int denominator : shrinks ? new int[] {1, 2, 4, 8} : new int[] {1}) {
      // Shrunk pictures include the padding of the last blocks, and CMYK is not linear.
      double tolerance = denominator == 1 ? 2 : 14;
      Image image = codec.decode(bytes, header, denominator, background).kept();
      for (int channel = 0; channel < 3; channel++) {
        assertThat(mean(image, channel))
            .as("%s over %s, 1/%s, channel %s", name, background, denominator, channel)
            .isCloseTo(Double.parseDouble(means[channel]), offset(tolerance));
      }
    }
    Map<String, String> row = table().getOrDefault(name, Map.of());
    assertThat(header.width()).isEqualTo(Integer.parseInt(row.getOrDefault("width", "")));
    assertThat(header.height()).isEqualTo(Integer.parseInt(row.getOrDefault("height", "")));
  }

  /** Files that claim or inflate to gigabytes. */
  @Test
  void bombsCostNoMemory() throws IOException {
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (Map.Entry<String, Map<String, String>> row : table().entrySet()) {
        if (row.getValue().getOrDefault("category", "").equals("bomb")) {
          byte[] bytes = bytes(row.getKey());
          resetPeak();
          long before = residentPeakKilobytes();
          assertThat(outcome(codec, bytes)).as(row.getKey()).isNotEqualTo("decodes");
          assertThat(residentPeakKilobytes() - before).as(row.getKey()).isLessThan(32 << 10);
        }
      }
    }
  }

  /** Makes the peak what is resident now. */
  private static void resetPeak() throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
  }

  private static long residentPeakKilobytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
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
              codec.encode(
                  TestPixels.of(new Image(header.height(), header.width(), white)),
                  ImageFormat.PNG,
                  95);
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
