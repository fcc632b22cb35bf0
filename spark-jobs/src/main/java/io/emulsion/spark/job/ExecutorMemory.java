package io.emulsion.spark.job;

import io.emulsion.error.EmulsionException;
import io.emulsion.error.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * Memory of one executor, as Spark's settings give it.
 *
 * @param kind who sees to it that no more is taken
 * @param tasks that run at once; 1 where the settings leave that to the cluster
 * @param heapBytes of {@code spark.executor.memory}
 * @param overheadBytes outside of the heap, of a container alone
 */
record ExecutorMemory(Kind kind, int tasks, long heapBytes, long overheadBytes) {
  /** Where an executor lives. */
  enum Kind {
    /** In the driver's JVM, whose heap is given when it starts. */
    LOCAL,
    /** In a process that may take what the machine has, its heap aside. */
    PROCESS,
    /** In a container of YARN or Kubernetes, which is killed when it takes too much. */
    CONTAINER
  }

  private static final long MEGABYTE = 1 << 20;

  /** Of Spark and the classes, live in an executor's heap beside its tasks. */
  private static final double HEAP_BASE_BYTES = 150 * MEGABYTE;

  /** Of the JVM, its classes and threads, OpenCV's libraries and Spark's network buffers. */
  private static final double NATIVE_BASE_BYTES = 260 * MEGABYTE;

  /** What garbage wants beside what is in use, for a heap that does not only collect. */
  private static final double ROOM = 1.5;

  /** Steps in which sizes are recommended. */
  private static final long STEP_BYTES = 256 * MEGABYTE;

  /** Spark refuses executors with less. */
  private static final long LEAST_HEAP_BYTES = 512 * MEGABYTE;

  /**
   * @throws EmulsionException (usage) if a size or number cannot be read
   */
  static ExecutorMemory of(SparkConf conf) {
    String master = conf.get("spark.master", "local[*]");
    boolean container = master.startsWith("yarn") || master.startsWith("k8s:");
    boolean local = master.equals("local") || master.startsWith("local[");
    try {
      long heap = conf.getSizeAsMb("spark.executor.memory", "1g") * MEGABYTE;
      int tasks = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
      return new ExecutorMemory(
          local ? Kind.LOCAL : container ? Kind.CONTAINER : Kind.PROCESS,
          Math.max(1, tasks),
          heap,
          container ? overhead(conf, master, heap) : 0);
    } catch (NumberFormatException e) {
      throw EmulsionException.usage(
          "A Spark setting of the executors' size cannot be read: %s",
          OneLine.of(String.valueOf(e.getMessage())));
    }
  }

  /** As Spark's ResourceProfile reckons it. */
  private static long overhead(SparkConf conf, String master, long heap) {
    if (conf.contains("spark.executor.memoryOverhead")) {
      return conf.getSizeAsMb("spark.executor.memoryOverhead") * MEGABYTE;
    }
    double ofKubernetes =
        master.startsWith("k8s:")
            ? conf.getDouble("spark.kubernetes.memoryOverheadFactor", 0.1)
            : 0.1;
    double factor = conf.getDouble("spark.executor.memoryOverheadFactor", ofKubernetes);
    long least = conf.getSizeAsMb("spark.executor.minMemoryOverhead", "384m") * MEGABYTE;
    return Math.max(least, (long) (factor * heap));
  }

  /**
   * Stops what cannot end well. A driver that runs the tasks itself is taken as it is: its set may
   * be too small to fill it, which is not known yet.
   *
   * @throws EmulsionException (usage) if as many of them as run at once do not fit
   */
  void check(TaskMemory task) {
    if (kind == Kind.LOCAL) {
      return;
    }
    double heap = heapInUse(tasks, task);
    if (heap > heapBytes) {
      throw EmulsionException.usage(
          "%s at once would take %s of heap with these options, but an executor has %s: set %s",
          atOnce(tasks),
          size(heap),
          size((double) heapBytes),
          String.join(", or ", heapAdvice(task)));
    }
    double outside = outsideInUse(tasks, task);
    if (kind == Kind.CONTAINER && outside > overheadBytes) {
      throw EmulsionException.usage(
          "%s at once would take %s outside of the heap, but an executor's container has %s there: set"
              + " spark.executor.memoryOverhead=%s%s",
          atOnce(tasks),
          size(outside),
          size((double) overheadBytes),
          wantedOverhead(tasks, task),
          fewer((overheadBytes - NATIVE_BASE_BYTES) / task.nativeBytes()));
    }
  }

  private List<String> heapAdvice(TaskMemory task) {
    List<String> advice = new ArrayList<>();
    advice.add("--executor-memory " + wantedHeap(tasks, task));
    double room = heapBytes - HEAP_BASE_BYTES;
    int fitting = (int) (room / task.heapBytes());
    if (fitting >= 1) {
      advice.add("--executor-cores " + fitting);
    }
    long cache = (long) ((room / tasks - task.otherHeapBytes()) / MEGABYTE);
    if (cache >= 1 && task.keptBytes() > 0) {
      advice.add("mix.cache-bytes to " + cache + "m");
    }
    return advice;
  }

  private static String fewer(double fitting) {
    return fitting >= 1 ? ", or --executor-cores " + (int) fitting : "";
  }

  private static double heapInUse(int tasks, TaskMemory task) {
    return HEAP_BASE_BYTES + tasks * task.heapBytes();
  }

  private static double outsideInUse(int tasks, TaskMemory task) {
    return NATIVE_BASE_BYTES + tasks * task.nativeBytes();
  }

  /** The heap in which {@code tasks} such tasks run well, as Spark takes it. */
  static String wantedHeap(int tasks, TaskMemory task) {
    return inSteps(Math.max(LEAST_HEAP_BYTES, ROOM * heapInUse(tasks, task)));
  }

  /** What such an executor's container needs beside its heap, as Spark takes it. */
  static String wantedOverhead(int tasks, TaskMemory task) {
    return inSteps(outsideInUse(tasks, task));
  }

  private static String inSteps(double bytes) {
    return (long) Math.ceil(bytes / STEP_BYTES) * STEP_BYTES / MEGABYTE + "m";
  }

  private static String atOnce(int tasks) {
    return tasks == 1 ? "1 task" : tasks + " tasks";
  }

  private static String size(double bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / MEGABYTE);
  }
}
