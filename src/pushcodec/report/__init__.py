"""A report on many payloads: what the client does with them, their violations, the faults of their senders, and their sizes.

`Tally` counts them batch by batch; `write_text` writes the counts for a terminal, `write_page` as one self-contained HTML page.
They contain counts and pushcodec's own names, and no value of a payload. Needs the extra `arrow`.
"""

from pushcodec.extras import needs

with needs("arrow"):
    from pushcodec.report.page import write_page
    from pushcodec.report.tally import Tally
    from pushcodec.report.text import write_text

__all__ = ["Tally", "write_page", "write_text"]
