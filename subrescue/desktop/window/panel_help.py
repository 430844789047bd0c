"""What each panel says, how to read it, and its keys: the texts of the help, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from subrescue.desktop.parts.words import later


@dataclass(frozen=True)
class PanelHelp:
    """The help of one panel: its name, a few sentences, and keys with what they do."""

    title: str
    words: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]


HELP: dict[str, PanelHelp] = {
    "map": PanelHelp(
        later("Map"),
        (
            later("The DISSUB with the ring of its error, the assets where they lie, and the way of the chosen option: "
                  "dashed by air, solid by sea, dotted by road."),
            later("The badge at an asset is its verdict: disc go, triangle doubt, square no-go, diamond unknown. A "
                  "number tells how many more lie there."),
            later("Drag the DISSUB: response and timeline follow while you drag. Depths are estimates of the chart."),
        ),
        (
            (later("arrows, drag"), later("Move the map")),
            (later("+  -  wheel"), later("Zoom in, zoom out")),
            (later("PgUp, PgDown, Shift and wheel"), later("Turn the map")),
            (later("two fingers"), later("Move the map; apart zoom it, round each other turn it")),
            ("Alt+Home", later("Turn north up; so does a click on the arrow to north")),
            ("Ctrl+Shift+K", later("What the marks of the map mean")),
            ("Ctrl+0, F", later("Show the whole case")),
            ("Ctrl+G", later("Go to a place by its name")),
            ("Ctrl+M", later("Measure distance, bearing and area")),
            (later("right button"), later("What can be done at that place")),
        ),
    ),
    "casualty": PanelHelp(
        later("Casualty"),
        (
            later("What is known of the submarine and of the sea around it. Empty is unknown, never nought: the plan "
                  "says which unknown matters most."),
            later("A position may be typed in any notation. What can be read in two ways is asked back."),
            later("Below a field stands what the chart or the season says; Use takes it over."),
        ),
        (
            ("Ctrl+L", later("Go to the position")),
            (later("Enter"), later("Take what was typed")),
            ("Esc", later("Take back what was typed")),
            (later("Up, Down, PgUp, PgDown"), later("Step a number")),
            ("Alt+1, Alt+2", later("Take a reading of an ambiguous position")),
        ),
    ),
    "assumptions": PanelHelp(
        later("Assumptions"),
        (
            later("The planning numbers behind every hour: least, most likely and most, each with its source."),
            later("A change holds for this case alone and is marked. What it does to the option on top is said below "
                  "the table."),
        ),
        (
            (later("F2, double click"), later("Change a number")),
            (later("Reset"), later("Put the shipped number back")),
            ("Ctrl+Z", later("Take the change back")),
        ),
    ),
    "response": PanelHelp(
        later("Response"),
        (
            later("Every asset that could come, the best first; those that cannot stand last with the reason and what "
                  "would change it."),
            later("Hours count from the alert: median large, P10 to P90 small. TTFI is the first intervention, TTFR "
                  "the first rescue, TLR the last. In time is the chance that the first survivor is out alive."),
            later("● go, ◆ doubt, ■ no-go, ○ unknown: the worst of all gates. Below the table stands the chosen "
                  "option in full."),
        ),
        (
            ("Ctrl+Down, Ctrl+Up", later("Choose the next option, the one before")),
            ("F2", later("Why it takes so long")),
            ("Ctrl+C", later("Copy the chosen row")),
            ("Ctrl+Shift+C", later("Copy the whole table")),
            ("Ctrl+Shift+E", later("Write the report as PDF")),
        ),
    ),
    "timeline": PanelHelp(
        later("Timeline"),
        (
            later("A row an asset: its phases one after the other, the ship that is on its way to the port in the thin "
                  "lane below. Phases with a dark edge are on the critical path."),
            later("The whisker is the first rescue from P10 to P90. The red band is when life aboard ends: what lies "
                  "left of it comes in time."),
        ),
        (
            (later("click on the axis, drag"), later("Move the cursor")),
            (later("Left, Right"), later("Move the cursor by an hour, with Shift by six minutes")),
            (later("Up, Down"), later("Choose another asset")),
            (later("+  -  0"), later("Zoom in, zoom out, show all")),
            ("Ctrl+T", later("Move the carriers through time")),
        ),
    ),
    "log": PanelHelp(
        later("Log"),
        (
            later("What happened when, in UTC and from the alert. A change that the plan feels writes a line by "
                  "itself; undo takes it out again."),
            later("The log is kept in the case and can be written as text, as CSV or with the report."),
        ),
        (
            ("Ctrl+J", later("Write a line")),
            (later("Enter"), later("Put it in with the time of now")),
            ("Ctrl+C", later("Copy the chosen lines")),
        ),
    ),
    "layers": PanelHelp(
        later("Layers"),
        (later("What the map shows. A box switches a layer or a whole group; the case itself is always shown."),),
        ((later("Space"), later("Switch a layer")),),
    ),
    "places": PanelHelp(
        later("Facts of places"),
        (
            later("What an airfield or a port answered in this case. It goes before all tables; each answer is one "
                  "edit, the response follows at once and the log tells of it."),
            later("Add finds an airfield or a port by name or code; New port makes one that no list has, by name and "
                  "position. Empty is unknown, never no."),
        ),
        (
            ("Ctrl+Shift+F", later("Show the facts of places")),
            (later("Enter"), later("Change the facts of a place")),
            (later("Insert"), later("Add a place")),
            (later("Delete"), later("Take a place out")),
            ("Ctrl+Z", later("Take the change back")),
        ),
    ),
    "clearances": PanelHelp(
        later("Clearances of nations"),
        (
            later("What nations allow in this case: aircraft to land and to fly over, ships to pass straits, national "
                  "waters and ice. It goes before agreements, public rules and assumptions; each answer is one edit, "
                  "the response follows at once and the log tells of it."),
            later("A nation may say one thing of some and another of others: make an entry for each. Empty is unknown, "
                  "never no; an empty list means all."),
            later("Type any part of a name, or a code; the arrow down shows all that fits, commas part several."),
        ),
        (
            ("Ctrl+Shift+A", later("Show the clearances of nations")),
            (later("Enter"), later("Change a clearance")),
            (later("Insert"), later("Enter what a nation says of aircraft")),
            (later("Shift+Insert"), later("Enter what a nation says of ships")),
            (later("Delete"), later("Take a clearance out")),
            ("Ctrl+Z", later("Take the change back")),
        ),
    ),
    "registry": PanelHelp(
        later("Registry"),
        (
            later("What nations declare: each fact with source, date and confidence. Empty is unknown; what "
                  "matters is listed under Not known."),
            later("A change is one step that can be undone; the response follows at once. Rows narrow as you type."),
        ),
        (
            ("Ctrl+F", later("Search")),
            ("F2", later("Change a fact")),
            ("Ctrl+N", later("Make a new entry")),
            ("Ctrl+I, Ctrl+Shift+E", later("Import a declaration, export the table")),
            ("Ctrl+C", later("Copy the chosen rows")),
        ),
    ),
}  # fmt: skip
"""Help by name of the panel in `docks.PANELS`, with the map, the boxes of places and clearances, and the registry."""
