#!/usr/bin/python3
"""A browser of WebKitGTK, started by its driver: the harness hears what it asks the network for, and sets what the
driver has no command for. `webkit.py FOLDER PORT PREFERENCES`; PORT is the harness's, FOLDER takes all that is kept."""

import json
import os
import socket
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2

# The harness starts browsers only where this works.
if len(sys.argv) == 1:
    sys.exit()

FOLDER, PORT, PREFERENCES = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])

# Consoles go where the harness reads; the driver would drop them.
says = os.open(f"{FOLDER}/console", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
for stream in (1, 2):
    os.dup2(says, stream)

harness = socket.create_connection(("127.0.0.1", PORT))
scripts = WebKit2.UserContentManager()
settings = WebKit2.Settings(
    enable_write_console_messages_to_stdout=True,
    # Where nobody looks there is no graphics processor; to imitate one takes a third more of the processor.
    hardware_acceleration_policy=WebKit2.HardwareAccelerationPolicy.NEVER,
    **PREFERENCES,
)
context = WebKit2.WebContext.new_with_website_data_manager(
    WebKit2.WebsiteDataManager(base_data_directory=f"{FOLDER}/data", base_cache_directory=f"{FOLDER}/cache")
)
views = []


def new_window():
    tabs = Gtk.Notebook(show_tabs=False, show_border=False)
    window = Gtk.Window(default_width=1280, default_height=900)
    window.add(tabs)
    window.show_all()
    window.present()
    return tabs


def tell(**message):
    harness.sendall(json.dumps(message).encode() + b"\n")


def open_view(tabs, **opener):
    view = WebKit2.WebView(settings=settings, user_content_manager=scripts, **opener)
    view.connect("create", lambda opener, _: open_view(new_window(), related_view=opener))
    view.connect("close", close)
    view.connect("resource-load-started", lambda _view, _resource, request: tell(request=request.get_uri()))
    view.connect("web-process-terminated", lambda _, reason: tell(crashed=reason.value_nick))
    views.append(view)
    view.show()
    tabs.set_current_page(tabs.append_page(view))
    view.grab_focus()
    return view


def close(view):
    views.remove(view)
    tabs = view.get_parent()
    view.destroy()
    if not tabs.get_n_pages():
        tabs.get_toplevel().destroy()


def begin(_, session):
    # What the driver is asked for.
    about = WebKit2.ApplicationInfo()
    about.set_name("webkit.py")
    session.set_application_info(about)
    by_driver = {"web_context": context, "is_controlled_by_automation": True}
    session.connect("create-web-view::window", lambda _: open_view(new_window(), **by_driver))
    session.connect("create-web-view::tab", lambda _: open_view(views[-1].get_parent(), **by_driver))


def download(_, download):
    def decide(_, name):
        download.set_destination(f"file://{FOLDER}/downloads/{name}")
        return True

    download.connect("decide-destination", decide)


def preload(sources):
    """What runs in every page before its own scripts."""
    scripts.remove_all_scripts()
    everywhere, first = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START
    for source in sources:
        scripts.add_script(WebKit2.UserScript(source, everywhere, first, None, None))


def forget(*kinds):
    """What is kept of sites; what is in memory, too, which the driver cannot reach."""
    types = WebKit2.WebsiteDataTypes(0)
    for kind in kinds:
        types |= getattr(WebKit2.WebsiteDataTypes, kind)
    context.get_website_data_manager().clear(types, 0, None, lambda *_: tell(done="forget"))
    return LATER


def set_scheme(scheme):
    Gtk.Settings.get_default().props.gtk_application_prefer_dark_theme = scheme == "dark"


def print_page(path, width, height):
    """As a PDF on paper of this size, in millimetres."""
    to_file = Gtk.PrintSettings()
    to_file.set_printer("Print to File")
    to_file.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, f"file://{path}")
    to_file.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    paper = Gtk.PageSetup()
    paper.set_paper_size(Gtk.PaperSize.new_custom("paper", "paper", width, height, Gtk.Unit.MM))
    operation = WebKit2.PrintOperation(
        web_view=views[-1], print_settings=to_file, page_setup=paper
    )
    operation.connect("finished", lambda _: tell(printed=path))
    operation.connect("failed", lambda _, error: tell(printed=path, error=error.message))
    operation.print_()
    kept.append(operation)


kept = []
# What a command returns that tells by itself when it is done.
LATER = object()
COMMANDS = {"preload": preload, "forget": forget, "set_scheme": set_scheme, "print_page": print_page}


def listen(_, condition):
    line = commands.readline()
    if not line:
        Gtk.main_quit()
        return False
    command, *args = json.loads(line)
    if COMMANDS[command](*args) is not LATER:
        tell(done=command)
    return True


commands = harness.makefile("rb", buffering=0)
GLib.io_add_watch(harness, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, listen)
context.connect("automation-started", begin)
context.connect("download-started", download)
context.set_automation_allowed(True)
Gtk.main()
