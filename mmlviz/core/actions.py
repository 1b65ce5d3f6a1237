"""Everything that has a name in a menu or a key, in one table; the shell says how each is done."""

from dataclasses import dataclass
from typing import Literal

# window: anywhere in the window; a letter never fires while it is being typed into an entry.
# canvas: only with the focus on a picture or a handle.
Scope = Literal["window", "canvas"]


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its id, title, keys, where its keys work, its help and its icon."""

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    scope: Scope = "window"
    help: str = ""
    icon: str = ""
    is_checkable: bool = False
    begins_part: bool = False  # a line in the menu above it


ACTIONS = (
    Action("new", "New session", "File", ("Ctrl+N",), help="All tabs as they open; each can be undone"),
    Action("open", "Open…", "File", ("Ctrl+O",), help="Open a session: the states and views of all tabs"),
    Action("save", "Save", "File", ("Ctrl+S",), help="Save the session in its file", begins_part=True),
    Action("save_as", "Save as…", "File", ("Ctrl+Shift+S",), help="Save the session in another file"),
    Action("save_picture", "Save picture…", "File", ("Ctrl+E",), help="Save the picture as PNG, SVG or PDF",
           begins_part=True),
    Action("quit", "Quit", "File", ("Ctrl+Q",), help="Close the window; all is as it was at the next start",
           begins_part=True),
    Action("undo", "Undo", "Edit", ("Ctrl+Z",), help="Take back the last step of this tab", icon="undo-2"),
    Action("redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), help="Bring back the step taken back", icon="redo-2"),
    Action("reset", "Reset tab", "Edit", ("Ctrl+R",), help="Back to the opening state and view", icon="rotate-ccw",
           begins_part=True),
    Action("copy_link", "Copy link", "Edit", ("Ctrl+L",), help="Copy a link that opens this very state", icon="link",
           begins_part=True),
    Action("copy_python", "Copy as Python", "Edit", ("Ctrl+Shift+C",), help="Copy the numpy code", icon="code"),
    Action("copy_values", "Copy values", "Edit", ("Ctrl+Alt+C",), help="Copy the named values as text", icon="copy"),
    Action("copy_picture", "Copy picture", "Edit", ("Ctrl+Shift+P",), help="Copy the picture", icon="image"),
    Action("paste", "Paste", "Edit", ("Ctrl+V",), help="Paste a link, or numbers from numpy, MATLAB or a spreadsheet"),
    Action("zoom_in", "Zoom in", "View", ("+", "Ctrl++", "="), help="Look closer", icon="zoom-in"),
    Action("zoom_out", "Zoom out", "View", ("-", "Ctrl+-"), help="See more", icon="zoom-out"),
    Action("fit", "Fit", "View", ("F",), help="Show everything that matters", icon="maximize"),
    Action("home", "Home", "View", ("Home",), "canvas", help="Back to the opening ranges"),
    Action("snap", "Snap", "View", ("S",), help="Pull tips to halves or eigenlines", icon="magnet", is_checkable=True,
           begins_part=True),
    Action("play", "Play or pause", "View", ("Space",), "canvas", help="Run from the identity to A, or stop"),
    Action("panel", "Controls", "View", ("F9",), help="Show or hide controls", icon="panel-right", is_checkable=True),
    Action("theme", "Dark theme", "View", ("Ctrl+D",), help="Light or dark", icon="moon", is_checkable=True,
           begins_part=True),
    Action("projector", "Projector", "View", ("P",), help="Larger", icon="projector", is_checkable=True),
    Action("big_cursor", "Big cursor", "View", ("C",), help="A pointer that is seen from the back row",
           is_checkable=True),
    Action("full_screen", "Full screen", "View", ("F11",), help="Use the whole screen", is_checkable=True),
    Action("freeze", "Freeze picture", "View", ("Ctrl+Shift+F",), help="Keep the picture as it is, whatever is changed",
           is_checkable=True, begins_part=True),
    Action("blank", "Blank picture", "View", ("B",), help="Show nothing but a plain surface", is_checkable=True),
    Action("hide_values", "Hide values", "View", ("H",), help="Show names and pictures, but no values",
           is_checkable=True),
    Action("next_tab", "Next tab", "View", ("Ctrl+Tab", "Ctrl+PgDown"), help="Go to the next tab", begins_part=True),
    Action("previous_tab", "Previous tab", "View", ("Ctrl+Shift+Tab", "Ctrl+PgUp"), help="Go to the tab before"),
    Action("help", "Keys and gestures", "Help", ("F1",), help="Show this list", icon="circle-question-mark"),
    Action("typing", "Typing mathematics", "Help", ("Shift+F1",), help="What can be typed as a number or a formula"),
    Action("about", "About mmlviz", "Help", help="Versions, and the licences of what is shipped", begins_part=True),
)  # fmt: skip

GESTURES = (
    ("Drag a tip", "moves that vector; it follows the hand from where it was caught"),
    ("Drag the background", "moves the picture"),
    ("Click on the picture", "dips in the sandpit, chooses a digit; Enter does so at the cursor that Tab reaches"),
    ("Wheel or pinch", "zooms about the pointer"),
    ("Tab", "goes through tips and controls"),
    ("Arrow keys", "move a tip or a slider; with Shift ten times as far, with Alt a tenth"),
    ("Esc", "cancels a drag, or restores what was being typed"),
    ("Double click on a slider", "sets it back to its opening value"),
    ("Ctrl+1, Ctrl+2, …", "go to that tab"),
    ("Drop a file or a link on the window", "opens it"),
)
