"""Floor 9: the web page. It starts runs only as jobs of their own, and reads records like any other reader."""
