"""Layer 12: the web page (Streamlit). It starts runs as processes of their own and reads their records.

Begin with page_layout.py (the whole page), then steps/ and views/.
"""
