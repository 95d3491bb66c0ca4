"""Style templates: what each style draws its tempo, harmony, patterns and instruments from."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_PIANOS: Final = "acoustic_grand_piano acoustic_grand_piano bright_piano electric_piano"
_WINDS: Final = "flute oboe clarinet alto_sax trumpet french_horn"


@dataclass(frozen=True, slots=True)
class Style:
    """A style's choices; tuples are drawn from, pairs of floats are ranges.

    `progressions` are chords as `theory.chord_classes` reads them, one a bar ("|" parts bars);
    `harmony`, `bass` and `grooves` name patterns; `odds` are the chances of harmony, bass, drums;
    `density` is the lead's notes a beat; `scale` replaces the mode's ("pentatonic", "blues").
    """

    key: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    bpm: tuple[float, float]
    metres: tuple[str, ...]
    modes: tuple[str, ...]
    progressions: tuple[str, ...]
    leads: tuple[str, ...]
    harmonies: tuple[str, ...]
    basses: tuple[str, ...]
    kits: tuple[str, ...]
    harmony: tuple[str, ...]
    bass: tuple[str, ...]
    grooves: tuple[str, ...]
    moods: tuple[str, ...]
    chord_notes: int = 3
    density: tuple[float, float] = (0.8, 2.2)
    swing: tuple[float, float] = (0.5, 0.5)
    looseness_ms: float = 8.0
    odds: tuple[float, float, float] = (0.95, 0.9, 0.9)
    drive: float = 0.0
    scale: str = ""


def _style(key: str, english: str, chinese: str, **choices: object) -> Style:
    """Return a style whose texts are split: names and progressions at ";", the rest at spaces."""
    parted = {
        name: tuple(value.split("; " if name == "progressions" else " "))
        if isinstance(value, str) and name != "scale"
        else value
        for name, value in choices.items()
    }
    return Style(key, tuple(english.split("; ")), tuple(chinese.split("; ")), **parted)  # type: ignore[arg-type]


_MAJOR_LOOPS: Final = (
    "1|5|6|4; 1|6|4|5; 6|4|1|5; 4|1|5|6; 1|4|6|5; 1|3|4|5; 1|5|2|4; 1|4|1|5; 1|2|4|1; 1|6|2|5"
)
_MINOR_LOOPS: Final = "1|6|3|7; 1|4|5|1; 1|7|6|7; 1|6|7|1; 1|3|7|4; 6|7|1|1; 1|4|6|5:7; 1|5|6|3"

_ALL: Final = (
    _style(
        "pop", "pop; pop song; catchy pop; radio pop", "流行; 流行歌曲; 流行音乐",
        bpm=(88, 128), metres="4/4 4/4 4/4 6/8", modes="major major minor",
        progressions=_MAJOR_LOOPS,
        leads=f"{_PIANOS} steel_guitar clean_guitar saw_lead flute string_ensemble marimba",
        harmonies=f"{_PIANOS} warm_pad string_ensemble steel_guitar polysynth clean_guitar",
        basses="finger_bass pick_bass synth_bass", kits="standard_kit room_kit electronic_kit",
        harmony="pad pulse4 pulse8 arp8 push strum ballad", bass="long eighths push rock octaves",
        grooves="pop rock four halftime", moods="happy uplifting bright warm hopeful",
    ),
    _style(
        "lofi", "lo-fi; lofi hip hop; chill beats; lo-fi study beat", "低保真; lofi嘻哈; 放松节拍",
        bpm=(66, 92), metres="4/4", modes="major minor dorian",
        progressions="2|5|1|6; 4|3|2|1; 1|6|2|5; 2|5|3|6; 1|4; 4|3|6|2", chord_notes=4,
        leads="electric_piano acoustic_grand_piano vibraphone nylon_guitar jazz_guitar"
        " muted_trumpet kalimba flute music_box",
        harmonies="electric_piano acoustic_grand_piano jazz_guitar warm_pad fm_electric_piano",
        basses="acoustic_bass finger_bass deep_synth_bass synth_bass",
        kits="electronic_kit tr808_kit room_kit brush_kit",
        harmony="pad comp ballad push arp8", bass="long lazy push", grooves="lofi boombap halftime",
        moods="relaxed mellow nostalgic dreamy cozy", density=(0.5, 1.6), swing=(0.54, 0.64),
        looseness_ms=16,
    ),
    _style(
        "house", "house; deep house; dance music; club track", "浩室; 深浩室; 舞曲; 电子舞曲",
        bpm=(116, 130), metres="4/4", modes="minor minor dorian major",
        progressions=_MINOR_LOOPS, chord_notes=4,
        leads="saw_lead square_lead bright_piano electric_piano drawbar_organ voice_lead polysynth",
        harmonies="bright_piano polysynth synth_strings drawbar_organ warm_pad electric_piano",
        basses="synth_bass deep_synth_bass slap_bass", kits="electronic_kit tr808_kit",
        harmony="stabs offbeat pad push arp16", bass="offbeat octaves house eighths",
        grooves="four house", moods="energetic groovy driving uplifting", looseness_ms=2,
        density=(1.0, 2.6),
    ),
    _style(
        "rock", "rock; rock song; guitar rock; alternative rock", "摇滚; 摇滚乐; 吉他摇滚",
        bpm=(96, 168), metres="4/4 4/4 4/4 6/8 7/8", modes="minor major mixolydian dorian",
        progressions="1|7|4|1; 1|4|5|4; 6|4|1|5; 1|b7|4|1; 1|3|4|6; 1|6|7|1",
        leads="overdriven_guitar distortion_guitar clean_guitar rock_organ acoustic_grand_piano",
        harmonies="overdriven_guitar distortion_guitar rock_organ clean_guitar muted_guitar",
        basses="pick_bass finger_bass", kits="standard_kit power_kit room_kit",
        harmony="power8 pulse8 push strum pad", bass="eighths rock push",
        grooves="rock rock2 halftime toms", moods="energetic powerful driving rebellious",
        drive=0.3, density=(1.0, 2.8),
    ),
    _style(
        "funk", "funk; funky groove; disco funk", "放克; 放克律动; 迪斯科放克",
        bpm=(92, 122), metres="4/4", modes="dorian mixolydian minor",
        progressions="1; 1|4; 1|1|4|4; 1|4|5|4; 2:m7|5:7; 1|b7", chord_notes=4,
        leads="clavinet alto_sax brass_section electric_piano clean_guitar trumpet tenor_sax",
        harmonies="clavinet clean_guitar muted_guitar percussive_organ electric_piano"
        " brass_section",
        basses="slap_bass finger_bass synth_bass", kits="standard_kit room_kit power_kit",
        harmony="funk16 stabs comp", bass="funk funk2 octaves", grooves="funk funk2 disco",
        moods="groovy energetic playful", density=(1.2, 3.0), swing=(0.5, 0.57),
    ),
    _style(
        "jazz", "jazz; jazz trio; swing jazz; cool jazz", "爵士; 爵士三重奏; 摇摆爵士",
        bpm=(84, 180), metres="4/4 4/4 3/4 5/4", modes="major dorian minor",
        progressions="2:m7|5:7|1:maj7|6:7; 1:maj7|6:7|2:m7|5:7; 2:m7b5|5:7|1:m7|1:m7;"
        " 1:7|4:7|1:7|1:7; 3:m7|6:7|2:m7|5:7; 1:maj9|4:9|3:m7|6:7; 1:6|2:m9|3:m7|6:9",
        chord_notes=4,
        leads="acoustic_grand_piano vibraphone jazz_guitar tenor_sax alto_sax trumpet muted_trumpet"
        " clarinet trombone percussive_organ",
        harmonies="acoustic_grand_piano electric_piano jazz_guitar vibraphone percussive_organ",
        basses="acoustic_bass fretless_bass", kits="jazz_kit brush_kit",
        harmony="comp charleston pad comp2", bass="walking walking two", grooves="swing brushes",
        moods="cool relaxed sophisticated playful", density=(1.0, 3.0), swing=(0.6, 0.68),
        looseness_ms=14,
    ),
    _style(
        "bossa", "bossa nova; Brazilian jazz; latin lounge", "波萨诺瓦; 巴萨诺瓦; 巴西爵士",
        bpm=(108, 148), metres="4/4", modes="major minor",
        progressions="1:maj7|2:7|2:m7|5:7; 1:maj7|1:maj7|2:m7|5:7; 2:m9|5:9|1:maj9|6:7;"
        " 1:m7|4:m7|2:m7b5|5:7",
        chord_notes=4,
        leads="nylon_guitar flute tenor_sax acoustic_grand_piano vibraphone voice_oohs",
        harmonies="nylon_guitar electric_piano acoustic_grand_piano jazz_guitar",
        basses="acoustic_bass finger_bass fretless_bass", kits="brush_kit jazz_kit room_kit",
        harmony="bossa bossa2 comp", bass="bossa two", grooves="bossa", looseness_ms=12,
        moods="relaxed sunny gentle romantic",
    ),
    _style(
        "waltz", "waltz; Viennese waltz; ballroom waltz", "圆舞曲; 华尔兹; 维也纳圆舞曲",
        bpm=(92, 176), metres="3/4", modes="major major minor harmonic_minor",
        progressions="1|1|5|5; 1|4|5|1; 1|6|2|5; 1|5:7|5:7|1; 4|1|5:7|1",
        leads=f"violin accordion acoustic_grand_piano {_WINDS} string_ensemble celesta",
        harmonies="string_ensemble acoustic_grand_piano accordion pizzicato_strings harp",
        basses="contrabass acoustic_bass pizzicato_strings tuba",
        kits="orchestra_kit brush_kit standard_kit",
        harmony="waltz waltz arp8 pad", bass="one onefive", grooves="waltz",
        odds=(0.95, 0.85, 0.35),
        moods="elegant romantic graceful nostalgic", density=(0.7, 2.0), looseness_ms=12,
    ),
    _style(
        "cinematic", "cinematic; orchestral; epic film score; movie soundtrack",
        "电影配乐; 史诗; 管弦乐; 电影感",
        bpm=(60, 140), metres="4/4 4/4 3/4 6/8 7/8 5/4", modes="minor minor major dorian lydian",
        progressions="1|6|3|7; 1|3|6|4; 1|6|4|5; 1|b6|b3|b7; 6|4|1|5; 1|4|6|7",
        leads="violin french_horn string_ensemble trumpet cello choir brass_section flute oboe"
        " acoustic_grand_piano",
        harmonies="string_ensemble slow_strings brass_section choir tremolo_strings harp"
        " french_horn pizzicato_strings",
        basses="contrabass cello tuba trombone", kits="orchestra_kit",
        harmony="pad ostinato arp8 pulse8 arp16", bass="long pedal ostinato eighths",
        grooves="epic march", odds=(1.0, 0.8, 0.6), density=(0.4, 1.8), looseness_ms=14,
        moods="epic heroic dramatic majestic emotional",
    ),
    _style(
        "ambient", "ambient; ambient soundscape; meditation music", "氛围音乐; 环境音乐; 冥想音乐",
        bpm=(55, 90), metres="4/4 3/4", modes="lydian major dorian minor",
        progressions="1|1|4|4; 1|5|4|4; 1|2; 6|6|4|4; 1:maj9|4:maj9; 1:sus2|4:sus2", chord_notes=4,
        leads="acoustic_grand_piano crystal celesta voice_oohs shakuhachi electric_piano harp cello"
        " music_box atmosphere",
        harmonies="warm_pad new_age_pad bowed_pad halo_pad sweep_pad choir_pad slow_strings"
        " synth_voice atmosphere",
        basses="deep_synth_bass synth_bass fretless_bass contrabass",
        kits="electronic_kit tr808_kit",
        harmony="pad pad arp4 arp8", bass="long pedal", grooves="sparse",
        odds=(1.0, 0.4, 0.15), density=(0.25, 0.9), looseness_ms=20,
        moods="calm peaceful dreamy floating spacious",
    ),
    _style(
        "chiptune", "chiptune; 8-bit game music; retro video game",
        "芯片音乐; 8位游戏音乐; 复古游戏",
        bpm=(110, 178), metres="4/4 4/4 3/4", modes="major minor mixolydian",
        progressions=_MAJOR_LOOPS,
        leads="square_lead square_lead saw_lead calliope_lead xylophone",
        harmonies="square_lead saw_lead chiff_lead", basses="square_lead synth_bass saw_lead",
        kits="electronic_kit tr808_kit", harmony="arp16 arp16 arp8 pulse8",
        bass="eighths octaves rock", grooves="four pop drive",
        moods="playful happy energetic quirky", density=(1.4, 3.4), looseness_ms=0,
    ),
    _style(
        "folk", "folk; acoustic folk; singer-songwriter", "民谣; 原声民谣; 乡村民谣",
        bpm=(76, 132), metres="4/4 3/4 6/8 2/4", modes="major major mixolydian dorian",
        progressions="1|4|1|5; 1|5|6|4; 1|4|5|1; 1|b7|4|1; 6|4|1|5",
        leads="steel_guitar harmonica folk_fiddle banjo recorder flute accordion whistle"
        " nylon_guitar",
        harmonies="steel_guitar nylon_guitar accordion banjo dulcimer",
        basses="acoustic_bass finger_bass", kits="brush_kit standard_kit room_kit",
        harmony="strum strum2 arp8 travis", bass="two one long", grooves="folk brushes",
        odds=(0.95, 0.7, 0.45), moods="warm gentle homely nostalgic", looseness_ms=12,
    ),
    _style(
        "trap", "trap; trap beat; hip hop; dark trap", "陷阱音乐; Trap; 嘻哈; 说唱伴奏",
        bpm=(62, 80), metres="4/4", modes="minor harmonic_minor phrygian",
        progressions="1|6; 1|1|6|7; 1|b2; 1|6|4|5; 1|1|1|6",
        leads="music_box acoustic_grand_piano square_lead kalimba flute tubular_bells brass_section"
        " saw_lead electric_piano koto",
        harmonies="choir_pad slow_strings warm_pad synth_voice acoustic_grand_piano"
        " string_ensemble",
        basses="deep_synth_bass synth_bass", kits="tr808_kit tr808_kit electronic_kit",
        harmony="pad arp8 ballad", bass="sub808 sub808b", grooves="trap trap2",
        moods="dark moody tense cool", density=(1.0, 2.6), looseness_ms=2,
    ),
    _style(
        "synthwave", "synthwave; retrowave; 80s synth pop; outrun",
        "合成器浪潮; 复古电子; 八十年代电子",
        bpm=(80, 120), metres="4/4", modes="minor minor dorian major", progressions=_MINOR_LOOPS,
        leads="saw_lead square_lead charang_lead synth_brass fm_electric_piano bass_lead",
        harmonies="polysynth synth_strings warm_pad synth_brass brightness",
        basses="synth_bass deep_synth_bass", kits="electronic_kit power_kit",
        harmony="pad arp16 pulse8 arp8", bass="sixteenths eighths octaves",
        grooves="pop four halftime", moods="nostalgic driving dreamy neon", looseness_ms=1,
    ),
    _style(
        "dnb", "drum and bass; jungle; liquid drum and bass", "鼓打贝斯; 丛林音乐; DnB",
        bpm=(160, 180), metres="4/4", modes="minor dorian", progressions=_MINOR_LOOPS,
        chord_notes=4,
        leads="saw_lead electric_piano square_lead bright_piano voice_lead vibraphone",
        harmonies="warm_pad synth_strings electric_piano sweep_pad choir_pad",
        basses="deep_synth_bass synth_bass", kits="electronic_kit standard_kit tr808_kit",
        harmony="pad pad stabs push", bass="reese sub808 long", grooves="dnb dnb2",
        moods="energetic intense driving futuristic", density=(0.6, 1.8), looseness_ms=2,
    ),
    _style(
        "reggae", "reggae; dub; roots reggae", "雷鬼; 牙买加雷鬼; 达布",
        bpm=(66, 94), metres="4/4", modes="major minor mixolydian",
        progressions="1|4|1|5; 1|5|6|4; 1|4; 1|2|4|1; 6|5|4|5",
        leads="drawbar_organ trombone tenor_sax clean_guitar harmonica steel_drums trumpet",
        harmonies="clean_guitar drawbar_organ muted_guitar acoustic_grand_piano",
        basses="finger_bass deep_synth_bass", kits="standard_kit room_kit",
        harmony="skank skank bubble", bass="reggae reggae2", grooves="onedrop steppers",
        moods="relaxed sunny groovy", swing=(0.5, 0.6),
    ),
    _style(
        "baroque", "baroque; baroque dance; counterpoint", "巴洛克; 巴洛克舞曲; 复调音乐",
        bpm=(66, 132), metres="4/4 3/4 2/4 6/8", modes="major minor harmonic_minor",
        progressions="1|5|6|3|4|1|4|5; 1|4|7|3|6|2|5|1; 1|5:7|1|5; 1|6|2|5; 1|4|5:7|1",
        leads="harpsichord violin oboe recorder flute trumpet church_organ cello",
        harmonies="harpsichord string_ensemble church_organ nylon_guitar viola",
        basses="cello contrabass bassoon", kits="orchestra_kit",
        harmony="arp8 alberti arp16 pulse4 pad", bass="walking eighths long", grooves="march",
        odds=(0.95, 0.85, 0.05), density=(1.4, 3.2), moods="elegant noble lively graceful",
    ),
    _style(
        "suspense", "suspense; thriller score; horror soundtrack; tension cue",
        "悬疑; 惊悚配乐; 紧张氛围; 恐怖音乐",
        bpm=(58, 118), metres="4/4 5/4 7/8 3/4", modes="phrygian harmonic_minor minor",
        progressions="1|b2; 1|1|b6|b6; 1|2:dim7; 1|4:m|b2|1; 1|1|1|5:dim7",
        leads="celesta cello bass_lead acoustic_grand_piano viola bassoon voice_oohs xylophone"
        " english_horn",
        harmonies="tremolo_strings choir_pad metallic_pad string_ensemble pizzicato_strings"
        " sweep_pad",
        basses="contrabass deep_synth_bass cello", kits="orchestra_kit tr808_kit",
        harmony="pad pad ostinato pulse8", bass="pedal ostinato long", grooves="sparse epic",
        odds=(1.0, 0.75, 0.4), density=(0.4, 1.8), moods="tense dark mysterious scary",
    ),
    _style(
        "classical", "classical; sonata; romantic piano piece", "古典; 古典音乐; 奏鸣曲",
        bpm=(60, 160), metres="4/4 3/4 6/8 2/4", modes="major minor harmonic_minor",
        progressions="1|4|5|1; 1|6|2|5; 1|5:7|1|4; 1|2|5:7|1; 1|4|1|5:7",
        leads=f"acoustic_grand_piano acoustic_grand_piano violin cello {_WINDS} bassoon",
        harmonies="acoustic_grand_piano string_ensemble harp viola pizzicato_strings",
        basses="cello contrabass bassoon", kits="orchestra_kit",
        harmony="alberti alberti arp8 waltz pad pulse4", bass="long one walking", grooves="march",
        odds=(0.9, 0.55, 0.05), moods="elegant expressive graceful gentle", looseness_ms=14,
        density=(0.8, 3.0),
    ),
    _style(
        "ballad", "ballad; slow ballad; love song; piano ballad", "抒情歌; 慢歌; 情歌; 抒情曲",
        bpm=(56, 84), metres="4/4 4/4 6/8 3/4", modes="major major minor",
        progressions=_MAJOR_LOOPS,
        leads="acoustic_grand_piano violin alto_sax steel_guitar oboe cello electric_piano flute",
        harmonies="acoustic_grand_piano string_ensemble slow_strings electric_piano warm_pad"
        " nylon_guitar",
        basses="finger_bass fretless_bass acoustic_bass", kits="standard_kit room_kit brush_kit",
        harmony="ballad arp8 pad travis", bass="long lazy one", grooves="ballad halftime",
        odds=(1.0, 0.75, 0.55), moods="romantic emotional sad tender", density=(0.5, 1.5),
        looseness_ms=14,
    ),
    _style(
        "blues", "blues; slow blues; electric blues", "布鲁斯; 蓝调; 电声蓝调",
        bpm=(62, 126), metres="4/4 4/4 6/8", modes="mixolydian dorian",
        progressions="1:7|1:7|1:7|1:7|4:7|4:7|1:7|1:7|5:7|4:7|1:7|5:7; 1:7|4:7|1:7|5:7",
        chord_notes=4, scale="blues",
        leads="clean_guitar overdriven_guitar harmonica acoustic_grand_piano tenor_sax"
        " drawbar_organ",
        harmonies="acoustic_grand_piano clean_guitar drawbar_organ honky_tonk_piano",
        basses="finger_bass acoustic_bass", kits="standard_kit room_kit brush_kit",
        harmony="shuffle comp charleston", bass="walking shuffle two", grooves="shuffle swing",
        moods="soulful moody gritty", swing=(0.6, 0.67), looseness_ms=14, drive=0.15,
    ),
    _style(
        "techno", "techno; minimal techno; rave; trance", "科技舞曲; 极简电子; 锐舞; 迷幻舞曲",
        bpm=(124, 146), metres="4/4", modes="minor phrygian dorian",
        progressions="1; 1|1|6|7; 1|b2; 1|6|3|7",
        leads="saw_lead square_lead bass_lead charang_lead polysynth crystal",
        harmonies="sweep_pad polysynth synth_strings saw_lead metallic_pad",
        basses="synth_bass deep_synth_bass", kits="electronic_kit tr808_kit",
        harmony="arp16 stabs pad pulse16", bass="offbeat sixteenths rolling", grooves="four techno",
        moods="driving hypnotic dark energetic", density=(1.4, 3.6), looseness_ms=0,
    ),
    _style(
        "march", "march; military march; marching band", "进行曲; 军乐; 行进乐队",
        bpm=(96, 132), metres="2/4 4/4", modes="major major minor",
        progressions="1|4|5|1; 1|5|1|5; 1|6|5:7|1; 4|1|5:7|1",
        leads="trumpet piccolo brass_section clarinet trombone french_horn flute",
        harmonies="brass_section french_horn trombone clarinet", basses="tuba trombone bassoon",
        kits="orchestra_kit standard_kit", harmony="offbeat pulse4 pad", bass="two one",
        grooves="march", moods="proud heroic bright festive", density=(1.0, 2.4),
    ),
    _style(
        "celtic", "Celtic; Irish jig; Scottish folk dance", "凯尔特; 爱尔兰舞曲; 苏格兰民间音乐",
        bpm=(92, 150), metres="6/8 4/4 3/4", modes="dorian mixolydian major",
        progressions="1|b7|1|b7; 1|4|1|5; 1|b7|4|1; 1|5|4|1",
        leads="folk_fiddle whistle flute bagpipe harp accordion recorder",
        harmonies="steel_guitar harp accordion dulcimer nylon_guitar",
        basses="acoustic_bass contrabass", kits="brush_kit orchestra_kit",
        harmony="strum arp8 pad strum2", bass="one two pedal", grooves="folk march",
        odds=(0.9, 0.6, 0.4), density=(1.6, 3.0), moods="lively festive joyful mystical",
    ),
    _style(
        "latin", "latin; salsa; tango; cha-cha", "拉丁; 萨尔萨; 探戈; 恰恰",
        bpm=(92, 176), metres="4/4 4/4 2/4", modes="minor harmonic_minor major",
        progressions="1|4|5:7|1; 2:m7b5|5:7|1|1; 1|4|5|4; 1|7|6|5:7",
        leads="trumpet acoustic_grand_piano bandoneon nylon_guitar flute trombone marimba violin",
        harmonies="acoustic_grand_piano nylon_guitar bandoneon brass_section",
        basses="acoustic_bass finger_bass", kits="standard_kit room_kit",
        harmony="montuno montuno stabs tango", bass="tumbao bossa tango", grooves="salsa bossa",
        moods="passionate hot festive lively", density=(1.2, 2.8),
    ),
    _style(
        "metal", "metal; heavy metal; hard rock", "金属; 重金属; 硬摇滚",
        bpm=(100, 180), metres="4/4 4/4 7/8 5/4", modes="phrygian minor harmonic_minor",
        progressions="1|6|7|1; 1|b2|1|7; 1|1|6|7; 1|4|6|5",
        leads="distortion_guitar distortion_guitar overdriven_guitar",
        harmonies="distortion_guitar overdriven_guitar", basses="pick_bass finger_bass",
        kits="power_kit standard_kit", harmony="gallop power8 pad", bass="gallop eighths",
        grooves="metal rock2 halftime", moods="aggressive dark powerful intense",
        density=(1.6, 4.0), drive=0.4,
    ),
    _style(
        "soul", "soul; R&B; gospel; neo-soul", "灵魂乐; 节奏布鲁斯; 福音; 新灵魂乐",
        bpm=(62, 108), metres="4/4 4/4 6/8", modes="major dorian minor",
        progressions="1:maj7|3:m7|4:maj7|5:7; 4:maj7|3:m7|2:m7|1:maj7; 1|6|2|5;"
        " 2:m9|5:9|1:maj9|1:6",
        chord_notes=4,
        leads="electric_piano drawbar_organ tenor_sax clean_guitar alto_sax trumpet",
        harmonies="electric_piano drawbar_organ acoustic_grand_piano choir clean_guitar",
        basses="finger_bass fretless_bass synth_bass", kits="standard_kit room_kit electronic_kit",
        harmony="comp push pad ballad", bass="lazy push funk", grooves="boombap pop ballad",
        moods="soulful warm smooth romantic", swing=(0.5, 0.6), looseness_ms=14,
    ),
    _style(
        "chinese", "Chinese traditional; Chinese folk; oriental; East Asian pentatonic",
        "中国风; 国风; 中国民乐; 古风",
        bpm=(60, 120), metres="4/4 2/4 4/4 3/4", modes="major minor", scale="pentatonic",
        progressions="1|6|2|5; 1|5|6|4; 6|4|5|6; 1|4|6|5; 6|2|5|1",
        leads="koto dulcimer shakuhachi shanai flute violin pan_flute recorder folk_fiddle",
        harmonies="koto dulcimer harp string_ensemble warm_pad acoustic_grand_piano",
        basses="cello acoustic_bass contrabass finger_bass",
        kits="orchestra_kit standard_kit tr808_kit",
        harmony="arp8 pad travis arp16", bass="long one lazy", grooves="sparse halftime ballad",
        odds=(0.95, 0.6, 0.4), moods="elegant peaceful nostalgic mystical", density=(0.6, 2.4),
    ),
)  # fmt: skip

STYLES: Final = MappingProxyType({style.key: style for style in _ALL})
