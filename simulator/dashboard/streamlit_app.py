"""The script that Streamlit runs for each session at every change, started by `resilience dashboard`."""

from simulator.dashboard.backend import wait_until_loaded

if __name__ == "__main__":
    wait_until_loaded()
    from simulator.dashboard.page_layout import show

    show()
