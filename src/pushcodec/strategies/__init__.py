"""Hypothesis strategies for tests of programs that send, relay or read payloads (extra `hypothesis`).

| strategy | gives |
|---|---|
| `exts`, `entities`, `chat_entities`, `call_entities`, `signaling_contents` | valid payloads as models |
| `tim_push_features`, `offline_push_infos` | what is beside an entity, and beside a message, as models |
| `rest_push_infos` | push infos of the REST API as models |
| `android_infos`, `apns_infos`, `live_activities`, `harmony_infos`, `multi_language_contents` | their parts as models |
| `ext_texts`, `entity_texts`, `signaling_content_texts` | the same as JSON texts, as each sender writes them |
| `notifications`, `notification_texts` | valid notifications of every carrier, as the device hands them over and as texts |
| `documents` | valid documents of every form that contains an ext, by themselves and inside arrays, records and texts |
| `near_misses` | texts with exactly one fault, and the code that names it |
| `tolerated` | texts that `decode` refuses and that open a chat or ring a call: the client converts a value, or does not read it |

`shapes` has the rules of what is valid. A drawn payload shrinks to the shortest one that does the same. Unknown keys are at every
level; optional keys may be absent.

`hypothesis.strategies.from_type` draws from these for every model, also where a model is a field of a user's model.
"""

from pushcodec.extras import needs

with needs("hypothesis"):
    from pushcodec.strategies.forms import android_infos as android_infos
    from pushcodec.strategies.forms import apns_infos as apns_infos
    from pushcodec.strategies.forms import harmony_infos as harmony_infos
    from pushcodec.strategies.forms import live_activities as live_activities
    from pushcodec.strategies.forms import multi_language_contents as multi_language_contents
    from pushcodec.strategies.forms import rest_push_infos as rest_push_infos
    from pushcodec.strategies.misses import NearMiss as NearMiss
    from pushcodec.strategies.misses import near_misses as near_misses
    from pushcodec.strategies.noise import hostile as hostile
    from pushcodec.strategies.payloads import call_entities as call_entities
    from pushcodec.strategies.payloads import chat_entities as chat_entities
    from pushcodec.strategies.payloads import entities as entities
    from pushcodec.strategies.payloads import entity_texts as entity_texts
    from pushcodec.strategies.payloads import ext_texts as ext_texts
    from pushcodec.strategies.payloads import exts as exts
    from pushcodec.strategies.payloads import notification_texts as notification_texts
    from pushcodec.strategies.payloads import notifications as notifications
    from pushcodec.strategies.payloads import offline_push_infos as offline_push_infos
    from pushcodec.strategies.payloads import signaling_content_texts as signaling_content_texts
    from pushcodec.strategies.payloads import signaling_contents as signaling_contents
    from pushcodec.strategies.payloads import tim_push_features as tim_push_features
    from pushcodec.strategies.tolerance import Tolerated as Tolerated
    from pushcodec.strategies.tolerance import tolerated as tolerated
    from pushcodec.strategies.wrapping import DrawnDocument as DrawnDocument
    from pushcodec.strategies.wrapping import documents as documents
