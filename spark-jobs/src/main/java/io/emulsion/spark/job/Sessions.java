package io.emulsion.spark.job;

import io.emulsion.error.EmulsionException;
import io.emulsion.spark.serial.EmulsionKryoRegistrator;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The Spark session of a command. Closing it stops Spark if this started it. */
final class Sessions implements AutoCloseable {
  /** Settings whose values Spark hides in its event log and UI: its own, and those of Azure. */
  private static final String SECRETS =
      "(?i)secret|password|passphrase|token|access[._]?key|account[._]key|[.]sas[.]";

  private final SparkSession session;
  private final boolean own;

  private Sessions(SparkSession session, boolean own) {
    this.session = session;
    this.own = own;
  }

  /**
   * @param command shows in Spark's UI
   * @throws EmulsionException (usage) if this Spark is too old
   */
  static Sessions start(String command) {
    boolean running = SparkEnv.get() != null;
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "emulsion " + command);
    conf.setIfMissing("spark.serializer", KryoSerializer.class.getName());
    conf.setIfMissing("spark.kryo.registrator", EmulsionKryoRegistrator.class.getName());
    conf.setIfMissing("spark.redaction.regex", SECRETS);
    // The plan is one scan of rows that are there: compiled code for it, once a task, never pays.
    conf.setIfMissing("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    conf.setIfMissing("spark.sql.codegen.wholeStage", "false");
    // Nor do class loaders of sessions, in a job that has one.
    conf.setIfMissing("spark.sql.artifact.isolation.enabled", "false");
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    checkVersion(session.version());
    return new Sessions(session, !running);
  }

  private static void checkVersion(String version) {
    String[] parts = version.split("\\.", 3);
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    if (major < 3 || (major == 3 && minor < 5)) {
      throw EmulsionException.usage(
          "This is Spark %s, but Emulsion needs 3.5 or later: point SPARK_HOME to one, or unset it"
              + " to use the embedded Spark",
          version);
    }
  }

  SparkSession session() {
    return session;
  }

  JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** Hadoop's configuration, for tasks. */
  Broadcast<SerializableConfiguration> hadoop() {
    return spark().broadcast(new SerializableConfiguration(spark().hadoopConfiguration()));
  }

  @Override
  public void close() {
    if (own) {
      session.stop();
    }
  }
}
