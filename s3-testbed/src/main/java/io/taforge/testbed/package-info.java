/**
 * Real S3 servers for the tests of adapters, a way behind their backs, and trouble on the way to
 * them.
 *
 * <p>An adapter's test hands an {@link io.taforge.testbed.S3Harness} to the contract kit. What only
 * that adapter's tests ask is asked through a {@link io.taforge.testbed.FaultProxy} of its own.
 */
@NullMarked
package io.taforge.testbed;

import org.jspecify.annotations.NullMarked;
