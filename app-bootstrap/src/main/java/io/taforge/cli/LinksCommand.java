package io.taforge.cli;

import picocli.CommandLine.Command;

/** The commands about all links of a folder. */
@Command(
    name = "links",
    description = "Changes the key that links to a folder are signed with.",
    footer = {"", "Example: taforge links rotate --grace 0s"},
    subcommands = LinksRotateCommand.class)
final class LinksCommand {}
