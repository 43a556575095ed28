/**
 * A server that speaks as much of the protocol of Amazon S3 as clients need, and does nothing else:
 * so it is the clients that take the time.
 */
@NullMarked
package io.taforge.benchmark.server;

import org.jspecify.annotations.NullMarked;
