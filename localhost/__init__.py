"""Runs function_app.py, its storage and its site on this machine, as Azure would.

Only what the Functions host and the Static Web App do for the triggers and pages used here, and that as they do it,
so that what works here works there.
"""
