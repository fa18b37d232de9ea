"""In which language a command speaks, and commands whose help waits for it.

Asked for by ``--language`` or DELING_LANGUAGE; else that of the scenario's country; for what has
no scenario (help, ``init``, mistakes on the command line) that of the computer.
"""

from __future__ import annotations

import copy
import gettext
import os
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from deling import language
from deling.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLE = "DELING_LANGUAGE"
_ASKED = "deling.language"
_HELP = N_("Show this message and exit.")
USAGE = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("SCENARIO"), N_("PLAN"), N_("PLANS"))
"""What click makes of names for a usage line: here for the catalogues to find."""


class Option(click.Option):
    """An option whose help is translated when it is shown, not when its module is imported."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for the option's value."""
        return _(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        spoken = copy.copy(self)
        spoken.help = self.help and _(self.help)
        return super(Option, spoken).get_help_record(ctx)


class Argument(click.Argument):
    """An argument whose name is translated in the usage line."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name, with brackets if it may be left out."""
        name = (self.name or "").upper()
        return super().make_metavar(ctx).replace(name, _(name))


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands after the command's name."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language chosen by now."""
        spoken = copy.copy(self)
        spoken.help = self.help and _(self.help)
        spoken.epilog = self.epilog and _(self.epilog)
        super(Command, spoken).format_help(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``, which click makes once, in the language of that moment."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _(_HELP)
        return option


def begin(arguments: Sequence[str]) -> None:
    """Choose the language of mistakes and help, before the command line is understood."""
    asked = _asked_in(arguments) or os.environ.get(VARIABLE)
    speak(asked if asked in language.LANGUAGES else language.of_environment())


def speak(chosen: str) -> None:
    """Speak a language from here on, click's own words included."""
    language.use_language(chosen)
    # click looks its words up in the current domain, in the language of the environment.
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(language.DOMAIN, language.FOLDER)
    gettext.textdomain(language.DOMAIN)


def asked_for(ctx: click.Context, parameter: click.Parameter, chosen: str | None) -> None:
    """Take over a language from the command line or the environment."""
    if chosen is None:
        return
    ctx.meta[_ASKED] = chosen
    # What the environment asks for is spoken from the beginning, unless the command line, of
    # which a part is yet to be read, asks for something else.
    if ctx.get_parameter_source(parameter.name or "") is not ParameterSource.ENVIRONMENT:
        speak(chosen)


def follow(country: str) -> None:
    """Speak the language of a scenario's country, unless another one was asked for."""
    if _ASKED not in click.get_current_context().meta:
        speak(language.of_country(country))


def _asked_in(arguments: Sequence[str]) -> str | None:
    """Return the last language on a command line."""
    found = None
    for word, after in zip(arguments, (*arguments[1:], ""), strict=True):
        if word == "--":
            break
        if word == "--language":
            found = after
        elif word.startswith("--language="):
            found = word.partition("=")[2]
    return found
