"""Hypothesis strategies for tests of whoever sends, relays or reads payloads (extra `hypothesis`).

| strategy | gives |
|---|---|
| `exts`, `entities`, `signaling_contents` | valid payloads as models |
| `ext_texts`, `entity_texts`, `signaling_content_texts` | the same as JSON texts, as each sender spells them |
| `notifications`, `notification_texts` | valid notifications of every carrier, as the device hands them over and as texts |
| `near_misses` | texts with exactly one fault, and the code that names it |
| `tolerated` | texts that are refused, yet open a chat or ring a call: the client coerces, or does not look |

What is valid is said once, in `shapes`; whatever is drawn shrinks to the shortest payload that does the same. Unknown keys
stand at every level, known ones are left out where they may be.
"""

from pushcodec.strategies.faults import NearMiss as NearMiss
from pushcodec.strategies.faults import near_misses as near_misses
from pushcodec.strategies.noise import hostile as hostile
from pushcodec.strategies.payloads import entities as entities
from pushcodec.strategies.payloads import entity_texts as entity_texts
from pushcodec.strategies.payloads import ext_texts as ext_texts
from pushcodec.strategies.payloads import exts as exts
from pushcodec.strategies.payloads import notification_texts as notification_texts
from pushcodec.strategies.payloads import notifications as notifications
from pushcodec.strategies.payloads import signaling_content_texts as signaling_content_texts
from pushcodec.strategies.payloads import signaling_contents as signaling_contents
from pushcodec.strategies.tolerance import Tolerated as Tolerated
from pushcodec.strategies.tolerance import tolerated as tolerated
