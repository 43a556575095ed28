package io.taforge.storage.contract;

/**
 * Says that a case cannot tell anything, because what it would rely on does not hold. It is a
 * failure, so that no build is green with it; but nobody knows what the store is like.
 */
final class InconclusiveError extends AssertionError {
  private static final long serialVersionUID = 1L;

  InconclusiveError(String reason) {
    super(reason);
  }
}
