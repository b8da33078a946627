"""The commands on one payload a file: decode, encode, validate, route, schema."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from pushcodec import cases, jsontext, registry
from pushcodec.carriers import Carrier, find_ext, look, look_kind
from pushcodec.cli.files import for_each, open_named, print_json, print_line, print_violations
from pushcodec.cli.status import BAD, COULD_NOT_RUN, GOOD, complain
from pushcodec.errors import DecodeError, EncodeError, printable
from pushcodec.foundation import Maybe, read_object, type_name
from pushcodec.jsontext import JSONValue
from pushcodec.routing import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    Ignored,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    UnreadableCall,
    UnroutedChat,
    receive,
    route,
)
from pushcodec.routing.steps import Trace, untraced

MAX_FILE = 64 * 2**20
"""The most bytes of a file that `route` reads: the client knows no limit, a machine does."""


# Commands


def run_decode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext  # pydantic is loaded only where it is used

    def decode(name: str, data: bytes) -> int:
        carried = find_ext(data, carrier=arguments.carrier)
        try:
            ext = unfold(decode_ext(carried.ext))
        except DecodeError as error:
            raise DecodeError(map(carried.locate, error.violations)) from None
        if arguments.json:
            print_json({"file": name, "carrier": carried.carrier, "ext": ext})
        else:
            print_line(pretty(ext))
        return GOOD

    return for_each(arguments, decode)


def run_encode(arguments: argparse.Namespace) -> int:
    from pushcodec.codec import decode_ext, encode_ext

    def encode(name: str, data: bytes) -> int:
        try:
            text = encode_ext(decode_ext(fold(jsontext.parse(data))))
        except DecodeError as error:
            raise EncodeError(error.violations) from None
        if arguments.json:
            print_json({"file": name, "text": text})
        else:
            sys.stdout.write(text + "\n")
        return GOOD

    return for_each(arguments, encode)


def run_validate(arguments: argparse.Namespace) -> int:
    from pushcodec.validation import iter_violations  # jsonschema is loaded only where it is used

    def validate(name: str, data: bytes) -> int:
        kind = arguments.kind or _kind_of(data)
        violations = list(iter_violations(data, kind=kind))
        if arguments.json:
            found = [violation.to_dict() for violation in violations]
            print_json({"file": name, "kind": kind, "valid": not found, "violations": found})
        elif violations:
            print_violations(name, violations, sys.stdout)
        else:
            print_line(f"{printable(name)}: a valid {kind}")
        return BAD if violations else GOOD

    return for_each(arguments, validate)


def run_route(arguments: argparse.Namespace) -> int:
    if arguments.cases is not None:
        return _answer_cases(arguments.cases)
    now = int(time.time()) if arguments.now is None else arguments.now

    def tell_route(name: str, data: bytes) -> int:
        taken = route_file(data, now=now, logged_in=not arguments.logged_out, ios10=not arguments.ios9)
        if arguments.json:
            print_json({"file": name, **taken.to_dict()})
        else:
            print_line(f"{printable(name)}: {describe(taken)}")
        return BAD if is_lost(taken) else GOOD

    return for_each(arguments, tell_route, most=MAX_FILE)


def run_schema(arguments: argparse.Namespace) -> int:
    print_line(registry.schema_text(arguments.name).rstrip("\n") if arguments.name else "\n".join(registry.NAMES))
    return GOOD


def _answer_cases(name: str) -> int:
    status = GOOD
    try:
        with open_named(name) as source:
            for number, line in enumerate(source, 1):
                if not line.strip():
                    continue
                try:
                    sys.stdout.write(cases.answer(line.decode()) + "\n")
                except (cases.CaseError, UnicodeDecodeError) as error:
                    reason = "expected UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
                    complain(f"{printable(name)}:{number}: {reason}")
                    status = COULD_NOT_RUN
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{printable(name)}: {error.strerror}")
        return COULD_NOT_RUN
    return status


def _kind_of(data: bytes) -> str:
    value = jsontext.scan_text(data).value
    return "ext" if value is jsontext.MISSING else look_kind(value)


def route_file(data: bytes, *, now: int, logged_in: bool = True, ios10: bool = True, trace: Trace = untraced) -> Route:
    """The route of whatever a file holds: a notification as it is, an ext as TPNS would carry it, a bare entity by itself.

    The client never sees the limits of the gate, and its reader forgives more, so the text is looked at with that reader.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        trace("receive 4", None)
        return Ignored("custom_not_a_json_object")
    value = read_object(text)
    carrier = look(value)
    if carrier is Carrier.ENTITY:
        return route(value, now=now, logged_in=logged_in, trace=trace)
    if carrier is Carrier.LEGACY or not ios10:
        return receive(value, now=now, logged_in=logged_in, ios10=False, trace=trace)
    if carrier is Carrier.EXT or not isinstance(value, dict):
        return receive({"custom": text}, now=now, logged_in=logged_in, trace=trace)
    return receive(value, now=now, logged_in=logged_in, trace=trace)


def is_lost(taken: Route) -> bool:
    """Whether the client crashes, or does nothing whenever the notification is tapped."""
    return isinstance(taken, Ignored | UnroutedChat | UnreadableCall | ClientCrash)


# What `decode` shows, and `encode` reads: the signaling content of a call as an object


def unfold(ext: Any) -> dict[str, Any]:
    """The wire's value of an ext, with the signaling content of a call as an object."""
    from pushcodec.models import CallEntity, to_wire

    wire = to_wire(ext)
    if isinstance(ext.entity, CallEntity):
        wire["entity"] = {**wire["entity"], "content": to_wire(ext.entity.content)}
    return wire


def fold(value: JSONValue) -> str:
    """The text of an ext from the value that `unfold` gives; any other value as it is."""
    if isinstance(value, dict) and isinstance(entity := value.get("entity"), dict) and isinstance(entity.get("content"), dict):
        value = {**value, "entity": {**entity, "content": jsontext.dump(entity["content"])}}
    return jsontext.dump(value)


# Words


def describe(taken: Route) -> str:
    """A route in words, in printable ASCII."""
    match taken:
        case Ignored(reason=reason):
            return f"ignored: {reason}"
        case OpenC2CChat(user_id=user_id, handled_now=now):
            return f"c2c_chat: opens the chat with {_id(user_id)}{_when(now)}"
        case OpenGroupChat(group_id=group_id, handled_now=now):
            return f"group_chat: opens the chat of group {_id(group_id)}{_when(now)}"
        case UnroutedChat(reason=reason, handled_now=now):
            return f"chat_unrouted: opens nothing, {reason}{_when(now)}"
        case DeferredC2CCall():
            return "call_ignored_c2c: left to the call kit once the app runs"
        case UnreadableCall():
            return "call_no_content: nothing rings, content is not the text of a JSON object"
        case ExpiredCall(elapsed=elapsed) if elapsed >= 2**63:
            return f"call_expired: nothing rings, sent {2**64 - elapsed} s ahead of the phone's clock"
        case ExpiredCall(timeout=timeout, elapsed=elapsed):
            return f"call_expired: nothing rings, {elapsed} s old with a timeout of {timeout} s"
        case JoinGroupCall(signaling=info, handled_now=now):
            return f"group_call: rings, a call in group {_id(info.group_id)} from {_id(info.inviter)}{_when(now)}"
    why = f"{taken.nil_key} is absent" if taken.nil_key else f"{taken.receiver_type} has no {taken.selector}"
    return f"crash: the app dies at {taken.step}, {why}"


def _id(value: Maybe) -> str:
    return f'"{printable(value, 64)}"' if isinstance(value, str) else f"<{type_name(value)}>"


def _when(now: bool) -> str:
    return "" if now else ", after login"


# Printing


def pretty(value: object) -> str:
    """JSON for people: indented, non-ASCII raw where it can be printed, everything else escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(c if c.isprintable() or c == "\n" else jsontext.ascii_only(c) for c in text)
