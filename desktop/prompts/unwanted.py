"""What a prompt wants not to hear: all that is listed after "no" or "没有".

The list goes on over "and", "or" and "、", and over commas where "or" ends it, or "and" that after
"without". Commas alone are not enough: in "no drums, piano" a new tag asks for something again, as
do "but", "only", "a" and the like.
"""

import re
from collections.abc import Iterator
from typing import Final

NEGATION: Final = (
    r"(?P<negation>(?<![a-z])(?:(?P<without>without)|no)\s++(?:any\s++)?"
    r"|不要|没有|无(?![尽限比数穷边])|不带)"
)
_TURN: Final = (
    r"(?:(?:an?|the|some|but|only|just|use|with|instead|yet|please|no|not|without|in|on|over|for"
    r"|and|n?or)(?![a-z])|[但而只却仅改请有用要不没无别])"
)
_CHINESE: Final = r"\u3400-\u9fff"
_LATIN: Final = r"a-z\u00c0-\u024f"
_WORD: Final = rf"(?!{_TURN})[{_LATIN}][{_LATIN}0-9'’-]*+"
_SIGN: Final = rf"(?!{_TURN}|的|以及|[和与及或])[{_CHINESE}]"
_PHRASE: Final = re.compile(
    rf"{_WORD}(?:[ \t]++{_WORD}){{0,3}}+(?=[ \t]*+(?:{_TURN}|[^{_LATIN}0-9{_CHINESE}]|\Z))"
    rf"|(?!{_TURN}|的)[{_CHINESE}](?:{_SIGN}){{0,7}}+(?={_TURN}|以及|[和与及或]|[^{_CHINESE}]|\Z)",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"(?P<or>\s*+[,，]?\s*+(?:(?<=[\s,，])n?or\s++(?:(?:any|an?|the)\s++)?|或者?)|\s*+、\s*+)"
    r"|(?P<and>\s*+(?P<loose>[,，])?\s*+(?:(?<=[\s,，])and\s++|以及|[和与及]))"
    r"|\s*+[,，]\s*+",
    re.IGNORECASE,
)


def read(
    text: str, finder: re.Pattern[str], name: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], int]]:
    """Yield what `finder`, which has NEGATION in it, finds, and where ends what belongs to it.

    To a negation belongs all that is listed after it; one of nothing is passed over.
    """
    at = 0
    while found := finder.search(text, at):
        at = found.end()
        if found["negation"]:
            end = list_end(text, found, name)
            if end is None:
                continue
            at = end
        yield found, at


def list_end(text: str, negation: re.Match[str], name: re.Pattern[str]) -> int | None:
    """Return where ends what is listed after `negation`; None for nothing.

    What `name` matches is a thing of the list as it is; other phrases are up to a comma.
    """
    end = reach = _thing_end(text, negation.end(), name)
    while reach is not None and (joint := _JOINT.match(text, reach)):
        loose = reach != end or joint["loose"] is not None
        reach = _thing_end(text, joint.end(), name)
        if joint["and"] and loose and not negation["without"]:
            break
        if reach is not None and (joint["or"] or joint["and"]):
            end = reach
    return end


def _thing_end(text: str, at: int, name: re.Pattern[str]) -> int | None:
    found = name.match(text, at) or _PHRASE.match(text, at)
    return found.end() if found else None
