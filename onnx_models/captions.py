"""Captions for composed music, in English and Chinese, worded as people word prompts."""

from collections.abc import Sequence
from typing import Final, Literal

from numpy.random import Generator

from onnx_models.composer import INSTRUMENTS, KITS, STYLES, Part, Piece
from onnx_models.composer.theory import pick

Language = Literal["en", "zh"]

MOODS: Final[dict[str, tuple[str, ...]]] = {
    "aggressive": ("激进的", "凶猛的"),
    "bright": ("明亮的", "明快的"),
    "calm": ("平静的", "安静的"),
    "cool": ("酷的", "冷静的"),
    "cozy": ("舒适的", "惬意的"),
    "dark": ("黑暗的", "阴暗的"),
    "dramatic": ("戏剧性的", "跌宕的"),
    "dreamy": ("梦幻的", "迷离的"),
    "driving": ("有推动力的", "向前冲的"),
    "elegant": ("优雅的", "典雅的"),
    "emotional": ("感人的", "动情的"),
    "energetic": ("充满活力的", "有力的"),
    "epic": ("史诗般的", "宏大的"),
    "expressive": ("富有表现力的", "深情的"),
    "festive": ("喜庆的", "节日的"),
    "floating": ("漂浮的", "飘渺的"),
    "futuristic": ("未来感的", "科幻的"),
    "gentle": ("温柔的", "轻柔的"),
    "graceful": ("优美的", "轻盈的"),
    "gritty": ("粗粝的", "粗犷的"),
    "groovy": ("有律动的", "带劲的"),
    "happy": ("快乐的", "开心的"),
    "heroic": ("英雄的", "英勇的"),
    "homely": ("家常的", "朴实的"),
    "hopeful": ("充满希望的", "有希望的"),
    "hot": ("火热的", "热烈的"),
    "hypnotic": ("催眠的", "迷幻的"),
    "intense": ("激烈的", "强烈的"),
    "joyful": ("欢乐的", "喜悦的"),
    "lively": ("活泼的", "热闹的"),
    "majestic": ("庄严的", "雄伟的"),
    "mellow": ("柔和的", "醇厚的"),
    "moody": ("忧郁的", "情绪化的"),
    "mysterious": ("神秘的", "诡秘的"),
    "mystical": ("玄妙的", "空灵的"),
    "neon": ("霓虹感的", "炫彩的"),
    "noble": ("高贵的", "庄重的"),
    "nostalgic": ("怀旧的", "念旧的"),
    "passionate": ("热情的", "激情的"),
    "peaceful": ("宁静的", "祥和的"),
    "playful": ("俏皮的", "顽皮的"),
    "powerful": ("强劲的", "有力量的"),
    "proud": ("自豪的", "昂扬的"),
    "quirky": ("古怪的", "有趣的"),
    "rebellious": ("叛逆的", "不羁的"),
    "relaxed": ("放松的", "悠闲的"),
    "romantic": ("浪漫的", "柔情的"),
    "sad": ("悲伤的", "忧伤的"),
    "scary": ("恐怖的", "吓人的"),
    "smooth": ("顺滑的", "丝滑的"),
    "sophisticated": ("精致的", "考究的"),
    "soulful": ("有灵魂的", "深情的"),
    "spacious": ("空旷的", "开阔的"),
    "sunny": ("阳光的", "晴朗的"),
    "tender": ("温存的", "细腻的"),
    "tense": ("紧张的", "紧绷的"),
    "uplifting": ("振奋的", "向上的"),
    "warm": ("温暖的", "暖心的"),
}
_MOOD_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "sad": ("sad", "melancholic", "sorrowful", "wistful"),
    "happy": ("happy", "cheerful", "joyful", "feel-good"),
    "calm": ("calm", "quiet", "soothing", "tranquil"),
    "dark": ("dark", "gloomy", "sombre", "brooding"),
    "energetic": ("energetic", "lively", "high-energy", "vigorous"),
    "epic": ("epic", "grand", "huge"),
    "relaxed": ("relaxed", "laid-back", "chilled", "easygoing"),
    "tense": ("tense", "uneasy", "nervous"),
    "romantic": ("romantic", "loving", "passionate"),
    "bright": ("bright", "sunny", "shining"),
    "peaceful": ("peaceful", "serene", "restful"),
    "dreamy": ("dreamy", "hazy", "ethereal"),
    "scary": ("scary", "creepy", "eerie"),
}
SOUNDS: Final = ("wet", "dry", "dull", "shrill", "driven", "swung")
# Upper bound of the tempo in quarters a minute, and the words up to it.
_TEMPI: Final[tuple[tuple[float, dict[str, tuple[str, ...]]], ...]] = (
    (72, {"en": ("slow", "very slow", "slow tempo", "adagio"), "zh": ("慢速", "缓慢", "慢板")}),
    (96, {"en": ("moderate tempo", "unhurried", "mid-tempo", "andante"),
          "zh": ("中慢速", "行板", "节奏舒缓")}),
    (122, {"en": ("mid-tempo", "moderate", "steady tempo", "walking pace"),
           "zh": ("中速", "中板", "节奏适中")}),
    (145, {"en": ("upbeat", "fast", "quick", "allegro"), "zh": ("快速", "轻快", "快板")}),
    (999, {"en": ("fast", "very fast", "rapid", "presto"), "zh": ("很快", "急速", "急板")}),
)  # fmt: skip
# Upper bound of the mean velocity, and the words up to it; the middle says nothing.
_DYNAMICS: Final[tuple[tuple[float, dict[str, tuple[str, ...]]], ...]] = (
    (60, {"en": ("soft", "quiet", "played softly", "gentle touch", "piano dynamics"),
          "zh": ("轻柔", "弱奏", "轻声演奏", "力度较弱")}),
    (92, {"en": (), "zh": ()}),
    (128, {"en": ("loud", "strong", "played hard", "forte", "punchy"),
           "zh": ("响亮", "强奏", "有力地演奏", "力度强")}),
)  # fmt: skip
_NOUNS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "en": {
        "mix": ("song", "track", "piece", "arrangement", "music", "band", "instrumental"),
        "lead": ("melody", "lead", "solo", "tune", "lead line", "theme"),
        "harmony": ("chords", "accompaniment", "harmony", "backing", "background"),
        "bass": ("bass line", "bassline", "low end", "bass part"),
        "drums": ("beat", "groove", "drum beat", "rhythm", "drum loop", "drum pattern"),
    },
    "zh": {
        "mix": ("歌曲", "乐曲", "音乐", "曲子", "编曲", "伴奏带"),
        "lead": ("旋律", "主旋律", "独奏", "主音", "曲调", "主题"),
        "harmony": ("和声", "伴奏", "和弦", "铺底", "背景"),
        "bass": ("低音", "贝斯线", "低音线条", "低音声部"),
        "drums": ("节拍", "鼓点", "律动", "节奏", "鼓组节奏"),
    },
}
_EXTRAS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "en": {
        "wet": ("with reverb", "reverberant", "in a big room", "spacious reverb"),
        "dry": ("dry", "close-miked", "dry and close"),
        "dull": ("dark tone", "muffled", "warm tone"),
        "shrill": ("bright tone", "crisp", "airy"),
        "driven": ("distorted", "saturated", "with overdrive"),
        "swung": ("swung", "with swing", "shuffled feel"),
    },
    "zh": {
        "wet": ("带混响", "混响空间大", "空间感强"),
        "dry": ("干声", "近距离录音", "无混响"),
        "dull": ("音色暗", "音色柔暗", "音色温暖"),
        "shrill": ("音色明亮", "清脆", "高频丰富"),
        "driven": ("失真", "饱和", "过载"),
        "swung": ("摇摆感", "带摇摆", "摇摆节奏"),
    },
}
_KEYS_EN: Final = ("C", "D flat", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat",
                   "B")  # fmt: skip
_KEYS_ZH: Final = ("C", "降D", "D", "降E", "E", "F", "升F", "G", "降A", "A", "降B", "B")
_MODES_ZH: Final = {
    "major": "大调", "minor": "小调", "dorian": "多利亚调式", "mixolydian": "混合利底亚调式",
    "lydian": "利底亚调式", "phrygian": "弗里吉亚调式", "harmonic_minor": "和声小调",
}  # fmt: skip


def caption(piece: Piece, role: str, rng: Generator, language: Language) -> str:
    """Return one way to ask for `role` ("mix" or one of `ROLES`) of the piece; never empty.

    A caption says only what is true of the notes and the sound; it leaves most of it out.
    Raises ValueError when the piece has no part of that role.
    """
    parts = piece.parts_of(role)
    if not parts:
        raise ValueError(f"seed {piece.seed} has no part {role!r}; ask for one of its parts' roles")
    drawn = rng.random()
    if drawn < 0.22:
        return _short(parts, role, rng, language)
    if drawn < 0.55:
        return (_english if language == "en" else _chinese)(piece, parts, role, rng)
    return _tags(piece, parts, role, rng, language)


def names(parts: Sequence[Part], rng: Generator, language: Language) -> str:
    """Return the instruments in any order; of more than two, often only some."""
    order = [parts[i] for i in rng.permutation(len(parts))]
    if len(order) > 2 and rng.random() < 0.6:
        order = order[: pick(rng, (2, 2, 3))]
    words = list(dict.fromkeys(_name(part, rng, language) for part in order))
    if language == "zh":
        return pick(rng, ("、", "和", "加")).join(words)
    if len(words) == 1:
        return words[0]
    last = pick(rng, (" and ", " with ", " and ", ", "))
    return ", ".join(words[:-1]) + last + words[-1]


def _name(part: Part, rng: Generator, language: Language) -> str:
    table = KITS if part.role == "drums" else INSTRUMENTS
    entry = table[part.instrument]
    words = entry.english if language == "en" else entry.chinese
    # The plainest name comes first and is what most people type.
    return words[0] if rng.random() < 0.45 else pick(rng, words)


def _short(parts: Sequence[Part], role: str, rng: Generator, language: Language) -> str:
    """Return the instruments, perhaps with one word."""
    who = names(parts, rng, language)
    if rng.random() < 0.4:
        return who
    if role == "lead" and len(parts) == 1 and rng.random() < 0.6:
        if language == "zh":
            return who + ("" if who.startswith("独奏") else "独奏")
        return who if who.startswith("solo") else f"solo {who}"
    noun = pick(rng, _NOUNS[language][role])
    if language == "zh":
        return f"{who}{noun}" if noun not in who else who
    return who if noun.split()[0] in who.split() else f"{who} {noun}"


def _tags(
    piece: Piece, parts: Sequence[Part], role: str, rng: Generator, language: Language
) -> str:
    """Return facts in any order, separated by commas; the instruments are seldom left out."""
    facts = _facts(piece, parts, role, rng, language)
    kept = [fact for fact in facts if fact and rng.random() < 0.55]
    if rng.random() < 0.88 or not kept:
        kept.append(names(parts, rng, language))
    separator = ", " if language == "en" else pick(rng, ("，", "，", "、", " "))
    return separator.join(kept[i] for i in rng.permutation(len(kept)))


def _facts(
    piece: Piece, parts: Sequence[Part], role: str, rng: Generator, language: Language
) -> tuple[str, ...]:
    return (
        style_name(piece, rng, language),
        mood(piece, rng, language),
        tempo(piece, rng, language),
        dynamics(parts, rng, language),
        _extra(piece, parts, rng, language) if rng.random() < 0.5 else "",
        _key(piece, language) if rng.random() < 0.2 else "",
        _metre(piece, language) if rng.random() < 0.25 else "",
        pick(rng, _NOUNS[language][role]) if rng.random() < 0.5 else "",
    )


def style_name(piece: Piece, rng: Generator, language: Language) -> str:
    """Return a name of the piece's style."""
    style = STYLES[piece.style]
    words = style.english if language == "en" else style.chinese
    return words[0] if rng.random() < 0.4 else pick(rng, words)


def mood(piece: Piece, rng: Generator, language: Language) -> str:
    """Return a word for one of the piece's moods."""
    word = pick(rng, piece.moods)
    if language == "zh":
        return pick(rng, MOODS[word]).removesuffix("的")
    return pick(rng, _MOOD_SYNONYMS.get(word, (word,)))


def tempo(piece: Piece, rng: Generator, language: Language) -> str:
    """Return a tempo word, or the figure."""
    if rng.random() < 0.4:
        bpm = round(piece.bpm)
        forms = {"en": (f"{bpm} BPM", f"{bpm} bpm", f"tempo {bpm}"),
                 "zh": (f"{bpm} BPM", f"每分钟{bpm}拍", f"速度{bpm}", f"{bpm}拍")}  # fmt: skip
        return pick(rng, forms[language])
    return pick(rng, next(words for high, words in _TEMPI if piece.bpm < high)[language])


def dynamics(parts: Sequence[Part], rng: Generator, language: Language) -> str:
    """Return a word for clearly soft or loud playing, else nothing."""
    velocities = [note.velocity for part in parts for note in part.notes]
    mean = sum(velocities) / len(velocities)
    words = next(words for high, words in _DYNAMICS if mean < high)[language]
    return pick(rng, words) if words else ""


def sounds(piece: Piece, parts: Sequence[Part]) -> tuple[str, ...]:
    """Return those of `SOUNDS` that are true of every part."""
    true = {
        "wet": all(p.reverb > 0.3 for p in parts),
        "dry": all(p.reverb == 0 for p in parts),
        "dull": all(p.brightness_db < -2.5 for p in parts),
        "shrill": all(p.brightness_db > 2.5 for p in parts),
        "driven": all(p.drive > 0.15 for p in parts),
        "swung": piece.swing > 0.57,
    }
    return tuple(sound for sound in SOUNDS if true[sound])


def _extra(piece: Piece, parts: Sequence[Part], rng: Generator, language: Language) -> str:
    """Return a word on the sound that is true of every part, else nothing."""
    found = sounds(piece, parts)
    return pick(rng, _EXTRAS[language][pick(rng, found)]) if found else ""


def _key(piece: Piece, language: Language) -> str:
    if language == "zh":
        return _KEYS_ZH[piece.key] + _MODES_ZH[piece.mode]
    return f"in {_KEYS_EN[piece.key]} {piece.mode.replace('_', ' ')}"


def _metre(piece: Piece, language: Language) -> str:
    metre = f"{piece.numerator}/{piece.denominator}"
    return f"{metre} time" if language == "en" else f"{metre}拍"


def _english(piece: Piece, parts: Sequence[Part], role: str, rng: Generator) -> str:
    """Return a phrase or sentence in English."""
    words = {
        "who": names(parts, rng, "en"),
        "style": style_name(piece, rng, "en"),
        "mood": mood(piece, rng, "en"),
        "tempo": tempo(piece, rng, "en"),
        "noun": pick(rng, _NOUNS["en"][role]),
    }
    text = pick(rng, _ENGLISH).format(**words)
    how = dynamics(parts, rng, "en")
    text += f", {how}" if how and rng.random() < 0.3 else ""
    text = _with_article(text)
    return text[0].upper() + text[1:] + "." if rng.random() < 0.4 else text


def _with_article(text: str) -> str:
    """Return the text with "a(n)" written as its next word wants it."""
    head, marker, tail = text.partition("a(n) ")
    if not marker:
        return text
    return f"{head}{'an' if tail[0].lower() in 'aeio8' else 'a'} {tail}"


def _chinese(piece: Piece, parts: Sequence[Part], role: str, rng: Generator) -> str:
    """Return a phrase or sentence in Chinese."""
    text = pick(rng, _CHINESE).format(
        who=names(parts, rng, "zh"),
        style=style_name(piece, rng, "zh"),
        mood=mood(piece, rng, "zh"),
        tempo=tempo(piece, rng, "zh"),
        noun=pick(rng, _NOUNS["zh"][role]),
    )
    how = dynamics(parts, rng, "zh")
    text += f"，{how}" if how and rng.random() < 0.3 else ""
    return text + "。" if rng.random() < 0.3 else text


_ENGLISH: Final = (
    "{mood} {who}",
    "{mood} {style} {noun}",
    "{style} with {who}",
    "{style} {noun} played by {who}",
    "a(n) {mood} {noun} on {who}",
    "a(n) {mood} {style} {noun}, {who}, {tempo}",
    "{who} in the style of {style}",
    "{who} playing {mood} {style}",
    "{who} playing a(n) {mood} {noun}",
    "{mood} {style}, {who}, {tempo}",
    "{who}, {mood} and {tempo}",
    "{tempo} {style} {noun} with {who}",
    "{noun} for {who}, {style}, {mood}",
    "I want {mood} {style} with {who}",
    "make it {mood}: {who}, {style}",
    "give me a(n) {mood} {noun} with {who}",
    "{style} {who}",
    "{who} {noun}, {style} feel, {tempo}",
    "something {mood} on {who}",
    "{who}; {style}; {tempo}; {mood}",
)
_CHINESE: Final = (
    "{mood}的{who}",
    "{mood}的{style}{noun}",
    "{style}风格的{who}",
    "用{who}演奏的{mood}{noun}",
    "{who}演奏的{style}{noun}",
    "一段{mood}的{noun}，{who}",
    "一段{style}{noun}，{who}，{tempo}",
    "{who}，{style}，{mood}",
    "{style}，{who}，{tempo}，{mood}",
    "{mood}、{tempo}的{who}{noun}",
    "我想要{mood}的{style}，用{who}",
    "请用{who}演奏，{mood}一点",
    "{who}的{noun}，{style}风格",
    "带有{who}的{style}",
    "来一段{mood}的{who}",
    "{tempo}的{style}，以{who}为主",
)
