"""Where the facts of the chosen option's asset come from, below its details: the least sure of them first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from subrescue.desktop.features import Feature
from subrescue.desktop.parts.themes import Theme
from subrescue.desktop.parts.words import tr
from subrescue.domain.assets.base import AssetBase
from subrescue.domain.choices import Confidence
from subrescue.domain.registry import Registry
from subrescue.domain.response import Option
from subrescue.exchange.wording import label

_SURE = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


@dataclass(frozen=True)
class FactSource:
    """A fact that is known, and the best of its sources; the text of the value is empty for a whole table."""

    field: str
    title: str
    value: str
    confidence: Confidence
    source: str
    date: str


def sources_of(asset: AssetBase, registry: Registry) -> tuple[FactSource, ...]:
    """Every fact of an asset that has a source, the least sure first, else in the order of its model."""
    from subrescue.exchange.registry_table.facts import facts_of, shown

    paths = {fact.path: fact for fact in facts_of(_kind_of(asset))}
    found = []
    for name, field in type(asset).model_fields.items():
        statements, value = asset.evidence.get(name), getattr(asset, name)
        if not statements or value is None:
            continue
        best = max(statements, key=lambda one: _SURE.index(one.confidence))
        document = registry.sources.get(best.source)
        unit = f" {tr(paths[name].unit)}" if name in paths and paths[name].unit else ""
        found.append(
            FactSource(
                name,
                tr(field.title or name),
                f"{shown(value)}{unit}" if name in paths and paths[name].kind != "tables" else "",
                best.confidence,
                document.title if document is not None else best.source,
                best.date or (document.date if document is not None else None) or "",
            )
        )
    return tuple(sorted(found, key=lambda one: _SURE.index(one.confidence)))


def sources_html(option: Option, facts: tuple[FactSource, ...], theme: Theme) -> str:
    """A row a fact: title, value, how sure, document and date; the weakest that the plan uses is marked."""
    rows = []
    for one in facts:
        weakest = one.field == option.weakest_fact
        colour = theme.changed if weakest else theme.text
        sure = label("confidence", one.confidence)
        source = ", ".join(part for part in (one.source, one.date) if part)
        cells = (f"{'▲ ' if weakest else ''}{one.title}", one.value, sure, source)
        line = "".join(f"<td style='padding:0 8px 1px 0; color:{colour}'>{escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr>{line}</tr>")
    return f"<table cellspacing='0' cellpadding='0'>{''.join(rows)}</table>"


def _kind_of(asset: AssetBase) -> str:
    from subrescue.store.registry import KINDS

    return next(name for name, (_, model) in KINDS.items() if model is type(asset))


class OptionSourcesFeature(Feature):
    """Tells the details which facts the desk's registry has of an option."""

    def connect(self) -> None:
        """Be asked by the details."""
        self.window.response.facts_of = self.facts_of
        self.window.desk.resources_loaded.connect(lambda: self.window.response.select(self.window.desk.selected))

    def facts_of(self, option: Option) -> tuple[FactSource, ...]:
        """The facts of an option's asset with their sources; none until the registry is there."""
        resources = self.window.desk.resources
        if resources is None:
            return ()
        day = resources.registry.of_the_day(self.window.desk.case)
        asset = day.find(option.asset_id)
        return sources_of(asset, day) if asset is not None else ()
