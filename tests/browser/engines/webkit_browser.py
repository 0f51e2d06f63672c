"""The smallest browser around WebKitGTK, for WebKitWebDriver: one window that writes out its console.

WebKitGTK's own MiniBrowser browses privately under a driver, and then WebKit writes no console.
Runs on the system's Python, because the introspection of GTK comes as a Debian package.
"""

import gi


def main() -> None:
    """Open a window, and let the driver have it."""
    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    from gi.repository import Gtk, WebKit2

    context = WebKit2.WebContext()
    context.set_automation_allowed(True)
    settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)
    # Without it nothing paints by a graphics card that is not there: the journey takes half as long.
    settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
    view = WebKit2.WebView(web_context=context, settings=settings, is_controlled_by_automation=True)

    def start(_: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        about = WebKit2.ApplicationInfo()
        about.set_name("MiniBrowser")  # the name that Selenium asks for
        session.set_application_info(about)
        session.connect("create-web-view", lambda _: view)

    context.connect("automation-started", start)
    window = Gtk.Window(default_width=1000, default_height=900)
    window.add(view)
    view.connect("close", lambda _: window.destroy())
    window.connect("destroy", Gtk.main_quit)
    window.show_all()
    Gtk.main()


if __name__ == "__main__":
    main()
