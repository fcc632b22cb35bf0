package io.emulsion.spark.sink;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * Something that a write counts, for Spark's UI: what its tasks have made, added up. Public, and
 * made of nothing too, since Spark makes one by its name to do that.
 */
public final class WriteMetric extends CustomSumMetric {
  private final String name;
  private final String description;

  /** For Spark, which then asks for sums alone. */
  public WriteMetric() {
    this("", "");
  }

  /**
   * @param description as the UI shows it, with the unit
   */
  WriteMetric(String name, String description) {
    this.name = name;
    this.description = description;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }
}
