package io.emulsion.shard;

import java.io.Serializable;
import java.util.List;

/**
 * What is the same in all records of a data set.
 *
 * @param classes their names in the order of their numbers
 * @param imageFormat the encoding of the images, {@code jpeg} or {@code png}
 */
public record ShardContext(List<String> classes, String imageFormat) implements Serializable {}
