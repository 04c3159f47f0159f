"""The script that Streamlit runs for each session at every change. It is started by `resilience dashboard`."""

from simulator.dashboard.backend import wait

if __name__ == "__main__":
    wait()
    from simulator.dashboard.screen import show

    show()
