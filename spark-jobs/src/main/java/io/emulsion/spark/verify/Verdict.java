package io.emulsion.spark.verify;

import java.util.List;

/**
 * What verifying found.
 *
 * @param files read, those of records included
 * @param records in them
 * @param sizeBytes of all files
 * @param drawn whether pairs and lambdas were drawn again; only the version that made them can
 * @param damages a sentence each; none if all is as the manifest says
 */
public record Verdict(
    long files, long records, long sizeBytes, boolean drawn, List<String> damages) {}
