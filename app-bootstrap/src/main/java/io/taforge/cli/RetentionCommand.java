package io.taforge.cli;

import picocli.CommandLine.Command;

/** The commands about how long log samples are kept. */
@Command(
    name = "retention",
    description = "Has the backend itself remove log samples that have expired.",
    footer = {"", "Example: taforge retention native --diff"},
    subcommands = RetentionNativeCommand.class)
final class RetentionCommand {}
