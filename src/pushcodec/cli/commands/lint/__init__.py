"""`pushcodec lint`: the linter on files, its findings in a format, its fixes in the files."""

from __future__ import annotations

from pushcodec.cli.commands.lint.options import Options, add_options
from pushcodec.cli.commands.lint.runs import Run
from pushcodec.cli.commands.lint.settings import SettingsError, settings
from pushcodec.cli.inputs.sources import SourceError
from pushcodec.cli.status import COULD_NOT_RUN, write_message
from pushcodec.display import shown_name

__all__ = ["Options", "add_options", "run"]


def run(options: Options) -> int:
    """Lints the files; returns the exit status: 0 clean, 1 findings (notes aside), 2 when something could not be read or run."""
    try:
        found = settings(options)
        if options.show_settings or options.show_files:
            from pushcodec.cli.commands.lint.listings import show_files, show_settings  # loaded only for these options

            return show_settings(found) if options.show_settings else show_files(Run(options, found))
        lint_run = Run(options, found)
        if options.output_file or options.write_baseline:
            lint_run.check_outputs()
        if options.fix or options.diff:
            from pushcodec.cli.commands.lint.rewriting import fix_files, show_diff  # loaded only for these options

            if options.diff:
                return show_diff(lint_run)
            fix_files(lint_run)
        return lint_run.report()
    except (SettingsError, SourceError) as error:
        write_message(shown_name(str(error)))
        return COULD_NOT_RUN
