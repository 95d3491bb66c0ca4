"""What went wrong, in the user's language.

Errors say it in English, below Qt and in processes that know of no language. Here stand the
sentences that the window may come to show; `{fields}` are what differs from case to case, and may
be such a sentence again. Any other error is shown as it is.
"""

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

DEPTH: Final = 4  # a file that cannot be read in a take that cannot be played in an export
LONGEST: Final = 2000  # what is longer is no sentence, and would take long to compare
SENTENCES: Final = (
    # The song.
    QT_TRANSLATE_NOOP("Problems", "region {region} has no take {take}"),
    QT_TRANSLATE_NOOP("Problems", "tick {tick} is not within clip {clip}; split between its ends"),
    QT_TRANSLATE_NOOP("Problems", "clips {one} and {other} must be two clips of one track"),
    QT_TRANSLATE_NOOP(
        "Problems", "tick {tick} is not within region {region}; split between its ends"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "region {other} must begin where region {one} ends, on its track"
    ),
    QT_TRANSLATE_NOOP("Problems", "the song has no track {track}"),
    QT_TRANSLATE_NOOP("Problems", "the song has no marker {marker}"),
    QT_TRANSLATE_NOOP("Problems", "the song has no clip {clip}"),
    QT_TRANSLATE_NOOP("Problems", "the song has no region {region}"),
    QT_TRANSLATE_NOOP("Problems", "track {track} has no region {region}"),
    QT_TRANSLATE_NOOP("Problems", "pitch must be in 0..127, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "velocity must be in 1..127, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "colour must be like #8899aa, got {value}"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "the region {one} overlaps the region {other} on {track}; move or shorten one of them",
    ),
    QT_TRANSLATE_NOOP("Problems", "without a prompt"),
    QT_TRANSLATE_NOOP("Problems", "a prompt may have {most} letters, got {length}; shorten it"),
    QT_TRANSLATE_NOOP("Problems", "a song may last {most} s, got {length} s at tick {tick}"),
    QT_TRANSLATE_NOOP("Problems", "a {part} must be 1 tick or longer, got {length} at {tick}"),
    QT_TRANSLATE_NOOP("Problems", "{name} must be in {low}..{high}, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "{name} must be in 0..{most} ticks, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "{name} is no valid text at letter {at}"),
    QT_TRANSLATE_NOOP("Problems", "bpm must be in {low}..{high}, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "a metre's numerator must be in 1..255, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "a metre's denominator must be in {choices}, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "the first {kind} change must be at tick 0, got {ticks}"),
    QT_TRANSLATE_NOOP("Problems", "{kind} changes must be in order, got {after} after {before}"),
    # What of the song it is about.
    QT_TRANSLATE_NOOP("Problems", "bar {bar} beat {beat}"),
    QT_TRANSLATE_NOOP("Problems", "note"),
    QT_TRANSLATE_NOOP("Problems", "clip"),
    QT_TRANSLATE_NOOP("Problems", "region"),
    QT_TRANSLATE_NOOP("Problems", "marker"),
    QT_TRANSLATE_NOOP("Problems", "tempo"),
    QT_TRANSLATE_NOOP("Problems", "metre"),
    QT_TRANSLATE_NOOP("Problems", "tempo change"),
    QT_TRANSLATE_NOOP("Problems", "metre change"),
    QT_TRANSLATE_NOOP("Problems", "gain_db"),
    QT_TRANSLATE_NOOP("Problems", "pan"),
    QT_TRANSLATE_NOOP("Problems", "seed"),
    QT_TRANSLATE_NOOP("Problems", "steps"),
    QT_TRANSLATE_NOOP("Problems", "guidance"),
    QT_TRANSLATE_NOOP("Problems", "notes_strength"),
    QT_TRANSLATE_NOOP("Problems", "prompt"),
    QT_TRANSLATE_NOOP("Problems", "title"),
    QT_TRANSLATE_NOOP("Problems", "name"),
    # What is typed.
    QT_TRANSLATE_NOOP("Problems", "there is no number in {text}; type one"),
    QT_TRANSLATE_NOOP("Problems", "a position is bar.beat.tick, as 5.1.000; got {text}"),
    QT_TRANSLATE_NOOP("Problems", "bars and beats count from 1, ticks from 0; got {text}"),
    QT_TRANSLATE_NOOP("Problems", "a time is minutes:seconds, as 1:05.25; got {text}"),
    QT_TRANSLATE_NOOP("Problems", "a metre is as 3/4 or 6/8; got {text}"),
    QT_TRANSLATE_NOOP("Problems", "there is no such place in a song: {text}"),
    QT_TRANSLATE_NOOP("Problems", "a tempo is a number, as 96 or 120.5; got {text}"),
    # The project on disk.
    QT_TRANSLATE_NOOP("Problems", "{path}: {problem}; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "cannot be {action} ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "read"),
    QT_TRANSLATE_NOOP("Problems", "written"),
    QT_TRANSLATE_NOOP("Problems", "made"),
    QT_TRANSLATE_NOOP("Problems", "removed"),
    QT_TRANSLATE_NOOP("Problems", "free some space on the disk and try again"),
    QT_TRANSLATE_NOOP(
        "Problems", "see to it that you may read and write there, or choose another place"
    ),
    QT_TRANSLATE_NOOP("Problems", "check the path and the disk and try again"),
    QT_TRANSLATE_NOOP("Problems", "rename it and copy {backup} to its place"),
    QT_TRANSLATE_NOOP("Problems", "restore it from a copy"),
    QT_TRANSLATE_NOOP("Problems", "is damaged ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "is missing"),
    QT_TRANSLATE_NOOP(
        "Problems", "was written by a newer version of Partimento (format {version}, not {current})"
    ),
    QT_TRANSLATE_NOOP("Problems", "update Partimento to open it"),
    QT_TRANSLATE_NOOP("Problems", "has {size} bytes, more than the {most} that are read"),
    QT_TRANSLATE_NOOP("Problems", "is no file"),
    QT_TRANSLATE_NOOP("Problems", "move it away or restore it from a copy"),
    QT_TRANSLATE_NOOP("Problems", "the song is open in another program (process {process})"),
    QT_TRANSLATE_NOOP("Problems", "close it there first"),
    QT_TRANSLATE_NOOP("Problems", "is no audio ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "has {found}, not {channels} of {frames}"),
    QT_TRANSLATE_NOOP("Problems", "{channels} channels of {frames} frames"),
    QT_TRANSLATE_NOOP("Problems", "breaks off ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "breaks off after {frames} frames"),
    QT_TRANSLATE_NOOP("Problems", "has changed: its SHA-256 is now {hash}"),
    QT_TRANSLATE_NOOP("Problems", "the audio of a take is missing"),
    QT_TRANSLATE_NOOP(
        "Problems", "copy it back from another copy of the song, or render the region again"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "restore it from a copy, or remove it and render the region again"
    ),
    QT_TRANSLATE_NOOP("Problems", "is no name for a song"),
    QT_TRANSLATE_NOOP("Problems", "name it, as in songs/sketch"),
    QT_TRANSLATE_NOOP("Problems", "there is no such song"),
    QT_TRANSLATE_NOOP("Problems", "check the path"),
    QT_TRANSLATE_NOOP("Problems", "a song is a folder, and this is none"),
    QT_TRANSLATE_NOOP("Problems", "name the song's folder, which ends in {suffix}"),
    QT_TRANSLATE_NOOP("Problems", "is a link that may lead out of the song"),
    QT_TRANSLATE_NOOP("Problems", "put a real folder there"),
    QT_TRANSLATE_NOOP("Problems", "is no song: it has no {file}"),
    QT_TRANSLATE_NOOP("Problems", "choose a folder that ends in {suffix}"),
    QT_TRANSLATE_NOOP("Problems", "would have {bytes} bytes, a song may have {most}"),
    QT_TRANSLATE_NOOP("Problems", "remove takes that you do not need"),
    QT_TRANSLATE_NOOP("Problems", "there is something at this path already"),
    QT_TRANSLATE_NOOP("Problems", "choose another name, or open it"),
    # Cue sheets.
    QT_TRANSLATE_NOOP("Problems", "it overlaps the cue of line {line}"),
    QT_TRANSLATE_NOOP("Problems", "there is a region already on {track}"),
    QT_TRANSLATE_NOOP("Problems", "it must end after it begins, got {span}"),
    QT_TRANSLATE_NOOP(
        "Problems", "bars count from 1, the last one not before the first, got {span}"
    ),
    QT_TRANSLATE_NOOP("Problems", "there is no prompt behind the span; write what shall sound"),
    QT_TRANSLATE_NOOP("Problems", "a sheet holds {most} cues at most"),
    QT_TRANSLATE_NOOP("Problems", "[{span}] is no span; write [0:15], [0:15-0:30] or [bars 1-8]"),
    QT_TRANSLATE_NOOP("Problems", "{span} is no span; write 0:15-0:30 or bars 1-8"),
    QT_TRANSLATE_NOOP(
        "Problems", "where does it end? Write 0:15-0:30, or [0:15] for seconds 0 to 15"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "before a prompt there must be a span, and outside of quotes nothing else"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "it begins with no span; write [0:15], 0:15-0:30 or bars 1-8 before the prompt"
    ),
    QT_TRANSLATE_NOOP("Problems", "{time} is no time; write seconds, m:ss or h:mm:ss"),
    QT_TRANSLATE_NOOP("Problems", "{time} is no time: behind a colon the figures go up to 59"),
    QT_TRANSLATE_NOOP("Problems", "the quote {quote} is not closed; end the prompt with {close}"),
    QT_TRANSLATE_NOOP("Problems", "line {line}: {why}"),
    # The library of prompts.
    QT_TRANSLATE_NOOP("Problems", "{problem}; what is changed in the library now will be gone"),
    QT_TRANSLATE_NOOP(
        "Problems", "{path}: {problem}; it is kept as {name}, and there is a new one"
    ),
    QT_TRANSLATE_NOOP("Problems", "cannot be used ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "moved"),
    QT_TRANSLATE_NOOP("Problems", "close other programs that use it, check the disk and try again"),
    QT_TRANSLATE_NOOP("Problems", "remove it, or put a copy in its place"),
    QT_TRANSLATE_NOOP("Problems", "update Partimento to use it"),
    QT_TRANSLATE_NOOP("Problems", "was written by a newer version of Partimento"),
    QT_TRANSLATE_NOOP("Problems", "update Partimento to read it"),
    QT_TRANSLATE_NOOP("Problems", "is no file of prompts ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "choose a file that Partimento exported"),
    QT_TRANSLATE_NOOP("Problems", "holds a prompt that says nothing"),
    QT_TRANSLATE_NOOP("Problems", "rating must be in 0..{most}, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "a prompt cannot win over itself; compare two different ones"),
    QT_TRANSLATE_NOOP("Problems", "a prompt of the library must say something; write one first"),
    # What the operating system says.
    QT_TRANSLATE_NOOP("Problems", "No such file or directory"),
    QT_TRANSLATE_NOOP("Problems", "Permission denied"),
    QT_TRANSLATE_NOOP("Problems", "No space left on device"),
    QT_TRANSLATE_NOOP("Problems", "Read-only file system"),
    QT_TRANSLATE_NOOP("Problems", "Is a directory"),
    QT_TRANSLATE_NOOP("Problems", "Not a directory"),
    QT_TRANSLATE_NOOP("Problems", "File exists"),
    # MIDI and audio files.
    QT_TRANSLATE_NOOP("Problems", "cannot read {path}: {problem}"),
    QT_TRANSLATE_NOOP("Problems", "cannot write {path}: {reason}; choose another place"),
    QT_TRANSLATE_NOOP("Problems", "lies within the song itself"),
    QT_TRANSLATE_NOOP("Problems", "choose a place elsewhere"),
    QT_TRANSLATE_NOOP("Problems", "there is no such file; choose another"),
    QT_TRANSLATE_NOOP("Problems", "{reason}; choose another file"),
    QT_TRANSLATE_NOOP("Problems", "it is larger than {most} MB; split it in a sequencer"),
    QT_TRANSLATE_NOOP("Problems", "copy it anew from where it came from"),
    QT_TRANSLATE_NOOP(
        "Problems", "it is no MIDI file (it has no MThd header); choose another file"
    ),
    QT_TRANSLATE_NOOP("Problems", "it ends within its header; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "it is of type {type}; save it as type 0 or 1 where it was made"),
    QT_TRANSLATE_NOOP("Problems", "it holds no track; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "it has more than {most} tracks; choose another file"),
    QT_TRANSLATE_NOOP(
        "Problems", "it is damaged at byte {at}, where a track should begin; {advice}"
    ),
    QT_TRANSLATE_NOOP("Problems", "its time division {division} means nothing; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "a track ends within an event; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "a track has data without a status at its byte {at}; {advice}"),
    QT_TRANSLATE_NOOP(
        "Problems", "a track has a number of more than 4 bytes at its byte {at}; {advice}"
    ),
    QT_TRANSLATE_NOOP("Problems", "it has more than {most} notes; split it in a sequencer"),
    QT_TRANSLATE_NOOP("Problems", "an event lies at tick {tick}, past {last}; shorten the file"),
    QT_TRANSLATE_NOOP("Problems", "it has more than {most} texts and changes; choose another"),
    QT_TRANSLATE_NOOP("Problems", "its texts take more than {most} MB; choose another file"),
    QT_TRANSLATE_NOOP("Problems", "choose another"),
    QT_TRANSLATE_NOOP("Problems", "has {rate} Hz, a song takes {low} to {high}"),
    QT_TRANSLATE_NOOP("Problems", "convert it to 44100 Hz"),
    QT_TRANSLATE_NOOP("Problems", "lasts {frames} frames"),
    QT_TRANSLATE_NOOP("Problems", "choose a shorter file"),
    QT_TRANSLATE_NOOP("Problems", "is no audio that can be read ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "choose a WAV, FLAC, OGG, MP3 or AIFF file"),
    QT_TRANSLATE_NOOP("Problems", "get it again from where it came, or choose another"),
    QT_TRANSLATE_NOOP("Problems", "holds samples that are no numbers"),
    QT_TRANSLATE_NOOP("Problems", "export it again"),
    QT_TRANSLATE_NOOP("Problems", "holds no sound"),
    QT_TRANSLATE_NOOP("Problems", "changed while it was read"),
    QT_TRANSLATE_NOOP("Problems", "try again once it is whole"),
    # Export.
    QT_TRANSLATE_NOOP("Problems", "cannot export to {folder}: {reason}; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "{reason} (is the disk full?)"),
    QT_TRANSLATE_NOOP("Problems", "{advice} or choose another folder"),
    QT_TRANSLATE_NOOP("Problems", "free some space"),
    QT_TRANSLATE_NOOP("Problems", "see to it that you may write there"),
    QT_TRANSLATE_NOOP("Problems", "{path} is a folder; rename it, or choose another place"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "there is nothing to hear from {start} to {end}: choose a longer span, or "
        "put a clip or a region into the song",
    ),
    QT_TRANSLATE_NOOP("Problems", "{format} is written in {choices} bits, got {bits}"),
    QT_TRANSLATE_NOOP("Problems", "sample rate must be in 8000..192000 Hz, got {value}"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "take {take} cannot be played from {path}: {reason}; render its region again, or "
        "choose another take",
    ),
    QT_TRANSLATE_NOOP("Problems", "it breaks off ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "it breaks off at frame {frame}"),
    QT_TRANSLATE_NOOP("Problems", "a sample after frame {frame} is no number"),
    # Rendering and models.
    QT_TRANSLATE_NOOP("Problems", "region {region} is shorter than a frame; make it longer"),
    QT_TRANSLATE_NOOP(
        "Problems", "the region at {place} has notes; delete them to draw improvised ones"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "no notes were improvised for the region at {place}; choose another take"
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "region {region}, with those that touch it, lasts {length} s, and {most} s can be "
        "rendered in one piece; shorten it, or render fewer at once",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "there is {what} (installed: {names}); see `partimento models list`, or install one "
        "with `partimento models add`",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "region {region} is to be rendered by pack {pack}, which is not installed (installed: "
        "{names}); install it, or choose another for the region",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "regions that wait to be rendered as one now want different packs ({packs}); render "
        "them again",
    ),
    QT_TRANSLATE_NOOP("Problems", "no pack at all"),
    QT_TRANSLATE_NOOP("Problems", "no pack {pack}"),
    QT_TRANSLATE_NOOP("Problems", "{path} is missing; install the pack again"),
    QT_TRANSLATE_NOOP(
        "Problems", "{path} is damaged: its SHA-256 is not the manifest's; install the pack again"
    ),
    QT_TRANSLATE_NOOP("Problems", "{path} is no file; install the pack again"),
    QT_TRANSLATE_NOOP("Problems", "{path} cannot be read ({reason}); is {folder} a pack?"),
    QT_TRANSLATE_NOOP(
        "Problems", "{path} has {bytes} bytes, the manifest says {expected}; install the pack again"
    ),
    QT_TRANSLATE_NOOP("Problems", "{path} does not open ({reason}); install the pack again"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{path} failed ({reason}); try a shorter region, the device cpu, or another version of "
        "the pack",
    ),
    QT_TRANSLATE_NOOP("Problems", "{path} gave NaN or infinity; {advice}"),
    QT_TRANSLATE_NOOP("Problems", "try less guidance or the device cpu"),
    QT_TRANSLATE_NOOP("Problems", "try the device cpu, or another version of the pack"),
    QT_TRANSLATE_NOOP("Problems", "pack {pack} has no encoder: it cannot listen to audio"),
    QT_TRANSLATE_NOOP("Problems", "role must be one of {choices}, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "device {device} cannot be used: {reason}; try auto or cpu"),
    QT_TRANSLATE_NOOP("Problems", "this build of ONNX Runtime does not have it"),
    QT_TRANSLATE_NOOP("Problems", "there is no NVIDIA driver"),
    QT_TRANSLATE_NOOP("Problems", "ONNX Runtime could not start it; is its driver installed?"),
    QT_TRANSLATE_NOOP("Problems", "the render was cancelled"),
    QT_TRANSLATE_NOOP("Problems", "the render was cancelled; its process did not answer"),
    QT_TRANSLATE_NOOP("Problems", "the render failed: {kind}: {reason}"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "the render worker died {times} times at this job (exit code {code}); try a shorter "
        "region, or the device cpu",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "the render worker was killed {times} times at this job (exit code {code}), as happens "
        "when memory runs out; try again with a smaller tile, or a shorter region",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{what} ran out of memory; try again with a smaller tile, or a shorter region",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{what} ran out of memory ({reason}); try again with a smaller tile, or a shorter region",
    ),
    QT_TRANSLATE_NOOP("Problems", "the render worker"),
    QT_TRANSLATE_NOOP("Problems", "{size} MB more were wanted"),
    QT_TRANSLATE_NOOP("Problems", "the analysis was cancelled"),
    QT_TRANSLATE_NOOP("Problems", "region {region} has no take {take}; choose one of its takes"),
    QT_TRANSLATE_NOOP("Problems", "take {take} cannot be retaken: {reason}; render it anew"),
    QT_TRANSLATE_NOOP("Problems", "its recipe asks for more than {most} s"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "take {take} was made by pack {pack}, and region {region} is rendered by pack {own}; "
        "choose that of the take for the region, or render anew",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{start} to {end} is not in the region {region}, which lasts from {first} to {last}; "
        "choose a span within it",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "take {take} fills its region, or does not touch it: there is nothing to extend; make "
        "the region longer",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "it was made from {frames} frames of take {take}, and {most} s can be rendered in one "
        "piece; render it anew",
    ),
    QT_TRANSLATE_NOOP("Problems", "it has no recipe that this program wrote ({reason})"),
    QT_TRANSLATE_NOOP("Problems", "its recipe has version {version}, this program reads {current}"),
    QT_TRANSLATE_NOOP("Problems", "{source} cannot be installed ({reason}); {advice}"),
    QT_TRANSLATE_NOOP("Problems", "get it again"),
    QT_TRANSLATE_NOOP("Problems", "see to it that you may write there, and have room"),
    QT_TRANSLATE_NOOP("Problems", "no version {version} of pack {pack} is kept; install it again"),
    QT_TRANSLATE_NOOP("Problems", "there is no pack {pack} in {folder}; list the packs"),
    QT_TRANSLATE_NOOP("Problems", "{path} is a link; remove it by hand"),
    QT_TRANSLATE_NOOP("Problems", "{source} is neither a folder nor an archive; name the pack's"),
    QT_TRANSLATE_NOOP("Problems", "{source} is damaged: it has a header of {size} bytes"),
    QT_TRANSLATE_NOOP(
        "Problems", "{source} grows to {size} bytes and more, which no pack does; get it elsewhere"
    ),
    QT_TRANSLATE_NOOP("Problems", "{path} is not a plain file; get the pack again"),
    QT_TRANSLATE_NOOP("Problems", "{name} is not a plain file in {archive}; get the pack again"),
    QT_TRANSLATE_NOOP("Problems", "{source} holds no {manifest}; it is not a pack"),
    QT_TRANSLATE_NOOP("Problems", "{source}: {name} leaves the pack; do not use it"),
    QT_TRANSLATE_NOOP("Problems", "{name} in {source} is damaged; get the pack again"),
    QT_TRANSLATE_NOOP(
        "Problems", "the pack needs {needed} bytes, {folder} has {free}; free some space"
    ),
    QT_TRANSLATE_NOOP(
        "Problems", "a take cannot be compared with itself; choose two different ones"
    ),
    # The quality gate.
    QT_TRANSLATE_NOOP("Problems", "{measure} is {value} {unit}, {side} {limit}"),
    QT_TRANSLATE_NOOP("Problems", "true peak"),
    QT_TRANSLATE_NOOP("Problems", "loudness"),
    QT_TRANSLATE_NOOP("Problems", "silence"),
    QT_TRANSLATE_NOOP("Problems", "DC offset"),
    QT_TRANSLATE_NOOP("Problems", "energy at 2.5 to 6 kHz"),
    QT_TRANSLATE_NOOP("Problems", "clipping"),
    QT_TRANSLATE_NOOP("Problems", "of the time"),
    QT_TRANSLATE_NOOP("Problems", "of full scale"),
    QT_TRANSLATE_NOOP("Problems", "of all"),
    QT_TRANSLATE_NOOP("Problems", "of the samples"),
    QT_TRANSLATE_NOOP("Problems", "below"),
    QT_TRANSLATE_NOOP("Problems", "above"),
    # Sound.
    QT_TRANSLATE_NOOP("Problems", "the audio engine is not running; start it first"),
    QT_TRANSLATE_NOOP("Problems", "the audio engine ended unexpectedly (exit code {code})"),
    QT_TRANSLATE_NOOP("Problems", "the audio engine failed: {kind}: {reason}"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{device} cannot be opened at {rate} Hz: {reason}; connect it, or choose another "
        "device or rate",
    ),
    QT_TRANSLATE_NOOP("Problems", "the audio device"),
    QT_TRANSLATE_NOOP("Problems", "{device} is gone ({reason}); playing stopped, connect it again"),
    QT_TRANSLATE_NOOP(
        "Problems", "there is no audio device {device}; connect it, or choose another"
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "there is no audio output; connect one, or choose a device in the preferences",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "there is no PortAudio, so nothing can be heard; install the Debian package libportaudio2",
    ),
    QT_TRANSLATE_NOOP("Problems", "there is no song to play"),
    QT_TRANSLATE_NOOP("Problems", "the audio input"),
    QT_TRANSLATE_NOOP("Problems", "there is no audio input; connect one, then record again"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "there is no audio input {name}; connect it, or choose another in the preferences",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "{device} cannot be opened: {reason}; connect it, see to it that this program may use it, "
        "or choose another input in the preferences",
    ),
    QT_TRANSLATE_NOOP("Problems", "{device} is gone; what was recorded is kept, connect it again"),
    QT_TRANSLATE_NOOP("Problems", "a recording may last {most} minutes; start another"),
    QT_TRANSLATE_NOOP(
        "Problems", "the recording ended before the song began; nothing was recorded"
    ),
    QT_TRANSLATE_NOOP("Problems", "notes without a take are not heard: {reason}"),
    QT_TRANSLATE_NOOP("Problems", "a take cannot be read: {kind}: {reason}; render it again"),
    QT_TRANSLATE_NOOP("Problems", "FluidSynth cannot read {path}; install it again"),
    QT_TRANSLATE_NOOP(
        "Problems",
        "FluidSynth cannot be loaded ({reason}); install the Debian package libfluidsynth3",
    ),
    QT_TRANSLATE_NOOP(
        "Problems",
        "no SoundFont at {places}; install the Debian package "
        "musescore-general-soundfont-small, or name a file in {variable}",
    ),
    QT_TRANSLATE_NOOP("Problems", "block_frames must be in 16..16384, got {value}"),
    QT_TRANSLATE_NOOP("Problems", "latency_s must be above 0 and at most 2, got {value}"),
)


def problem_text(problem: str) -> str:
    """Return what an error says in the user's language, as far as its sentence is known."""
    return problem if len(problem) > LONGEST else _told(problem, DEPTH)


def _told(problem: str, depth: int) -> str:
    for pattern, sentence in _patterns() if depth else ():
        if (found := pattern.fullmatch(problem)) is not None:
            fields = {name: _told(value, depth - 1) for name, value in found.groupdict().items()}
            return QCoreApplication.translate("Problems", sentence).format(**fields)
    return problem


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the sentences as patterns, those first that leave the least open."""
    fields = re.compile(r"\{(\w+)\}")
    ordered = sorted(map(str, SENTENCES), key=lambda text: -len(fields.sub("", text)))
    return tuple((_pattern(fields.split(text)), text) for text in ordered)


def _pattern(parts: list[str]) -> re.Pattern[str]:
    """Return what matches literal words and names of fields in turn."""
    words = (f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile("".join(words), re.DOTALL)
