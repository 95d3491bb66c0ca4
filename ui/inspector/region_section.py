"""The inspector of regions: where, what the prompt says, how it is rendered."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.document.edits import change_track, move_region, resize_region, set_pack
from desktop.document.query import find_region, sounding_tracks, track_with_region
from desktop.document.song import MAX_SEED, Region, Role, Song, Track
from desktop.rendering.jobs import draw_seed
from desktop.session.problems import problem_text
from desktop.session.session import Edit
from ui.inspector.abilities import Abilities, Ability
from ui.inspector.mixed import mixed_text, on_all, same, show_checks, show_numbers
from ui.inspector.pack_box import PackBox
from ui.inspector.prompt_box import PromptBox
from ui.inspector.role_box import RoleBox
from ui.inspector.section import Section
from ui.shared.controls import Button, NumberField, edit_with
from ui.shared.controls_number import Number
from ui.shared.controls_text import TypedField
from ui.shared.icons import icon
from ui.shared.panel import dim
from ui.shared.readings import length_text, position_text, tick_of_position
from ui.shared.studio import Studio

FIELD_PADDING_PX: Final = 9  # as far as the text of the fields below and above
RENDER: Final = "region.render"


class RegionSection(Section):
    """Shows what the selected regions have in common; what is set is set on all of them.

    What the model of none of them can do is greyed, and the tooltip says why.
    """

    def __init__(self, studio: Studio) -> None:
        super().__init__(self.tr("Region"))
        self._studio, self._session = studio, studio.session
        self.region_ids: tuple[int, ...] = ()
        self.box = PromptBox(studio)
        self.prompt, self.negative = self.box.prompt, self.box.negative
        self._make_places()
        self._make_seed()
        self._make_numbers()
        self._make_listening()
        self._lay_out()
        studio.actions.changed.connect(self._show_render)
        studio.look.changed.connect(self._paint)
        self._paint()
        self._show_render()

    def show_regions(self, regions: tuple[Region, ...], song: Song, abilities: Abilities) -> None:
        """Show `regions`, one or more of `song`, as far as their models make use of them."""
        self.box.show_regions(regions, abilities)
        self.region_ids = tuple(region.id for region in regions)
        many = self.tr("{n} regions").format(n=len(regions))
        self.title.setText(many if len(regions) > 1 else self.tr("Region"))
        self._show_places(regions, song)
        self.role.show_roles({track.role for track in self._homes(song)}, abilities)
        self._show_values(regions)
        self.pack.show_packs([region.pack_id for region in regions])
        self.heard.setText(self._heard(regions, song))
        self._show_abilities(abilities)

    def _show_places(self, regions: tuple[Region, ...], song: Song) -> None:
        tempo_map, one = song.tempo_map, len(regions) == 1
        starts = (position_text(tempo_map, region.start) for region in regions)
        ends = (position_text(tempo_map, region.end) for region in regions)
        lengths = (length_text(tempo_map, region.start, region.end) for region in regions)
        self.start.set_shown(same(starts) or mixed_text())
        self.end.set_shown(same(ends) or mixed_text())
        self.length.setText(same(lengths) or mixed_text())
        for field, tip in self._places.items():
            field.setEnabled(one)
            field.setToolTip(tip if one else self.tr("Select one region alone to set this"))

    def _show_values(self, regions: tuple[Region, ...]) -> None:
        show_numbers(self.seed, self._numbers["seed"], [r.seed for r in regions])
        show_numbers(self.steps, self._numbers["steps"], [r.steps for r in regions])
        show_numbers(self.guidance, self._numbers["guidance"], [r.guidance for r in regions])
        strengths = [100 * region.notes_strength for region in regions]
        show_numbers(self.strength, self._numbers["strength"], strengths)
        show_checks(self.listens, [region.listens for region in regions])
        self.lock.setChecked(all(region.seed is not None for region in regions))
        self._paint()

    def _make_places(self) -> None:
        tr, session = self.tr, self._session
        tip = tr("{what} as bar.beat.tick")
        start, end = tr("Start of the region"), tr("End of the region")
        self.start = TypedField(session, self._move, start, tip.format(what=start))
        self.end = TypedField(session, self._resize, end, tip.format(what=end))
        self._places = {field: field.toolTip() for field in (self.start, self.end)}
        self.length = QLabel()
        self.length.setIndent(FIELD_PADDING_PX)
        what = tr("What the track of the region plays: the model is told so")
        self.role = RoleBox(self._set_role, tr("Role of the region's track"), what)
        what = tr("What renders the region: the song's model, or one of its own")
        self.pack = PackBox(self._set_pack, tr("Model of the region"), what)

    def _make_seed(self) -> None:
        self.lock = Button()
        self.lock.setCheckable(True)
        self.lock.setAccessibleName(self.tr("Lock the seed"))
        self.lock.setToolTip(
            self.tr("Keep to one seed, that of the take which plays; else each take has a new one")
        )
        self.lock.clicked.connect(self._set_lock)

    def _make_numbers(self) -> None:
        tr = self.tr
        own = tr("the model's")
        seed = Number(0, MAX_SEED, None, 1, 1, none_text=tr("new each time"))
        steps = Number(1, 1000, None, 1, 1, unit=tr("steps"), none_text=own)
        guidance = Number(0.0, 100.0, None, 0.5, 0.1, decimals=1, unit="×", none_text=own)
        strength = Number(0, 100, 100, 5, 1, unit="%")
        self._numbers = {"seed": seed, "steps": steps, "guidance": guidance, "strength": strength}
        self.seed = NumberField(seed, tr("Seed"), tr("Seed of a take; empty for a new one each"))
        self.steps = NumberField(steps, tr("Steps"), tr("Steps of the sampler; empty: the model's"))
        self.guidance = NumberField(
            guidance, tr("Guidance"), tr("How strongly the prompt leads; empty: the model's")
        )
        self.strength = NumberField(
            strength, tr("Strength of the notes"), tr("How closely the notes are followed")
        )
        for field, name, change in (
            (self.seed, tr("Seed"), _with_seed),
            (self.steps, tr("Steps"), _with_steps),
            (self.guidance, tr("Guidance"), _with_guidance),
            (self.strength, tr("Strength of the notes"), _with_strength),
        ):
            edit_with(field, self._session, name, self._edit_of(change))

    def _make_listening(self) -> None:
        tr = self.tr
        self.listens = QCheckBox(tr("hears the other tracks"))
        self.listens.setAccessibleName(tr("Hears the other tracks"))
        self.listens.setToolTip(tr("Whether what the other tracks play is given to the model"))
        self.listens.clicked.connect(lambda: self._set_listens(self.listens.isChecked()))
        self.heard, self.model = dim("", wrapped=True), dim("", wrapped=True)
        self._limited: dict[Ability, tuple[QWidget, str]] = {
            "guidance": (self.guidance, self.guidance.toolTip()),
            "notes": (self.strength, self.strength.toolTip()),
            "context_audio": (self.listens, self.listens.toolTip()),
        }

    def _lay_out(self) -> None:
        tr = self.tr
        self.render_button = Button()
        self.render_button.setProperty("primary", True)
        self.render_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.wide(self.box)
        self.wide(self.render_button)
        self.wide(self.box.chips)
        self.row(tr("Model"), self.pack)
        self.row("", self.model)
        self.row(tr("Start"), self.start)
        self.row(tr("End"), self.end)
        self.row(tr("Length"), self.length)
        self.row(tr("Role"), self.role)
        self.row(tr("Seed"), _beside(self.seed, self.lock))
        self.row(tr("Steps"), self.steps)
        self.row(tr("Guidance"), self.guidance)
        self.row(tr("Notes"), self.strength)
        self.row("", self.listens)
        self.row("", self.heard)

    def _show_render(self) -> None:
        known = any(registered.id == RENDER for registered in self._studio.actions)
        self.render_button.setVisible(known)
        if known:
            action = self._studio.actions[RENDER]
            self.render_button.setDefaultAction(action)
            self.render_button.setAccessibleName(action.text())

    def _show_abilities(self, abilities: Abilities) -> None:
        for ability, (widget, tip) in self._limited.items():
            widget.setEnabled(ability not in abilities.lacking)
            widget.setToolTip(abilities.lacking.get(ability, tip))
        if abilities.problem:
            self.model.setText(problem_text(abilities.problem))
            self.model.setToolTip("")
        else:
            text = self.tr("{model} takes {what}")
            if abilities.models > 1:
                text = self.tr("{model} take {what}")
            self.model.setText(text.format(model=abilities.model, what=abilities.summary()))
            self.model.setToolTip(abilities.details())

    def _heard(self, regions: tuple[Region, ...], song: Song) -> str:
        """Return which tracks the region listens to, or that several do differently."""
        if len({region.listens for region in regions}) == 2:
            return mixed_text()
        if len(regions) != 1 or not regions[0].listens:
            return ""
        own, region = track_with_region(song, regions[0].id), regions[0]
        others = replace(song, tracks=tuple(t for t in song.tracks if t is not own))
        names = [
            track.name
            for track in sounding_tracks(others)
            if any(
                other.playing is not None and other.start < region.end and region.start < other.end
                for other in track.regions
            )
        ]
        return ", ".join(names) or self.tr("no other track plays a take here yet")

    def _paint(self) -> None:
        self.lock.setIcon(icon(self._studio.look, "lock" if self.lock.isChecked() else "lock-open"))

    def _edit_of(
        self, change: Callable[[Region, float | None], Region]
    ) -> Callable[[float | None], Edit]:
        return lambda value: on_all(self.region_ids, lambda region: change(region, value))

    def _set_listens(self, listens: bool) -> None:
        change = on_all(self.region_ids, lambda region: replace(region, listens=listens))
        self._session.edit(self.tr("Hear the other tracks"), change)

    def _set_lock(self, locked: bool) -> None:
        def change(region: Region) -> Region:
            if not locked:
                return replace(region, seed=None)
            return region if region.seed is not None else replace(region, seed=seed_to_keep(region))

        name = self.tr("Lock seed") if locked else self.tr("Free seed")
        self._session.edit(name, on_all(self.region_ids, change))

    def _set_role(self, role: Role) -> None:
        def edit(song: Song) -> Song:
            for home in self._homes(song):
                song = change_track(song, home.id, lambda track: replace(track, role=role))
            return song

        self._session.edit(self.tr("Role"), edit)

    def _set_pack(self, pack_id: str | None) -> None:
        change = partial(set_pack, region_ids=frozenset(self.region_ids), pack_id=pack_id)
        self._session.edit(self.tr("Choose model"), change)

    def _homes(self, song: Song) -> list[Track]:
        """Return the tracks that hold the regions."""
        ids = frozenset(self.region_ids)
        return [t for t in song.tracks if any(region.id in ids for region in t.regions)]

    def _move(self, text: str) -> None:
        region_id, tick = self.region_ids[0], tick_of_position(self._session.song.tempo_map, text)
        self._session.edit(self.tr("Move region"), lambda song: move_region(song, region_id, tick))

    def _resize(self, text: str) -> None:
        region_id, end = self.region_ids[0], tick_of_position(self._session.song.tempo_map, text)
        start = find_region(self._session.song, region_id).start
        self._session.edit(
            self.tr("Resize region"), lambda song: resize_region(song, region_id, start, end)
        )


def seed_to_keep(region: Region) -> int:
    """Return the seed of the take that the region plays, a new one where there is none."""
    try:
        seed = region.playing.provenance().get("seed") if region.playing is not None else None
    except ValueError:
        seed = None
    return seed if isinstance(seed, int) and 0 <= seed <= MAX_SEED else draw_seed()


def _beside(field: QWidget, button: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(field, 1)
    row.addWidget(button)
    return holder


def _with_seed(region: Region, value: float | None) -> Region:
    return replace(region, seed=None if value is None else int(value))


def _with_steps(region: Region, value: float | None) -> Region:
    return replace(region, steps=None if value is None else int(value))


def _with_guidance(region: Region, value: float | None) -> Region:
    return replace(region, guidance=value)


def _with_strength(region: Region, value: float | None) -> Region:
    return replace(region, notes_strength=(100.0 if value is None else value) / 100)
