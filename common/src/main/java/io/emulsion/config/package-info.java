/** YAML and --set become one validated tree of options. */
@NullMarked
package io.emulsion.config;

import org.jspecify.annotations.NullMarked;
