"""What is sent together stands in the headline of the response, and a name there chooses its option."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl

from subrescue.desktop.parts.themes import DAY
from subrescue.desktop.response.details import headline_html, option_of_link
from subrescue.domain.quantities import Band
from subrescue.domain.reasons import reason
from subrescue.domain.sent import Sent
from tests.desktop.driving import MakeWindow


def one(asset_id: str, name: str, **more: object) -> Sent:
    band = Band(p10=60.0, p50=70.0, p90=90.0)
    known = {"asset_id": asset_id, "name": name, "goes": True, "rescues": True, "first_h": band}
    return Sent.model_validate(known | more)


def test_names_are_links_to_their_options_and_one_alone_is_not_told(make_window: MakeWindow) -> None:
    window = make_window()
    response = window.desk.response
    assert response is not None
    first, second = response.options[:2]
    why = reason("sent.ship", ship="Mother <ship>", other=first.name)
    together = (one(first.asset_id, first.name), one(second.asset_id, second.name, reasons=(why,), later_h=4.0))
    _, rest = headline_html(response.model_copy(update={"together": together}), DAY)
    assert "Sent together" in rest
    assert re.search(r"4.0\sh\slater than alone, as Mother &lt;ship&gt; sails with", rest)
    links = re.findall(r"href='(option:[^']+)'", rest)
    assert [option_of_link(link) for link in links] == [first.asset_id, second.asset_id]
    assert option_of_link("place:field:ENVA") is None
    window.desk.select(first.asset_id)
    window.response.head.asked.emit(QUrl(links[1]))
    assert window.desk.selected == second.asset_id
    assert "Sent together" not in headline_html(response.model_copy(update={"together": together[:1]}), DAY)[1]
