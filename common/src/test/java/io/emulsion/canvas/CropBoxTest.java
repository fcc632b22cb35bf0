package io.emulsion.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.emulsion.random.ImageKey;
import io.emulsion.random.Purpose;
import io.emulsion.sample.ImageId;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropBoxTest {
  private static final int DRAWS = 20_000;
  private static final double LEAST_P = 0.001;

  private static Window draw(int image, int view, int height, int width) {
    ImageKey key = ImageKey.of(7, Purpose.CROP, view, new ImageId("cat/" + image + ".jpg"));
    return CropBox.draw(key.random(), height, width);
  }

  /** torchvision's get_params, line by line, with another generator. */
  private static Window torchvision(Random random, int height, int width) {
    double area = height * width;
    double[] logRatio = {Math.log(3.0 / 4.0), Math.log(4.0 / 3.0)};
    for (int i = 0; i < 10; i++) {
      double targetArea = area * uniform(random, 0.08, 1.0);
      double aspectRatio = Math.exp(uniform(random, logRatio[0], logRatio[1]));
      int w = (int) Math.rint(Math.sqrt(targetArea * aspectRatio));
      int h = (int) Math.rint(Math.sqrt(targetArea / aspectRatio));
      if (0 < w && w <= width && 0 < h && h <= height) {
        int top = random.nextInt(height - h + 1);
        int left = random.nextInt(width - w + 1);
        return new Window(top, left, h, w);
      }
    }
    double inRatio = (double) width / height;
    int w = width;
    int h = height;
    if (inRatio < 3.0 / 4.0) {
      h = (int) Math.rint(w / (3.0 / 4.0));
    } else if (inRatio > 4.0 / 3.0) {
      w = (int) Math.rint(h * (4.0 / 3.0));
    }
    return new Window((height - h) / 2, (width - w) / 2, h, w);
  }

  private static double uniform(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static List<Window> boxes(IntFunction<Window> law) {
    return IntStream.range(0, DRAWS).mapToObj(law).toList();
  }

  /** A photo, a panorama that often falls back to the centre, and a small portrait. */
  @ParameterizedTest
  @CsvSource({"375,500", "300,1500", "40,32"})
  void followsTheLawOfTorchvision(int height, int width) {
    Random random = new Random(20261124);
    List<Window> ours = boxes(i -> draw(i, i % 3, height, width));
    List<Window> theirs = boxes(i -> torchvision(random, height, width));
    List<ToDoubleFunction<Window>> measures =
        List.of(
            Window::height,
            Window::width,
            Window::top,
            Window::left,
            box -> (double) box.width() / box.height(),
            box -> (double) box.width() * box.height());
    for (int i = 0; i < measures.size(); i++) {
      double p =
          new KolmogorovSmirnovTest()
              .kolmogorovSmirnovTest(
                  ours.stream().mapToDouble(measures.get(i)).toArray(),
                  theirs.stream().mapToDouble(measures.get(i)).toArray());
      assertThat(p).as("measure %s", i).isGreaterThan(LEAST_P);
    }
    long[][] counts = commonBins(bins(ours, height, width), bins(theirs, height, width));
    assertThat(new ChiSquareTest().chiSquareTestDataSetsComparison(counts[0], counts[1]))
        .as("height, width, top and left together")
        .isGreaterThan(LEAST_P);
  }

  /** How many boxes are in each third of each of the four axes. */
  private static long[] bins(List<Window> boxes, int height, int width) {
    long[] counts = new long[81];
    for (Window box : boxes) {
      int bin = third(box.height(), height);
      bin = bin * 3 + third(box.width(), width);
      bin = bin * 3 + third(box.top(), height - box.height());
      bin = bin * 3 + third(box.left(), width - box.width());
      counts[bin]++;
    }
    return counts;
  }

  /** Without bins that are too rare for a chi-square test. */
  private static long[][] commonBins(long[] ours, long[] theirs) {
    int[] common =
        IntStream.range(0, ours.length).filter(bin -> ours[bin] + theirs[bin] >= 20).toArray();
    assertThat(common).hasSizeGreaterThan(8);
    return new long[][] {
      IntStream.of(common).mapToLong(bin -> ours[bin]).toArray(),
      IntStream.of(common).mapToLong(bin -> theirs[bin]).toArray()
    };
  }

  private static int third(int value, int most) {
    return most == 0 ? 0 : Math.min(2, 3 * value / most);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "2,3", "7,5000", "65500,3", "29000,36000"})
  void everyBoxIsInsideItsImage(int height, int width) {
    for (int i = 0; i < 2_000; i++) {
      Window box = draw(i, 0, height, width);
      assertThat(box.height()).isBetween(1, height);
      assertThat(box.width()).isBetween(1, width);
      assertThat(box.top()).isBetween(0, height - box.height());
      assertThat(box.left()).isBetween(0, width - box.width());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10,1000, 0,493,10,13",
    "1000,10, 493,0,13,10",
    "3,60000, 0,29998,3,4",
    "1,1000, 0,499,1,1",
  })
  void takesTheCentreWhereNoBoxOfALegalRatioIsFound(
      int height, int width, int top, int left, int boxHeight, int boxWidth) {
    // Even a box of 8 % with the best ratio is longer than the short side.
    assertThat(boxes(i -> draw(i, 1, height, width)))
        .containsOnly(new Window(top, left, boxHeight, boxWidth));
  }

  /** Published data sets depend on these. */
  @Test
  void drawsTheseBoxes() {
    assertThat(boxes(i -> draw(i, 2, 375, 500)).subList(0, 4))
        .containsExactly(
            new Window(1, 175, 317, 258),
            new Window(147, 234, 202, 246),
            new Window(48, 78, 312, 392),
            new Window(0, 129, 372, 336));
  }
}
