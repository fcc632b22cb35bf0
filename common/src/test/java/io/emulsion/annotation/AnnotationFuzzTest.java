package io.emulsion.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.ExitCode;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a parser gives something or says in one line what is wrong. */
class AnnotationFuzzTest {
  private static final int MUTANTS = 20_000;

  private interface Parsing {
    void parse(byte[] bytes);
  }

  private static byte[] mutant(byte[] seed, Random random, List<String> words) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, 1 + at);
        case 3 -> bytes = spliced(bytes, at, words.get(random.nextInt(words.size())));
        default -> bytes = removed(bytes, at, at + random.nextInt(bytes.length - at));
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, String word) {
    byte[] middle = word.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(bytes, bytes.length + middle.length);
    System.arraycopy(middle, 0, all, at, middle.length);
    System.arraycopy(bytes, at, all, at + middle.length, bytes.length - at);
    return all;
  }

  private static byte[] removed(byte[] bytes, int from, int to) {
    byte[] all = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, all, from, bytes.length - to);
    return all;
  }

  /** Anything but an EmulsionException fails the test by itself. */
  private static void fuzz(String seed, List<String> words, Parsing parsing) {
    Random random = new Random(20_261_124);
    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
    parsing.parse(bytes);
    int good = 0;
    for (int i = 0; i < MUTANTS; i++) {
      try {
        parsing.parse(mutant(bytes, random, words));
        good++;
      } catch (EmulsionException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUTS);
        assertThat(e).hasMessageMatching("file is no .*\\(line \\d+(, byte -?\\d+)?\\)");
        assertThat(e.getMessage()).hasSizeLessThan(1000);
        assertThat(e).satisfies(AnnotationFuzzTest::crossesTheWire);
      }
    }
    assertThat(good).isBetween(MUTANTS / 200, MUTANTS * 99 / 100);
  }

  /** What a Spark task throws is not told where it cannot be serialized. */
  private static void crossesTheWire(Exception e) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(e);
    }
  }

  @Test
  void coco() {
    fuzz(
        """
        {"info": {"a": [1, {"b": null}]}, "images": [{"id": 7, "file_name": "a/b.jpg", "height": 48,
         "width": 64.0}], "annotations": [{"id": 1, "image_id": 7, "category_id": 3, "iscrowd": 1,
         "bbox": [1.5, 2, 3e1, NaN], "area": 4, "segmentation": {"counts": "123", "size": [2, 3]}},
         {"id": 2, "segmentation": {"counts": [1, 2, 3], "size": [2, 3]}}, {"id": "x",
         "segmentation": [[1, 2]]}], "categories": [{"id": 3, "name": "c\\u00e9"}]}
        """,
        List.of(
            "{", "}", "[", "]", ",", "\"", "null", "1e999", "-0", "\"../\"", "/*", "\uD83D\uDE00"),
        bytes -> {
          for (CocoItem item : CocoParserTest.parse(bytes, "file")) {
            if (item instanceof CocoItem.Image image) {
              assertThat(image.path().split("/", -1)).doesNotContain("..", "");
            } else if (item instanceof CocoItem.Annotated annotated) {
              byte[] box = AnnotationBytes.of(annotated.box());
              assertThat(AnnotationBytes.rawBox(box).name()).isEqualTo(annotated.box().name());
            }
          }
        });
  }

  @Test
  void voc() {
    fuzz(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <annotation verified="yes"><!-- c --><size><width>64</width><height>48</height></size>
        <object><name><![CDATA[cat]]></name><difficult>0</difficult><bndbox><xmin>1</xmin>
        <ymin>2</ymin><xmax>3.5</xmax><ymax>4e1</ymax></bndbox><part><name>x</name></part></object>
        <?pi x?></annotation>
        """,
        List.of(
            "<", ">", "</", "&", "&amp;", "&x;", "<!DOCTYPE a>", "<object>", "]]>", "\0", "NaN"),
        bytes -> {
          RawAnnotation raw = VocParser.parse(bytes, "file");
          assertThat(AnnotationBytes.rawAnnotation(AnnotationBytes.of(raw)).boxes())
              .hasSameSizeAs(raw.boxes());
        });
  }

  @Test
  void yolo() {
    fuzz(
        "0 0.5 0.25 0.125 0.5\n12 0.1 0.2 0.3 0.4 0.5 0.6\n\n3 1e-3 .5 1. +0.5\n",
        List.of(" ", "\n", "nan", "1e999", "-", ".", "x", "\u00a0", "\uFEFF"),
        bytes -> assertThat(YoloParser.parse(bytes, "file").normalised()).isTrue());
  }

  @Test
  void yoloDataSets() {
    fuzz(
        "path: ../x\ntrain: [images/train, b]\nnc: 2\nnames:\n  0: cat # c\n  1: 'dog'\na: &x [1]\n",
        List.of(" ", "\n", ":", "- ", "*x", "&y", "!!map", "[", "]", "{", "}", "'", "%", "---"),
        bytes -> assertThat(YoloDataSetParser.parse(bytes, "file").names()).isNotNull());
  }
}
