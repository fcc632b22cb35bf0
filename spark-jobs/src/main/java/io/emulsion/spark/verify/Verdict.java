package io.emulsion.spark.verify;

import java.util.List;

/**
 * What verifying found.
 *
 * @param files read, those of records included
 * @param records in them
 * @param sizeBytes of all files
 * @param redrawn whether pairs and lambdas were drawn again
 * @param damages a sentence each; none if all is as the manifest says
 */
public record Verdict(
    long files, long records, long sizeBytes, Redrawn redrawn, List<String> damages) {
  /** Whether pairs and lambdas were drawn again, or why not. */
  public enum Redrawn {
    ALL("every partner and lambda drawn again"),
    /** Only the version that made them can. */
    OTHER_VERSION("partners and lambdas were drawn by another version, and not again"),
    FROM_A_FRAME("partners and lambdas are a data frame's, and were not drawn again");

    private final String text;

    Redrawn(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }
}
