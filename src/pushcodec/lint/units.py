"""Marks of a value in another unit or of another kind."""

MILLISECONDS = 100_000_000_000
"""A number of seconds from here on is probably one of milliseconds: the year 5138, or March 1973."""

GROUP_ID = "@TGS#"
"""The beginning of the group ids that Tencent assigns. No user id begins with it."""
