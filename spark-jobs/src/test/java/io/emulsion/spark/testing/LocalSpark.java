package io.emulsion.spark.testing;

import io.emulsion.spark.serial.EmulsionKryoRegistrator;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** One Spark session for all tests of a class; commands that they run join it. */
public final class LocalSpark {
  private static @Nullable SparkSession session;

  private LocalSpark() {}

  /**
   * @param master such as {@code local[2]}, where no task is tried twice, or {@code local[2,4]}
   */
  public static synchronized SparkSession start(String master) {
    stop();
    SparkConf conf =
        new SparkConf(false)
            .setMaster(master)
            .setAppName("tests")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.serializer", KryoSerializer.class.getName())
            .set("spark.kryo.registrator", EmulsionKryoRegistrator.class.getName())
            .set("spark.hadoop." + FaultyFileSystem.CONF_KEY, FaultyFileSystem.class.getName())
            .set("spark.hadoop." + FaultyObjectStore.CONF_KEY, FaultyObjectStore.class.getName());
    session = SparkSession.builder().config(conf).getOrCreate();
    return session;
  }

  /** Waits for tasks of a failed job: Spark lets them go on, and does not wait for them. */
  public static void awaitIdle() throws InterruptedException {
    while (runningTasks() > 0) {
      Thread.sleep(20);
    }
  }

  private static synchronized int runningTasks() {
    if (session == null) {
      throw new IllegalStateException("No Spark is running");
    }
    int tasks = 0;
    for (SparkExecutorInfo executor : session.sparkContext().statusTracker().getExecutorInfos()) {
      tasks += executor.numRunningTasks();
    }
    return tasks;
  }

  public static synchronized void stop() {
    if (session != null) {
      session.stop();
      session = null;
    }
  }
}
