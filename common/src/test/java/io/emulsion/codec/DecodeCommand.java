package io.emulsion.codec;

import io.emulsion.sample.Background;
import io.emulsion.sample.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes what standard input lists, for {@code .ci/python/test_odd_images.py} to compare. A line
 * is, between tabs: image file, background, target file of raw RGB. Prints for each the reason why
 * it is bad, or height and width.
 */
final class DecodeCommand {
  private DecodeCommand() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (OpenCvCodec codec = new OpenCvCodec()) {
      for (String line = jobs.readLine(); line != null; line = jobs.readLine()) {
        List<String> job = Arrays.asList(line.split("\t", -1));
        byte[] bytes = Files.readAllBytes(Path.of(job.get(0)));
        try {
          ImageHeader header = ImageHeader.check(bytes, ImageHeader.DEFAULT_MAX_PIXELS);
          Image image = codec.decode(bytes, header, 1, Background.valueOf(job.get(1))).kept();
          Files.write(Path.of(job.get(2)), Arrays.copyOf(image.rgb(), image.sizeBytes()));
          System.out.println(image.height() + " " + image.width());
        } catch (BadImageException e) {
          System.out.println(e.reason());
        }
      }
    }
  }
}
