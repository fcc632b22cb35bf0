package io.emulsion.mix;

/** Both images of a pair on their way into a view. */
record PreparedPair(Prepared first, Prepared partner) {}
