"""The instruments that the composer writes for, and their names in English and Chinese."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Instrument:
    """A General MIDI program; `low` and `high` bound its usual range (MIDI keys, inclusive)."""

    key: str
    program: int
    family: str
    low: int
    high: int
    english: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def sustains(self) -> bool:
        """Return whether a held note keeps sounding."""
        return self.family in SUSTAINING

    @property
    def plays_chords(self) -> bool:
        """Return whether one player sounds several notes at once."""
        return self.family in CHORDAL


SUSTAINING: Final = frozenset(
    {"organ", "strings", "ensemble", "choir", "brass", "reed", "pipe", "synth_lead", "pad"}
)
CHORDAL: Final = frozenset(
    {"piano", "organ", "guitar", "mallet", "ensemble", "choir", "pad", "plucked", "synth_keys"}
)

# program  key  family  low  high  English names  Chinese names; an indented line goes on.
_TABLE: Final = """
0 acoustic_grand_piano piano 33 98 piano|grand piano|acoustic piano|concert grand
  钢琴|大钢琴|原声钢琴|三角钢琴
1 bright_piano piano 36 96 bright piano|bright acoustic piano|pop piano 明亮的钢琴|流行钢琴
2 electric_grand_piano piano 36 96 electric grand|electric grand piano 电子大钢琴|电三角钢琴
3 honky_tonk_piano piano 40 92 honky-tonk piano|saloon piano|detuned piano 酒吧钢琴|走音钢琴
4 electric_piano piano 36 92 electric piano|Rhodes|e-piano|mellow keys 电钢琴|罗兹电钢|电钢
5 fm_electric_piano piano 36 96 FM electric piano|DX electric piano|80s electric piano
  FM电钢琴|八十年代电钢琴
6 harpsichord piano 36 89 harpsichord|cembalo 羽管键琴|大键琴|古钢琴
7 clavinet piano 36 88 clavinet|clav|funky clav 击弦古钢琴|放克键盘
8 celesta mallet 60 100 celesta|celeste 钢片琴|天使钢琴
9 glockenspiel mallet 67 103 glockenspiel|bells 钟琴|小钟琴
10 music_box mallet 57 98 music box|toy music box 八音盒|音乐盒
11 vibraphone mallet 50 91 vibraphone|vibes 颤音琴|电颤琴
12 marimba mallet 42 94 marimba|wooden mallets 马林巴|马林巴琴
13 xylophone mallet 60 100 xylophone|wooden xylophone 木琴
14 tubular_bells mallet 55 80 tubular bells|chimes|church bells 管钟|钟声
15 dulcimer plucked 48 88 dulcimer|hammered dulcimer|yangqin 扬琴|大扬琴
16 drawbar_organ organ 36 92 organ|drawbar organ|Hammond organ 风琴|电风琴|哈蒙德风琴
17 percussive_organ organ 36 92 percussive organ|jazz organ 打击风琴|爵士风琴
18 rock_organ organ 36 92 rock organ|overdriven organ 摇滚风琴|失真风琴
19 church_organ organ 36 92 church organ|pipe organ|cathedral organ 管风琴|教堂管风琴
20 reed_organ organ 40 88 reed organ|harmonium 簧风琴|脚踏风琴
21 accordion organ 48 89 accordion|musette 手风琴
22 harmonica reed 55 89 harmonica|blues harp|mouth organ 口琴|布鲁斯口琴
23 bandoneon organ 48 88 bandoneon|tango accordion 班多钮手风琴|探戈手风琴
24 nylon_guitar guitar 40 84 nylon guitar|classical guitar|Spanish guitar|acoustic guitar
  尼龙弦吉他|古典吉他|吉他|木吉他
25 steel_guitar guitar 40 86 steel guitar|steel-string guitar|acoustic guitar|folk guitar
  钢弦吉他|民谣吉他|木吉他|原声吉他
26 jazz_guitar guitar 40 86 jazz guitar|hollow-body guitar|mellow electric guitar
  爵士吉他|空心电吉他
27 clean_guitar guitar 40 88 clean electric guitar|clean guitar|electric guitar 清音电吉他|电吉他
28 muted_guitar guitar 40 84 muted guitar|palm-muted guitar|picked muted guitar 闷音吉他|制音吉他
29 overdriven_guitar guitar 40 88 overdriven guitar|crunchy guitar|rock guitar 过载吉他|摇滚吉他
30 distortion_guitar guitar 40 88 distorted guitar|distortion guitar|heavy guitar
  失真吉他|重型吉他|失真电吉他
32 acoustic_bass bass 28 60 acoustic bass|double bass|upright bass 原声贝斯|低音提琴|立式贝斯
33 finger_bass bass 28 62 bass guitar|fingered bass|electric bass 电贝斯|贝斯|指弹贝斯
34 pick_bass bass 28 62 picked bass|pick bass|rock bass 拨片贝斯|摇滚贝斯
35 fretless_bass bass 28 62 fretless bass|smooth fretless bass 无品贝斯
36 slap_bass bass 28 62 slap bass|funk bass 击弦贝斯|放克贝斯
38 synth_bass bass 26 62 synth bass|analog bass|bass synth 合成贝斯|模拟贝斯|合成器低音
39 deep_synth_bass bass 24 60 deep synth bass|sub bass|fat synth bass
  深沉合成贝斯|超低音|厚实的合成贝斯
40 violin strings 55 100 violin|solo violin|fiddle 小提琴|独奏小提琴
41 viola strings 48 86 viola|solo viola 中提琴
42 cello strings 36 79 cello|solo cello 大提琴|独奏大提琴
43 contrabass strings 28 60 contrabass|bowed double bass 倍大提琴|低音大提琴
44 tremolo_strings ensemble 40 91 tremolo strings|trembling strings 震音弦乐|颤弓弦乐
45 pizzicato_strings plucked 40 91 pizzicato strings|plucked strings 拨弦|弦乐拨奏
46 harp plucked 36 98 harp|concert harp 竖琴|大竖琴
48 string_ensemble ensemble 36 96 strings|string ensemble|string section|orchestral strings
  弦乐|弦乐组|弦乐合奏|管弦乐弦乐
49 slow_strings ensemble 36 94 slow strings|lush strings|warm strings 慢弦乐|柔美弦乐|温暖的弦乐
50 synth_strings ensemble 36 96 synth strings|analog strings 合成弦乐|模拟弦乐
52 choir choir 48 82 choir|choir aahs|voices 合唱|人声合唱|唱诗班
53 voice_oohs choir 48 82 voice oohs|soft voices|humming voices 人声哼唱|柔和人声
54 synth_voice choir 48 86 synth voice|synth vox|vocal synth 合成人声|电子人声
56 trumpet brass 54 89 trumpet|solo trumpet 小号|独奏小号
57 trombone brass 36 77 trombone|solo trombone 长号
58 tuba brass 28 62 tuba 大号
59 muted_trumpet brass 54 86 muted trumpet|jazz muted trumpet 弱音小号|加弱音器的小号
60 french_horn brass 36 79 French horn|horn|horns 圆号|法国号
61 brass_section brass 40 86 brass section|brass|horn section 铜管组|铜管乐|铜管
62 synth_brass brass 40 91 synth brass|80s brass|analog brass 合成铜管|模拟铜管
64 soprano_sax reed 56 88 soprano sax|soprano saxophone 高音萨克斯
65 alto_sax reed 49 82 alto sax|saxophone|alto saxophone|sax 中音萨克斯|萨克斯|萨克斯风
66 tenor_sax reed 44 78 tenor sax|tenor saxophone|saxophone 次中音萨克斯|萨克斯
67 baritone_sax reed 37 71 baritone sax|bari sax 上低音萨克斯
68 oboe reed 58 91 oboe|solo oboe 双簧管
69 english_horn reed 52 81 English horn|cor anglais 英国管
70 bassoon reed 34 74 bassoon|solo bassoon 巴松|大管
71 clarinet reed 50 91 clarinet|solo clarinet 单簧管|黑管
72 piccolo pipe 72 103 piccolo 短笛
73 flute pipe 60 98 flute|concert flute|solo flute 长笛|独奏长笛
74 recorder pipe 60 93 recorder|wooden recorder 竖笛|木笛
75 pan_flute pipe 58 93 pan flute|panpipes 排箫
77 shakuhachi pipe 55 88 shakuhachi|bamboo flute 尺八|竹笛
78 whistle pipe 60 98 whistle|whistling 口哨
79 ocarina pipe 60 93 ocarina 陶笛
80 square_lead synth_lead 40 98 square lead|square wave synth|chip lead|8-bit lead
  方波主音|方波合成器|八位机音色|芯片主音
81 saw_lead synth_lead 40 98 saw lead|synth lead|sawtooth lead 锯齿波主音|合成主音|合成器主音
82 calliope_lead synth_lead 48 96 calliope lead|soft synth lead|flute-like synth
  汽笛风琴主音|柔和合成主音
83 chiff_lead synth_lead 48 96 chiff lead|airy synth lead 气声合成主音|空灵合成主音
84 charang_lead synth_lead 40 94 charang lead|guitar-like synth lead|gritty lead
  粗糙合成主音|吉他质感主音
85 voice_lead synth_lead 48 92 voice lead|vocal synth lead 人声合成主音
87 bass_lead synth_lead 36 88 fat synth lead|bass and lead synth 厚重合成主音|低音主音合成器
88 new_age_pad pad 40 92 new age pad|bell pad|fantasia pad 新世纪铺底|钟声铺底
89 warm_pad pad 36 91 warm pad|warm synth pad|soft pad 温暖铺底|暖色铺底音|柔和铺底
90 polysynth pad 36 94 polysynth|analog poly synth|poly synth 复音合成器|模拟合成器
91 choir_pad pad 40 88 choir pad|space voice pad 合唱铺底|太空人声铺底
92 bowed_pad pad 40 91 bowed pad|glass pad 弓弦铺底|玻璃质感铺底
93 metallic_pad pad 40 91 metallic pad|cold pad 金属铺底|冷色铺底
94 halo_pad pad 40 91 halo pad|airy pad|ethereal pad 光环铺底|空灵铺底
95 sweep_pad pad 40 91 sweep pad|filter sweep pad|evolving pad 扫频铺底|渐变铺底
98 crystal synth_keys 48 98 crystal synth|crystal bells|sparkling synth 水晶合成器|水晶音色
99 atmosphere synth_keys 40 94 atmosphere synth|atmospheric plucks 氛围合成器|大气拨弦
100 brightness synth_keys 40 94 bright synth|shiny synth 明亮合成器|闪亮音色
104 sitar plucked 48 86 sitar|Indian sitar 西塔琴|印度西塔尔琴
105 banjo plucked 48 88 banjo|bluegrass banjo 班卓琴|五弦琴
106 shamisen plucked 50 86 shamisen|samisen 三味线
107 koto plucked 48 91 koto|guzheng|Asian zither 古筝|日本筝|筝
108 kalimba plucked 55 91 kalimba|thumb piano 卡林巴|拇指琴
109 bagpipe reed 55 84 bagpipe|bagpipes 风笛|苏格兰风笛
110 folk_fiddle strings 55 93 fiddle|folk fiddle|country fiddle 民谣小提琴|乡村提琴
111 shanai reed 55 86 shanai|suona|double-reed pipe 唢呐|双簧木管
114 steel_drums mallet 52 88 steel drums|steel pan 钢鼓|加勒比钢鼓
"""


def _instrument(row: str) -> Instrument:
    program, key, family, low, high, names = row.split(" ", 5)
    english, chinese = names.rsplit(" ", 1)
    return Instrument(
        key,
        int(program),
        family,
        int(low),
        int(high),
        tuple(english.split("|")),
        tuple(chinese.split("|")),
    )


INSTRUMENTS: Final = MappingProxyType(
    {i.key: i for i in map(_instrument, _TABLE.strip().replace("\n  ", " ").splitlines())}
)

# Plain sounds that users ask for most; a third of the leads are drawn from them.
COMMON_LEADS: Final = (
    "acoustic_grand_piano", "acoustic_grand_piano", "acoustic_grand_piano", "electric_piano",
    "nylon_guitar", "steel_guitar", "clean_guitar", "violin", "cello", "string_ensemble", "flute",
    "clarinet", "alto_sax", "trumpet", "drawbar_organ", "music_box", "vibraphone", "saw_lead",
    "square_lead",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kit:
    """A drum kit; `programs` are the kit numbers (bank 128) that sound like it."""

    key: str
    programs: tuple[int, ...]
    english: tuple[str, ...]
    chinese: tuple[str, ...]


KITS: Final = MappingProxyType(
    {
        kit.key: kit
        for kit in (
            Kit("standard_kit", (0, 1, 2, 3, 4),
                ("drums", "drum kit", "acoustic drums", "live drums"),
                ("鼓", "架子鼓", "鼓组", "原声鼓")),
            Kit("room_kit", (8, 9, 10), ("room drums", "roomy drum kit", "drums in a room"),
                ("房间鼓组", "带房间感的鼓")),
            Kit("power_kit", (16, 17), ("power drums", "big rock drums", "hard-hitting drums"),
                ("重型鼓组", "有力的鼓", "摇滚鼓")),
            Kit("electronic_kit", (24,), ("electronic drums", "drum machine", "electronic kit"),
                ("电子鼓", "鼓机")),
            Kit("tr808_kit", (25,), ("808 drums", "TR-808", "808 kit", "analog drum machine"),
                ("808鼓机", "808鼓", "模拟鼓机")),
            Kit("jazz_kit", (32, 33, 34), ("jazz drums", "jazz kit", "swinging drums"),
                ("爵士鼓", "爵士鼓组")),
            Kit("brush_kit", (40, 41, 42), ("brushed drums", "brushes", "brush kit"),
                ("鼓刷", "刷子鼓", "轻刷鼓组")),
            Kit("orchestra_kit", (48,), ("orchestral percussion", "cinematic percussion"),
                ("管弦乐打击乐", "电影感打击乐")),
        )
    }
)  # fmt: skip
