package io.taforge.cli;

import java.util.Map;

/**
 * What a command has to say.
 *
 * @param document for programs
 * @param text for people, with its line ends
 */
record Answer(Map<String, ?> document, String text) {}
