"""Turns data into drawings that the window paints, or reports write as SVG."""
