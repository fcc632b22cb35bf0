package io.emulsion.spark.job;

import io.emulsion.natives.OpenCv;
import io.emulsion.spark.sink.SampleRows;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a mix needs only later, Spark SQL and, where tasks run in this JVM, OpenCV, beside the
 * listing of the input, which leaves a core to spare.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  static void start(SparkSession session) {
    Thread thread = new Thread(() -> run(session), "emulsion-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(SparkSession session) {
    try {
      if (session.sparkContext().isLocal()) {
        OpenCv.load();
      }
      session.createDataFrame(List.of(), SampleRows.TYPE).isEmpty(); // plans, but starts no job
    } catch (RuntimeException e) {
      LOG.debug("What fails here fails again, and is told of, where it is needed", e);
    }
  }
}
