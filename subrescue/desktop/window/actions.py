"""Every action of the window in one table: menus, toolbar, shortcuts and the shortcut list are built from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from subrescue.desktop.parts.words import later


@dataclass(frozen=True)
class Standing:
    """What the window has at the moment, which decides what can be done."""

    can_undo: bool = False
    can_redo: bool = False
    has_response: bool = False
    has_selection: bool = False
    has_depth_files: bool = False
    has_registry: bool = False
    has_rings: bool = False
    has_changed_assumptions: bool = False
    pins: int = 0


def always(_: Standing) -> bool:
    """Say that an action can be chosen at any time."""
    return True


@dataclass(frozen=True)
class Action:
    """One thing a user can do. `choice` makes it one of several of which one holds: `theme` of day, dusk and night.

    also: other keys that do the same, as other programs have them; line: whether a line parts it from what is above.
    """

    id: str
    menu: str
    title: str
    tip: str
    shortcut: str = ""
    enabled: Callable[[Standing], bool] = always
    toolbar: str = ""
    choice: str = ""
    value: str = ""
    also: str = ""
    line: bool = False


MENUS: tuple[str, ...] = ("Case", "Edit", "Response", "Map", "View", "Help")
"""Menus in their order."""

SUBMENUS: dict[str, str] = {"offer_state": later("Offer")}
"""Choices that stand in a submenu of their menu, with its title: a small screen has no room for all in one."""

CASES_MENU = "Open shipped case"
"""The submenu of the first menu that lists the cases which travel with the program."""


def _has_response(standing: Standing) -> bool:
    return standing.has_response


def _can_choose(standing: Standing) -> bool:
    return standing.has_response and standing.has_selection


ACTIONS: tuple[Action, ...] = (
    Action("new_case", "Case", later("New case…"),
           later("Begin the case of another DISSUB: position, depth and people, hour of the alert"), "Ctrl+N"),
    Action("open", "Case", "Open case…", "Open a case file; one can also be dropped on the window", "Ctrl+O"),
    Action("save_as", "Case", "Save as…", "Write the case as it is now into a file", "Ctrl+S"),
    Action("restore_kept", "Case", later("Restore kept edits"),
           later("Open a case with edits that are in no file, as another window or an interrupted run left it")),
    Action("place_facts", "Case", later("Facts of places…"),
           later("Enter what an airfield or a port answers: closed, K-loader, quay, crane, hours of a fit-out"),
           "Ctrl+Shift+F", line=True),
    Action("clearances", "Case", later("Clearances of nations…"),
           later("Enter what a nation answers: landing, overflight, its straits, its ice and icebreaker"),
           "Ctrl+Shift+A"),
    Action("export_log_text", "Case", "Export log as text…", "Write the log of the case for people, UTC and T+",
           line=True),
    Action("export_log_csv", "Case", "Export log as CSV…", "Write the log of the case as a spreadsheet"),
    Action("report_pdf", "Case", later("Export PDF…"),
           later("Write response, map and timeline on pages with a title block"), "Ctrl+Shift+E", _has_response,
           line=True),
    Action("report_preview", "Case", later("Print preview…"), later("Look at the pages of the report"), "",
           _has_response),
    Action("report_print", "Case", later("Print…"), later("Print response, map and timeline"), "Ctrl+Alt+P",
           _has_response),
    Action("quit", "Case", "Quit", "Close the window; asks when there are edits that are not saved", "Ctrl+Q",
           line=True),
    Action("undo", "Edit", "Undo", "Take the last edit back", "Ctrl+Z", lambda s: s.can_undo, "Undo"),
    Action("redo", "Edit", "Redo", "Do the edit again", "Ctrl+Shift+Z", lambda s: s.can_redo, "Redo", also="Ctrl+Y"),
    Action("edit_history", "Edit", later("History…"), later("List every edit and go to where any of them holds"),
           "Ctrl+H"),
    Action("copy_rows", "Edit", later("Copy rows"),
           later("Copy the chosen rows of the table that has the keys, tab-separated"), "Ctrl+C", line=True),
    Action("edit_position", "Edit", "Type the position", "Go to the position of the datum", "Ctrl+L", line=True),
    Action("close_passage", "Edit", later("Close or open a passage"),
           later("Go to the canals and straits of the case: type a part of a name, Enter closes or opens it"),
           "Ctrl+K"),
    Action("write_log", "Edit", "Write in the log", "Note what happened, with the time of now", "Ctrl+J"),
    Action("reset_assumptions", "Edit", later("Reset all assumptions"),
           later("Give every changed assumption its shipped value again; one undo brings all back"), "",
           lambda s: s.has_changed_assumptions),
    Action("preferences", "Edit", later("Preferences…"), later("Colours, notation, language and size of the window"),
           "Ctrl+,", line=True),
    Action("next_option", "Response", "Next option", "Select the option below", "Ctrl+Down", _has_response),
    Action("previous_option", "Response", "Previous option", "Select the option above", "Ctrl+Up", _has_response),
    Action("why", "Response", "Why…", "What each phase, assumption and unknown fact weighs in the chosen option", "F2",
           lambda s: s.has_response and s.has_selection),
    Action("pin_option", "Response", later("Pin or unpin the option"),
           later("Pin the chosen option; two that are pinned are shown side by side, phase by phase"), "Ctrl+B",
           lambda s: s.has_response and s.has_selection, line=True),
    Action("compare_pinned", "Response", later("Compare the pinned options"),
           later("Show the two that are pinned side by side"), "", lambda s: s.has_response and s.pins == 2),
    Action("unpin_options", "Response", later("Take pins off"), later("Forget which options are pinned"), "",
           lambda s: s.pins > 0),
    *(Action(f"offer_{state}", "Response", title, tip, "", _can_choose, choice="offer_state", value=state)
      for state, title, tip in (
        ("not_asked", later("Offer: not asked"), later("Nobody has asked for the chosen option")),
        ("asked", later("Offer: asked"), later("The owner of the chosen option has been asked for it")),
        ("offered", later("Offer: offered"), later("Its owner offers the chosen option")),
        ("accepted", later("Offer: accepted"), later("The offer of the chosen option is accepted")),
        ("declined", later("Offer: declined"), later("The chosen option is refused, or its offer turned down")),
        ("stood_down", later("Offer: stood down"), later("The chosen option was on its way and is no longer needed")),
      )),
    Action("told_to_go_now", "Response", later("Told to go now"),
           later("The chosen option is told to go, at the time of now"), "", _can_choose),
    Action("not_told_to_go", "Response", later("Not told to go"),
           later("The chosen option has not been told to go after all"), "", _can_choose),
    Action("response_columns", "Response", later("Columns…"), later("Which columns the ranked table shows"), line=True),
    Action("group_none", "Response", later("No groups"), later("The ranked table in one list"),
           choice="option_group", value=""),
    Action("group_nation", "Response", later("Group by nation"),
           later("The options of each nation together, that with the best option first"),
           choice="option_group", value="nation"),
    Action("group_kind", "Response", later("Group by kind"),
           later("Rescue systems, intervention systems and ships apart"), choice="option_group", value="kind"),
    Action("fold_groups", "Response", later("Fold or open all groups"),
           later("Show the heads of the groups alone, or all options"), "Ctrl+Shift+G"),
    Action("time_slider", "Response", "Move through time", "Go to the time slider: it moves the carriers of the chosen "
           "option along their routes; Esc takes them away", "Ctrl+T", _has_response, line=True),
    Action("timeline_zoom_in", "Response", "Zoom timeline in", "Show fewer hours about the cursor; Ctrl and wheel "
           "zoom to the pointer", "", _has_response),
    Action("timeline_zoom_out", "Response", "Zoom timeline out", "Show more hours", "", _has_response),
    Action("timeline_whole", "Response", "Whole timeline", "Show all hours", "", _has_response),
    Action("timeline_picture", "Response", "Picture of the timeline…", "Write the timeline as a PNG picture", "",
           _has_response),
    Action("copy_table", "Response", "Copy table as text", "Copy the ranked table, tab-separated", "Ctrl+Shift+C",
           _has_response, line=True),
    Action("copy_questions", "Response", later("Copy questions to the owner"),
           later("Copy what is not known of the DISSUB and of each asset, as a list to send"), "", _has_response),
    Action("export_table", "Response", "Export as table…", "Write the response as a table of text", "", _has_response),
    Action("export_json", "Response", "Export as JSON…", "Write the response for other programs", "Ctrl+Shift+J",
           _has_response),
    Action("export_csv", "Response", "Export as CSV…", "Write the options as a spreadsheet", "", _has_response),
    Action("export_geojson", "Response", "Export as GeoJSON…", "Write datum, places and legs for a chart program", "",
           _has_response),
    Action("replan", "Response", "Work out again", "Work the response out anew", "F5", line=True),
    Action("registry", "Response", "Registry…", "Look up and change what nations declare; the response follows",
           "Ctrl+R", lambda s: s.has_registry, "Registry"),
    Action("fit_map", "Map", "Fit case", "Show the casualty and the chosen option", "Ctrl+0", toolbar="Fit"),
    Action("go_to_place", "Map", "Go to place…", "Find an airfield, port, base or strait and show it", "Ctrl+G"),
    Action("azimuthal", "Map", "Azimuthal on the datum", "Distances from the datum are true", "Ctrl+1",
           choice="projection", value="azimuthal", toolbar="Azimuthal"),
    Action("mercator", "Map", "Mercator", "Directions are true", "Ctrl+2",
           choice="projection", value="mercator", toolbar="Mercator"),
    Action("north_polar", "Map", "North polar stereographic",
           "Angles are true and the pole lies in the middle; reaches to 30°S", "Ctrl+3",
           choice="projection", value="north_polar"),
    Action("south_polar", "Map", "South polar stereographic",
           "Angles are true and the pole lies in the middle; reaches to 30°N", "Ctrl+4",
           choice="projection", value="south_polar"),
    Action("turn_map_left", "Map", later("Turn the map to the left"),
           later("Turn the map counter-clockwise; Shift and the wheel turn it too"), "Alt+PgUp"),
    Action("turn_map_right", "Map", later("Turn the map to the right"),
           later("Turn the map clockwise; Shift and the wheel turn it too"), "Alt+PgDown"),
    Action("north_up", "Map", later("North up"), later("Turn the map so that north is up in its middle"), "Alt+Home"),
    Action("measure", "Map", "Measure", "Click points for distance, bearing and area; Escape ends", "Ctrl+M",
           line=True),
    Action("note_here", "Map", "Note in the middle…", "Write a note on the place in the middle of the map",
           "Ctrl+Alt+N"),
    Action("range_rings", "Map", "Range rings…", "Rings about the DISSUB, by miles or by hours and knots", line=True),
    Action("asset_rings", "Map", "Range rings about the asset…", "Rings about the selected asset", "",
           lambda s: s.has_selection),
    Action("remove_ring", "Map", later("Remove range ring…"), later("Choose a range ring to take off the map"), "",
           lambda s: s.has_rings),
    Action("clear_rings", "Map", "Clear range rings", "Take all range rings off the map", "",
           lambda s: s.has_rings),
    Action("layers", "Map", later("Layers…"), later("Choose what the map shows"), "Ctrl+Shift+L", line=True),
    Action("map_legend", "Map", later("Legend…"), later("What the marks of the map mean"), "Ctrl+Shift+K"),
    Action("add_layer", "Map", later("Add layer…"), later("Show a file on the map: GeoPackage, GeoJSON, KML, "
           "shapefile, S-57; one can also be dropped on the window")),
    Action("night_layer", "Map", later("Sunlight on the map"), later("Show or hide night and the twilights"),
           "Ctrl+Shift+N"),
    Action("isochrones_layer", "Map", later("Isochrones on the map"), later("Show or hide where the chosen option "
           "could make its first rescue in which time"), "Ctrl+Shift+I"),
    Action("isochrones_of_option", "Map", later("Isochrones of the chosen option"),
           later("Where the chosen option could make its first rescue in which time"),
           choice="isochrones_of", value=""),
    Action("isochrones_of_all", "Map", later("Isochrones of the soonest"),
           later("Where the first rescue could be made in which time by whichever asset that may go is soonest there"),
           choice="isochrones_of", value="all"),
    Action("map_picture", "Map", "Picture of the map…", "Write the map of the case as a PNG picture", "Ctrl+P"),
    Action("load_depths", "Map", "Load depth grid or chart…",
           "Take depths from a GEBCO or ETOPO grid (netCDF) or an S-57 chart (.000), at the next start too", line=True),
    Action("forget_depths", "Map", "Forget loaded depth data", "Take depths from the grid that travels along; "
           "the files stay where they are", "", lambda s: s.has_depth_files),
    Action("notation_dm", "View", "Degrees and minutes", "Show positions as 64°30.000'N",
           choice="notation", value="dm"),
    Action("notation_dms", "View", "Degrees, minutes, seconds", "Show positions as 64°30'00.0\"N",
           choice="notation", value="dms"),
    Action("notation_dd", "View", "Decimal degrees", "Show positions as 64.50000", choice="notation", value="dd"),
    Action("notation_mgrs", "View", "MGRS", "Show positions as grid references", choice="notation", value="mgrs"),
    Action("notation_utm", "View", "UTM", "Show positions as UTM, near the poles as UPS",
           choice="notation", value="utm"),
    Action("scale_t_plus", "View", "Timeline in T+", "Count from the alert, UTC below",
           choice="time_scale", value="t_plus"),
    Action("scale_utc", "View", "Timeline in UTC", "UTC, T+ below", choice="time_scale", value="utc"),
    Action("scale_local", "View", "Timeline in local time", "Time of this machine with its difference to UTC, T+ below",
           choice="time_scale", value="local"),
    Action("day", "View", "Day", "Light colours", "F6", choice="theme", value="day", toolbar="Day"),
    Action("dusk", "View", "Dusk", "Dark colours", "F7", choice="theme", value="dusk", toolbar="Dusk"),
    Action("night", "View", "Red night", "Red on black, to keep the eyes used to the dark", "F8",
           choice="theme", value="night", toolbar="Night"),
    Action("language_en", "View", "English", "Speak English", choice="language", value="en"),
    Action("language_fr", "View", "Français", "Parler français", choice="language", value="fr"),
    Action("language_ru", "View", "Русский", "Говорить по-русски", choice="language", value="ru"),
    Action("reset_layout", "View", "Reset panels", "Put the panels back where they were at first"),
    Action("palette", "Help", later("Command palette…"), later("Find an action or a case by typing a part of its name"),
           "Ctrl+Shift+P"),
    Action("guide", "Help", later("First steps"), later("Plan for a new DISSUB in four short steps")),
    Action("panel_help", "Help", later("Help on the panel"),
           later("What the panel with the keys says, how to read it, and its keys"), "F1", toolbar="?", line=True),
    Action("shortcuts", "Help", "Shortcuts", "List every action with its shortcut", "Ctrl+F1"),
    Action("about", "Help", "About", "Version, licence and where the data come from", line=True),
)  # fmt: skip


def shortcut_list() -> tuple[tuple[str, str, str], ...]:
    """Menu, title and shortcut of every action that has one."""
    return tuple((action.menu, action.title, action.shortcut) for action in ACTIONS if action.shortcut)
