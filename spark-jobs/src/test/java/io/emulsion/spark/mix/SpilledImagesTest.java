package io.emulsion.spark.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emulsion.error.EmulsionException;
import io.emulsion.sample.ImageReference;
import io.emulsion.spark.order.RankedImage;
import io.emulsion.spark.order.RankedReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpilledImagesTest {
  @TempDir Path folder = Path.of("");

  private SpilledImages spilled(RankedImage... images) {
    return new SpilledImages(List.of(images).iterator(), folder.toFile());
  }

  private static RankedImage image(int shard, String id, int... bytes) {
    byte[] image = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      image[i] = (byte) bytes[i];
    }
    return new RankedImage(0, shard, 0, id, 2, image);
  }

  @Test
  void givesBackTheBytesOfTheShardAtHandWhileTheNextOneIsAhead() throws IOException {
    try (SpilledImages spilled =
        spilled(
            image(0, "a", 1, 2, 3),
            image(0, "b"),
            image(1, "c", 4),
            image(1, "d", 5, 6),
            image(4, "e", 7))) {
      List<ImageReference> references = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        references.add(spilled.next().reference());
      }
      assertThat(spilled.read(references.get(1))).isEmpty();
      assertThat(spilled.read(references.get(0))).containsExactly(1, 2, 3);
      RankedReference last = spilled.next();
      assertThat(last.reference().label()).isEqualTo(2);
      assertThat(last.reference().sizeBytes()).isEqualTo(2);
      spilled.next();
      assertThat(spilled.hasNext()).isFalse();
      assertThat(spilled.read(references.get(2))).containsExactly(4);
      assertThat(spilled.read(last.reference())).containsExactly(5, 6);
      assertThatThrownBy(() -> spilled.read(references.get(0)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a is not of the shard at hand");
      assertThat(folder).isEmptyDirectory(); // the files have no name: a killed task leaves none
    }
  }

  @Test
  void refusesTwoImagesOfOneId() {
    try (SpilledImages spilled = spilled(image(0, "a", 1), image(0, "a", 2))) {
      spilled.next();
      assertThatThrownBy(spilled::next)
          .isInstanceOf(EmulsionException.class)
          .hasMessage("The data frame holds id 'a' twice: give each image an id of its own");
    }
  }
}
