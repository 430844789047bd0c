"""Below the details stand the facts of the asset with their sources, the least sure first."""

from __future__ import annotations

from dataclasses import replace

from subrescue.desktop.case.plan_service import Resources
from subrescue.desktop.response.option_sources import sources_of
from subrescue.domain.assets import RescueSystem
from subrescue.domain.evidence import Source
from subrescue.domain.registry import Registry
from subrescue.store.registry import load_registry
from tests.desktop.driving import MakeWindow
from tests.desktop.samples import RESOURCES

NSRS = RescueSystem.model_validate(
    {
        "id": "gb-nsrs",
        "name": "NSRS",
        "nations": ("GB",),
        "vehicle_type": "free_srv",
        "max_depth_m": 610,
        "capacity_persons": 12,
        "evidence": {
            "max_depth_m": [
                {"source": "HEARSAY", "confidence": "low"},
                {"source": "SHEET", "confidence": "high", "date": "2024"},
            ],
            "capacity_persons": [{"source": "HEARSAY", "confidence": "low"}],
            "mating_angle_deg": [{"source": "SHEET", "confidence": "low"}],
        },
    }
)
REGISTRY = Registry(
    rescue_systems={NSRS.id: NSRS},
    sources={"SHEET": Source(id="SHEET", title="Data sheet <2>"), "HEARSAY": Source(id="HEARSAY", title="A talk")},
)


def test_the_best_source_of_each_known_fact_the_least_sure_fact_first() -> None:
    found = [(one.field, one.value, one.confidence.value, one.source, one.date) for one in sources_of(NSRS, REGISTRY)]
    assert found == [
        ("capacity_persons", "12", "low", "A talk", ""),
        ("max_depth_m", "610 m", "high", "Data sheet <2>", "2024"),
    ]  # the angle is not known: a source for it says nothing


def test_the_details_show_them(make_window: MakeWindow) -> None:
    window = make_window()
    loaded: Resources = replace(RESOURCES, registry=REGISTRY)
    window.desk._take_resources(loaded)
    window.desk.select("gb-nsrs")
    words = window.response.details.toPlainText()
    assert "Sources" in words
    assert "Data sheet <2>, 2024" in words
    window.desk.select("xx-bell")  # of which the registry has nothing
    assert "Sources" not in window.response.details.toPlainText()


def test_every_asset_of_the_shipped_registry_can_be_told() -> None:
    registry = load_registry()
    told = [sources_of(asset, registry) for asset in registry.assets()]
    assert all(one.source and one.title for facts in told for one in facts)
    assert sum(map(bool, told)) > 80
