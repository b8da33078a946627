"""What a client does with a payload: one module per client, and the Route types that all of them share.

A client is a set of total functions from raw values to a Route. None of them imports models, codec or pydantic: a validated model
cannot reproduce what a client does with an unvalidated dictionary.
"""

from pushcodec.foundation import ABSENT, Absent
from pushcodec.routing.ios import receive, route
from pushcodec.routing.outcomes import (
    ClientCrash,
    DeferredC2CCall,
    ExpiredCall,
    Ignored,
    JoinGroupCall,
    OpenC2CChat,
    OpenGroupChat,
    Route,
    SignalingInfo,
    UnreadableCall,
    UnroutedChat,
)

__all__ = [
    "ABSENT",
    "Absent",
    "ClientCrash",
    "DeferredC2CCall",
    "ExpiredCall",
    "Ignored",
    "JoinGroupCall",
    "OpenC2CChat",
    "OpenGroupChat",
    "Route",
    "SignalingInfo",
    "UnreadableCall",
    "UnroutedChat",
    "receive",
    "route",
]
