"""The releases of the Android client, and what is said about them."""

from __future__ import annotations

from typing import Final

from pushcodec.clients.android.classes import READERS, Apply, Release, apply
from pushcodec.clients.android.effects import simulate
from pushcodec.clients.android.redirect import redirect
from pushcodec.clients.android.steps import STEPS, STEPS_7_9
from pushcodec.clients.android.words import CONVERSIONS, FIELDS, OUTCOMES, REASONS, words
from pushcodec.clients.case import Case
from pushcodec.clients.client import Client, Reader
from pushcodec.clients.effects import Effect
from pushcodec.clients.outcomes import Outcome
from pushcodec.clients.steps import Trace, untraced
from pushcodec.errors import Code
from pushcodec.jsontext import Readings

GSON_6: Final = Reader("Gson 6", READERS["bundle_ext"]["6.0"])
GSON_7_9: Final = Reader("Gson 7.9", READERS["bundle_ext"]["7.9"])


class AndroidClient(Client):
    """A release of the Android client. Source: TIMSDK Android, `OfflineMessageDispatcher`, see `redirect`."""

    family = "android"
    system = "Android"
    functions = {"android": "redirect: OfflineMessageDispatcher"}
    outcomes = OUTCOMES
    reasons = REASONS
    crash_code = Code.CRASHES_ANDROID
    fields = FIELDS
    conversions = CONVERSIONS
    lost = frozenset({"ignored", "chat_unrouted", "call_no_content", "nothing", "low_version_toast", "crash"})

    def __init__(self, release: Release, releases: str, reader: Reader) -> None:
        """`release` selects what `redirect` mirrors, `releases` are those of the SDK that do the same."""
        super().__init__(f"android-{release}", f"Android {release}", releases, reader)
        self._release: Release = release
        self.steps = STEPS_7_9 if release == "7.9" else STEPS

    def simulate(self, ext: str | bytes, *, now: int, readings: Readings | None = None, trace: Trace = untraced) -> Effect:
        """As `Client.simulate`, when a vendor's push service gives the text of the ext to the app."""
        read: Apply = apply if readings is None else readings.by
        return simulate(ext, now=now, release=self._release, trace=trace, read=read)

    def take(self, case: Case) -> Outcome:
        """As `Client.take`, for `{"id", "ext", "server_time", "carrier", "profile"}`."""
        case.require("ext", "server_time")
        return redirect(
            case.text("ext"),
            server_time=case.seconds("server_time"),
            release=case.get("profile", self._release),
            carrier=case.get("carrier", "bundle_ext"),
        )

    def words(self, outcome: Outcome) -> str:
        """As `Client.words`."""
        return words(outcome) or super().words(outcome)


CLIENTS: Final = (
    AndroidClient("6.0", "from 6.0.1975", GSON_6),
    AndroidClient("6.1", "from 6.1.2155", GSON_6),
    AndroidClient("7.9", "from 7.9.5666", GSON_7_9),
)
"""The Android clients, oldest first. A release represents all up to the next one that differs."""
