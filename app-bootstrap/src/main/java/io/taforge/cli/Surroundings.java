package io.taforge.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the command finds around itself.
 *
 * @param environment variables
 * @param folder the current folder
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param clock tells the time
 * @param isWatched whether a person looks at standard error
 */
record Surroundings(
    Map<String, String> environment,
    Path folder,
    InputStream in,
    OutputStream out,
    OutputStream err,
    Clock clock,
    boolean isWatched) {}
