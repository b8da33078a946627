"""From a text to its diagnostics. It opens no file: callers pass the text."""

from __future__ import annotations

from collections.abc import Iterator

from pushcodec.arguments import check_type, plain_text
from pushcodec.documents import contains_payload
from pushcodec.jsontext import DEFAULT_LIMITS
from pushcodec.jsontext.values import START, Position
from pushcodec.lint.config import DEFAULT_CONFIG, Config
from pushcodec.lint.diagnostics import Diagnostic
from pushcodec.lint.document import Texts, documents_of
from pushcodec.lint.rules import check, check_unknown
from pushcodec.ndjson import Source, check_source, has_lines, lines_within


def lint_text(data: str | bytes, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG) -> list[Diagnostic]:
    """The findings in the content of a file, in the order of the file.

    Reads one JSON document, or one on each line if the file name ends in `.ndjson` or `.jsonl`. Never raises for the contents of
    the text. Raises TypeError for a value that is neither str nor bytes.
    """
    data = plain_text(data)
    _check_options(filename, config)
    config = config.for_file(filename)
    if has_lines(filename):
        lines = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        return list(lint_lines(lines, filename=filename, config=config))
    return lint_document(data, filename=filename, config=config) or []


def lint_lines(source: Source, *, filename: str = "<text>", config: Config = DEFAULT_CONFIG) -> Iterator[Diagnostic]:
    """The findings in each line of NDJSON, in constant memory. Empty lines are skipped.

    Reads bytes, a binary file or chunks of bytes. Raises TypeError for any other source.
    """
    check_source(source)
    _check_options(filename, config)
    return _lint_lines(source, filename, config.for_file(filename))


def _check_options(filename: str, config: Config) -> None:
    check_type("filename", filename, str, "a str")
    check_type("config", config, Config, "a Config")


def _lint_lines(source: Source, filename: str, config: Config) -> Iterator[Diagnostic]:
    for line in lines_within(source, DEFAULT_LIMITS.max_bytes):
        start = Position(line.number, 1, line.offset)
        yield from lint_document(line.text, filename=filename, config=config, start=start, one_line=True) or ()


def has_payload(data: bytes, config: Config) -> bool:
    """Whether a JSON document contains a payload: it has the marks of a form, or its kind was named."""
    return _is_named(config) or contains_payload(data)


def _is_named(config: Config) -> bool:
    return config.kind is not None and not config.only_payloads


def lint_document(
    data: str | bytes, *, filename: str, config: Config, start: Position = START, one_line: bool = False
) -> list[Diagnostic] | None:
    """The findings in one JSON document; None under `only_payloads` for a document without a payload.

    A document has a payload if it has the marks of a form, or if its kind was named. Findings in any other document have no fixes,
    because the linter changes payloads only.
    """
    config = config.for_file(filename)
    if config.only_payloads and not _may_contain_payload(data):
        return None
    texts = Texts(data)
    if config.only_payloads and not texts.has_payload:
        return None
    documents = documents_of(texts, kind=config.kind)
    found = [each for document in documents for each in check(document, config, config.selected)]
    if not documents:
        found = list(check_unknown(texts, config.selected))
    if found and config.pointer_ignores:
        found = [each for each in found if not config.ignores(each.code, each.finding.mark.pointers)]
    if not found:
        return []
    from pushcodec.lint.assembly import assemble  # loaded only if something is found

    fixable = _is_named(config) or texts.has_payload
    return assemble(found, texts, filename, start, one_line=one_line, fixable=fixable)


def _may_contain_payload(data: str | bytes) -> bool:
    from pushcodec.documents.prefilter import may_contain_payload  # loaded only for documents that were found

    return may_contain_payload(data)
