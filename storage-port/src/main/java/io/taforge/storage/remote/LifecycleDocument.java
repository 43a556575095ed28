package io.taforge.storage.remote;

import java.util.Optional;

/**
 * All lifecycle rules of a bucket in the server's own words, so that nothing of what others have
 * put there gets lost on the way through an SDK.
 *
 * @param xml a {@code LifecycleConfiguration}
 * @param transitionMinimum what the header {@value #TRANSITION_MINIMUM} says, which belongs to it
 */
public record LifecycleDocument(String xml, Optional<String> transitionMinimum) {
  /** The name of the header. */
  public static final String TRANSITION_MINIMUM = "x-amz-transition-default-minimum-object-size";
}
