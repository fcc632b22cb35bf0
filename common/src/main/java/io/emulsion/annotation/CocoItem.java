package io.emulsion.annotation;

import org.jspecify.annotations.Nullable;

/** One of the things that a COCO file lists. */
public sealed interface CocoItem {
  /**
   * An image.
   *
   * @param id a whole number or text, as text
   * @param path below the root of the images, {@code /}-joined
   * @param height in pixels; 0 where not stated
   * @param width in pixels; 0 where not stated
   */
  record Image(String id, String path, int height, int width) implements CocoItem {}

  /**
   * An object on an image.
   *
   * @param id of the annotation; null where it has none
   * @param image id of its image; null where it names none
   */
  record Annotated(@Nullable String id, @Nullable String image, RawBox box) implements CocoItem {}

  /**
   * A class of objects. Boxes name the number: {@link RawBox#category}.
   *
   * @param number any; they need not be consecutive
   */
  record Category(long number, String name) implements CocoItem {}
}
