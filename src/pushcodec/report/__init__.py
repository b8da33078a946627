"""A report on many payloads: what the client does with them, what is wrong with them, who is to blame, how large they are.

`Tally` counts, batch by batch; `write_text` tells it on a terminal, `write_page` as one self-contained HTML page. Neither holds a
value of any payload: only counts, and names that are ours. Needs the extra `arrow`.
"""

from pushcodec.extras import needs

with needs("arrow"):
    from pushcodec.report.page import write_page
    from pushcodec.report.tally import Tally
    from pushcodec.report.text import write_text

__all__ = ["Tally", "write_page", "write_text"]
