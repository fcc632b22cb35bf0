package io.emulsion.spark.sink;

import io.emulsion.error.EmulsionException;
import io.emulsion.random.IdDigest;
import io.emulsion.sample.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the tasks of a data frame's write report, added up and checked against each other. */
final class FrameTotals {
  private final FrameOptions options;
  private final Set<Place> shards = new HashSet<>();
  private final Set<Integer> badShards = new HashSet<>();
  private final long[] recordsOfView;
  private final IdDigest content = new IdDigest();
  private long bad;
  private int height;
  private int width;

  FrameTotals(FrameOptions options) {
    this.options = options;
    this.recordsOfView = new long[options.config().pairing().views()];
  }

  /**
   * @throws EmulsionException (usage) if a shard came from another task already, or the images have
   *     another size
   */
  void add(FrameCommitMessage task) {
    for (int i = 0; i < task.count(); i++) {
      Place place = task.place(i);
      if (!shards.add(place)) {
        throw twoTasks("Shard " + place.shard() + " of view " + place.view() + " comes");
      }
      recordsOfView[place.view()] += task.records(i);
    }
    for (int shard : task.badShards()) {
      if (!badShards.add(shard)) {
        throw twoTasks("The bad images of shard " + shard + " come");
      }
    }
    bad += task.bad();
    content.add(task.content());
    addSize(task);
  }

  private static EmulsionException twoTasks(String what) {
    return EmulsionException.usage("%s from two tasks: %s", what, FrameDataWriter.ADVICE);
  }

  private void addSize(FrameCommitMessage task) {
    if (task.height() == 0) {
      return;
    }
    if (height == 0) {
      height = task.height();
      width = task.width();
    }
    if (task.height() != height || task.width() != width) {
      throw EmulsionException.usage(
          "Some images have %d x %d pixels, others %d x %d: a data set has images of one size",
          height, width, task.height(), task.width());
    }
  }

  /**
   * All that must hold when every task has been added.
   *
   * @throws EmulsionException (usage) if there is no sample, or some are missing
   */
  void check() {
    long samples = recordsOfView[0];
    for (int view = 0; view < recordsOfView.length; view++) {
      check(view, samples);
    }
    if (samples == 0) {
      throw EmulsionException.usage("The data frame holds no sample, so there is no data set");
    }
  }

  private void check(int view, long samples) {
    FrameOrigin origin = options.origin();
    long ofView = recordsOfView[view];
    if (origin != null && ofView + bad != origin.inputs()) {
      throw EmulsionException.usage(
          "View %d has %d samples beside %d bad images, but Mixup made it of %d images: write the"
              + " data frame as a whole, or set option %s to write what is left as a set of its own",
          view, ofView, bad, origin.inputs(), FrameOptions.SHARDS);
    }
    if (ofView != samples) {
      throw EmulsionException.usage(
          "View %d has %d samples, but view 0 has %d: each view is the whole set",
          view, ofView, samples);
    }
  }

  /** The shards of which no task had a sample. */
  List<Place> missing() {
    List<Place> missing = new ArrayList<>();
    for (int view = 0; view < recordsOfView.length; view++) {
      for (int shard = 0; shard < options.shards(); shard++) {
        Place place = new Place(view, shard, 0);
        if (!shards.contains(place)) {
          missing.add(place);
        }
      }
    }
    return missing;
  }

  /** Of one view, with the bad ones. */
  long inputs() {
    return recordsOfView[0] + bad;
  }

  long bad() {
    return bad;
  }

  /** Order-free, of all files. */
  IdDigest content() {
    return content;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }
}
