"""Which assumed numbers conclusions lean on most, measured once for every crisis."""
