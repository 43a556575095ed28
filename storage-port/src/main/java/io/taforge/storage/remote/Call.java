package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import java.time.Duration;

/**
 * What one request to a server is made for, and how long it may take.
 *
 * @param context for the failure, if it fails
 * @param perAttempt how long one attempt may take
 * @param inAll how long all attempts together may take
 */
public record Call(FailureContext context, Duration perAttempt, Duration inAll) {}
