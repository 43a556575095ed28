/** What policies in the language of S3 allow, and whether they let in anybody: read and written. */
@NullMarked
package io.taforge.storage.policy;

import org.jspecify.annotations.NullMarked;
