package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;
import java.util.function.Function;

/**
 * How another process opens the same space: it makes an instance of a class, which must have a
 * public constructor without parameters, and gives it a text.
 *
 * @param opener the class
 * @param space whatever it needs to know, such as a folder or an endpoint
 */
public record OtherProcess(Class<? extends Function<String, ArtifactStore>> opener, String space) {}
