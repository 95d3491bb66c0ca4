"""The inspector of regions: where, what the prompt says, how it is rendered."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy

from desktop.document.edits import change_region, move_region, resize_region
from desktop.document.query import find_region
from desktop.document.song import MAX_SEED, Region, Song
from desktop.session.session import Edit
from ui.inspector.section import Section
from ui.shared.controls import Button, NumberField, edit_with
from ui.shared.controls_number import Number
from ui.shared.controls_text import TextEditor, TypedField
from ui.shared.readings import length_text, position_text, tick_of_position
from ui.shared.studio import Studio

FIELD_PADDING_PX: Final = 9  # as far as the text of the fields below and above
RENDER: Final = "region.render"


class RegionSection(Section):
    """Shows the first of the selected regions; what is set is set on all of them."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("Region"))
        self._studio, self._session = studio, studio.session
        self.region_ids: tuple[int, ...] = ()
        self._make_texts()
        self._make_places()
        self._make_numbers()
        self._lay_out()
        studio.actions.changed.connect(self._show_render)
        self._show_render()

    def show_regions(self, regions: tuple[Region, ...], song: Song) -> None:
        """Show `regions`, one or more of `song`."""
        if self.region_ids != tuple(region.id for region in regions):
            self.prompt.settle()
            self.negative.settle()
        first, self.region_ids = regions[0], tuple(region.id for region in regions)
        many = self.tr("{n} regions").format(n=len(regions))
        self.title.setText(many if len(regions) > 1 else self.tr("Region"))
        self.prompt.set_shown(first.prompt)
        self.negative.set_shown(first.negative_prompt)
        self.start.set_shown(position_text(song.tempo_map, first.start))
        self.end.set_shown(position_text(song.tempo_map, first.end))
        for field in (self.start, self.end):
            field.setEnabled(len(regions) == 1)
        self.length.setText(length_text(song.tempo_map, first.start, first.end))
        self.seed.set_value(first.seed)
        self.steps.set_value(first.steps)
        self.guidance.set_value(first.guidance)
        self.strength.set_value(100 * first.notes_strength)
        self.listens.setChecked(first.listens)

    def _make_texts(self) -> None:
        tr = self.tr
        self.prompt = TextEditor(
            self._set_prompt, tr("Prompt"), tr("What the region shall sound like")
        )
        self.prompt.setPlaceholderText(tr("warm flute, calm, close"))
        self.prompt.setFixedHeight(84)
        self.negative = TextEditor(
            self._set_negative, tr("Negative prompt"), tr("What it shall not sound like")
        )
        self.negative.setPlaceholderText(tr("what it shall not sound like"))
        self.negative.setFixedHeight(44)

    def _make_places(self) -> None:
        tr, session = self.tr, self._session
        tip = tr("{what} as bar.beat.tick")
        start, end = tr("Start of the region"), tr("End of the region")
        self.start = TypedField(session, self._move, start, tip.format(what=start))
        self.end = TypedField(session, self._resize, end, tip.format(what=end))
        self.length = QLabel()
        self.length.setIndent(FIELD_PADDING_PX)

    def _make_numbers(self) -> None:
        tr = self.tr
        own = tr("the model's")
        seed = Number(0, MAX_SEED, None, 1, 1, none_text=tr("new each time"))
        steps = Number(1, 1000, None, 1, 1, unit=tr("steps"), none_text=own)
        guidance = Number(0.0, 100.0, None, 0.5, 0.1, decimals=1, unit="×", none_text=own)
        strength = Number(0, 100, 100, 5, 1, unit="%")
        self.seed = NumberField(seed, tr("Seed"), tr("Seed of a take; empty for a new one each"))
        self.steps = NumberField(steps, tr("Steps"), tr("Steps of the sampler; empty: the model's"))
        self.guidance = NumberField(
            guidance, tr("Guidance"), tr("How strongly the prompt leads; empty: the model's")
        )
        self.strength = NumberField(
            strength, tr("Strength of the notes"), tr("How closely the notes are followed")
        )
        self.listens = QCheckBox(tr("hears the other tracks"))
        self.listens.setAccessibleName(tr("Hears the other tracks"))
        self.listens.setToolTip(tr("Whether what the other tracks play is given to the model"))
        self.listens.clicked.connect(self._set_listens)
        for field, name, change in (
            (self.seed, tr("Seed"), _with_seed),
            (self.steps, tr("Steps"), _with_steps),
            (self.guidance, tr("Guidance"), _with_guidance),
            (self.strength, tr("Strength of the notes"), _with_strength),
        ):
            edit_with(field, self._session, name, self._edit_of(change))

    def _lay_out(self) -> None:
        tr = self.tr
        self.render_button = Button()
        self.render_button.setProperty("primary", True)
        self.render_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.wide(self.prompt)
        self.wide(self.negative)
        self.wide(self.render_button)
        self.row(tr("Start"), self.start)
        self.row(tr("End"), self.end)
        self.row(tr("Length"), self.length)
        self.row(tr("Seed"), self.seed)
        self.row(tr("Steps"), self.steps)
        self.row(tr("Guidance"), self.guidance)
        self.row(tr("Notes"), self.strength)
        self.row("", self.listens)

    def _show_render(self) -> None:
        known = any(registered.id == RENDER for registered in self._studio.actions)
        self.render_button.setVisible(known)
        if known:
            action = self._studio.actions[RENDER]
            self.render_button.setDefaultAction(action)
            self.render_button.setAccessibleName(action.text())

    def _edit_of(
        self, change: Callable[[Region, float | None], Region]
    ) -> Callable[[float | None], Edit]:
        return lambda value: self._on_all(lambda region: change(region, value))

    def _on_all(self, change: Callable[[Region], Region]) -> Edit:
        region_ids = self.region_ids

        def edit(song: Song) -> Song:
            for region_id in region_ids:
                song = change_region(song, region_id, change)
            return song

        return edit

    def _set_prompt(self, text: str) -> None:
        change = self._on_all(lambda region: replace(region, prompt=text))
        self._session.edit(self.tr("Prompt"), change)

    def _set_negative(self, text: str) -> None:
        change = self._on_all(lambda region: replace(region, negative_prompt=text))
        self._session.edit(self.tr("Negative prompt"), change)

    def _set_listens(self, listens: bool) -> None:
        change = self._on_all(lambda region: replace(region, listens=listens))
        self._session.edit(self.tr("Hear the other tracks"), change)

    def _move(self, text: str) -> None:
        region_id, tick = self.region_ids[0], tick_of_position(self._session.song.tempo_map, text)
        self._session.edit(self.tr("Move region"), lambda song: move_region(song, region_id, tick))

    def _resize(self, text: str) -> None:
        region_id, end = self.region_ids[0], tick_of_position(self._session.song.tempo_map, text)
        start = find_region(self._session.song, region_id).start
        self._session.edit(
            self.tr("Resize region"), lambda song: resize_region(song, region_id, start, end)
        )


def _with_seed(region: Region, value: float | None) -> Region:
    return replace(region, seed=None if value is None else int(value))


def _with_steps(region: Region, value: float | None) -> Region:
    return replace(region, steps=None if value is None else int(value))


def _with_guidance(region: Region, value: float | None) -> Region:
    return replace(region, guidance=value)


def _with_strength(region: Region, value: float | None) -> Region:
    return replace(region, notes_strength=(100.0 if value is None else value) / 100)
