"""The last line of a run: how many files were linted, skipped and not read, and how many findings they have."""

from __future__ import annotations

from collections import Counter

from pushcodec.lint.diagnostics import Diagnostic, Severity


class Summary:
    """The counts of a run so far. They are complete after the last report was read to its end."""

    def __init__(self) -> None:
        self.files = 0
        """The files that were read and that contain a payload, or were named."""
        self.with_findings = 0
        self.skipped = 0
        """The files that were found and contain no payload."""
        self.unread = 0
        """The files that could not be read, or not to their end."""
        self.failed = False
        """Whether something could not be read or done, so that the run has not passed."""
        self.severities: Counter[Severity] = Counter()
        self.fixable: Counter[bool] = Counter()
        """The findings that have a fix, by whether it is safe."""

    def add(self, diagnostic: Diagnostic) -> None:
        """Counts a finding."""
        self.severities[diagnostic.severity] += 1
        if diagnostic.fix is not None:
            self.fixable[diagnostic.fix.safe] += 1

    def text(self) -> str:
        """The line: `Found 2 errors in 1 of 3 files. 1 fixable with --fix. 12 files contain no payload.`"""
        sentences = [self._outcome()] if self.files or not self.skipped else []
        if self.fixable:
            sentences.append(self._fixes())
        if self.skipped:
            sentences.append(f"{many(self.skipped, 'file')} {'contain' if self.skipped > 1 else 'contains'} no payload.")
        if self.unread:
            sentences.append(f"{many(self.unread, 'file')} could not be read.")
        return " ".join(sentences) + "\n"

    def _fixes(self) -> str:
        safe, unsafe = self.fixable[True], self.fixable[False]
        if not unsafe:
            return f"{safe} fixable with --fix."
        more = f"{unsafe} more" if safe else f"{unsafe} fixable"
        return f"{f'{safe} fixable with --fix, ' if safe else ''}{more} with --fix --unsafe-fixes."

    def _outcome(self) -> str:
        if self.with_findings:
            found = [many(count, severity) for severity in Severity if (count := self.severities[severity])]
            return f"Found {listed(found)} in {self.with_findings} of {many(self.files, 'file')}."
        if not self.files:
            return "No files with a payload."
        return f"{'No findings' if self.failed else 'All checks passed'}: {many(self.files, 'file')}."


def many(count: int, what: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {what}{'s' if count != 1 else ''}"


def listed(parts: list[str]) -> str:
    """`1 error`, `1 error and 2 warnings`, `1 error, 2 warnings and 1 note`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
