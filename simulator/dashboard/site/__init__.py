"""The page to hand on: stored comparisons as one folder of static files that needs no server and no network.

content.py collects what the page shows, page.py puts the files together, explorer.js draws. Begin with content.py.
"""
