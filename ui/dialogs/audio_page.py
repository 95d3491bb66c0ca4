"""The preferences of the sound: devices, sample rate, block, latency, and what came of them."""

from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from desktop.engine.messages import AudioSettings, Device
from desktop.session.melody import (
    MAX_OFFSET_MS,
    chosen_input,
    input_offset_ms,
    keep_input,
    keep_input_offset,
)
from ui.dialogs.audio_choice import chosen_audio, keep_audio
from ui.dialogs.dialog import button, named
from ui.dialogs.page import Page
from ui.shared.controls import NumberField
from ui.shared.controls_number import Number
from ui.shared.studio import Studio

RATES_HZ: Final = (44_100, 48_000, 88_200, 96_000)
BLOCKS: Final = (64, 128, 256, 512, 1024, 2048, 4096)
OFFSET: Final = Number(-MAX_OFFSET_MS, MAX_OFFSET_MS, 0.0, step=1, fine=0.1, decimals=1, unit="ms")
LATENCY: Final = Number(5, 2000, 100, step=5, fine=1, unit="ms")


class AudioPage(Page):
    """Each choice is used at once; what the device gave stands below."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._transport = studio.settings, studio.transport
        self._song_rate_hz = studio.session.song.settings.sample_rate_hz
        self._make_device()
        self._make_numbers()
        self.row(self.tr("Device"), self.device, self.look)
        self.row(self.tr("Sample rate"), self.rate)
        self.row(self.tr("Block"), self.block)
        self.row(self.tr("Latency"), self.latency)
        self.given = QLabel()
        self.given.setWordWrap(True)
        named(self.given, self.tr("Plays on"), self.tr("What the device gave"))
        self.row(self.tr("Plays on"), self.given)
        self.note(
            self.tr(
                "A larger block and latency help where the sound breaks up. With a smaller "
                "latency, what you play sounds sooner."
            )
        )
        self._make_input()
        self.row(self.tr("Input"), self.input)
        self.row(self.tr("Offset"), self.offset)
        self.note(
            self.tr(
                "Recorded melodies are put where they were sung, by what the devices say of "
                "themselves. Where they still lie late, the offset puts them earlier."
            )
        )
        self._show_choice()
        self._transport.inputs_found.connect(self._show_inputs)
        self._transport.device_changed.connect(self._show_given)
        self._transport.devices_found.connect(self._show_devices)
        self._show_given(self._transport.device)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._transport.look_for_devices()

    def _make_device(self) -> None:
        tr = self.tr
        tip = tr("What the song is heard on")
        self.device = named(QComboBox(), tr("Sound device"), tip)
        tip = tr("Look for devices that were connected since")
        self.look = button(tr("Look again"), tip, self._transport.look_for_devices)
        self.device.currentIndexChanged.connect(self._apply)

    def _make_numbers(self) -> None:
        tr = self.tr
        tip = tr("The rate that the device plays at; another than the song's is converted")
        self.rate = named(QComboBox(), tr("Sample rate"), tip)
        song = tr("the song's ({rate:g} kHz)").format(rate=self._song_rate_hz / 1000)
        self.rate.addItem(song, None)
        for rate in RATES_HZ:
            self.rate.addItem(f"{rate / 1000:g} kHz", rate)
        tip = tr("How much sound is put together at a time")
        self.block = named(QComboBox(), tr("Block size"), tip)
        for frames in BLOCKS:
            self.block.addItem("", frames)
        self.latency = NumberField(LATENCY, tr("Latency"), tr("How far ahead the sound is made"))
        for box in (self.rate, self.block):
            box.currentIndexChanged.connect(self._apply)
        self.latency.committed.connect(self._apply_latency)

    def _make_input(self) -> None:
        tr = self.tr
        tip = tr("What melodies are recorded from")
        self.input = named(QComboBox(), tr("Audio input"), tip)
        tip = tr("How much earlier than the devices say a recorded melody is put")
        self.offset = NumberField(OFFSET, tr("Offset of recordings"), tip)
        self.offset.set_value(input_offset_ms(self._settings))
        self._show_inputs(())
        self.input.currentIndexChanged.connect(
            lambda _row: keep_input(self._settings, self.input.currentData())
        )
        self.offset.committed.connect(self._keep_offset)

    def _keep_offset(self, offset_ms: float) -> None:
        self.offset.set_value(offset_ms)
        keep_input_offset(self._settings, offset_ms)

    def _show_choice(self) -> None:
        audio = chosen_audio(self._settings)
        self._show_devices(())
        with QSignalBlocker(self.rate), QSignalBlocker(self.block):
            self.rate.setCurrentIndex(max(0, self.rate.findData(audio.sample_rate_hz)))
            self._name_blocks()
            self.block.setCurrentIndex(max(0, self.block.findData(audio.block_frames)))
        self.latency.set_value(audio.latency_s * 1000)

    def _name_blocks(self) -> None:
        rate_hz = self.rate.currentData() or self._song_rate_hz
        for row, frames in enumerate(BLOCKS):
            text = self.tr("{frames} frames ({ms:.1f} ms)")
            self.block.setItemText(row, text.format(frames=frames, ms=1000 * frames / rate_hz))

    def _show_devices(self, devices: tuple[Device, ...]) -> None:
        self._offer(self.device, devices, chosen_audio(self._settings).device)

    def _show_inputs(self, inputs: tuple[Device, ...]) -> None:
        self._offer(self.input, inputs, chosen_input(self._settings))

    def _offer(self, box: QComboBox, devices: tuple[Device, ...], chosen: str | None) -> None:
        default = next((each.name for each in devices if each.is_default), "")
        with QSignalBlocker(box):
            box.clear()
            text = self.tr("the system's ({name})") if default else self.tr("the system's")
            box.addItem(text.format(name=default), None)
            for device in devices:
                box.addItem(device.name, device.name)
            if chosen is not None and box.findData(chosen) < 0:
                box.addItem(self.tr("{name} (not connected)").format(name=chosen), chosen)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show_given(self, device: str) -> None:
        self.given.setText(device or self.tr("nothing: there is no sound engine"))

    def _apply_latency(self, latency_ms: float) -> None:
        self.latency.set_value(latency_ms)
        self._apply()

    def _apply(self) -> None:
        self._name_blocks()
        audio = AudioSettings(
            self.device.currentData(),
            self.rate.currentData(),
            self.block.currentData(),
            (self.latency.value or LATENCY.low) / 1000,
        )
        keep_audio(self._settings, audio)
        self._transport.use_audio(audio)
